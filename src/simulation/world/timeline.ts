import type { Random } from '../../random.ts';
import { DAY_MS, FEED_HOURS, LOCAL_OFFSET_MS, type Span } from '../period.ts';
import { Urn } from './urn.ts';

const HOUR_MS = DAY_MS / 24;

/** When something is spoken of: a weight for every hour of the period. */
export class Timeline {
  private readonly span: Span;
  private readonly hours: Urn<number>;

  /** @param loudness how loud it is, so many days before the end of the period; times the hours people write at */
  constructor(span: Span, loudness: Loudness) {
    this.span = span;
    const hours: [number, number][] = [];
    for (let at = span.fromMs; at < span.toMs; at += HOUR_MS) {
      const hour = Math.floor(((at + LOCAL_OFFSET_MS) % DAY_MS) / HOUR_MS);
      hours.push([at, loudness((span.toMs - at) / DAY_MS) * (FEED_HOURS[hour] ?? 0)]);
    }
    this.hours = new Urn(hours);
  }

  /** A time in epoch milliseconds, to the second. */
  draw(random: Random): number {
    return this.hours.draw(random) + random.between(0, 3599) * 1000;
  }

  /** Which part of it falls into a span of whole hours, 0–1. */
  shareIn({ fromMs, toMs }: Span): number {
    const before = (ms: number) => this.hours.upTo[Math.round((ms - this.span.fromMs) / HOUR_MS) - 1] ?? 0;
    const total = before(this.span.toMs);
    return total === 0 ? 0 : (before(toMs) - before(fromMs)) / total;
  }
}

export type Loudness = (daysLeft: number) => number;

/** As loud as ever, with good and bad days. */
export function steady(random: Random): Loudness {
  const days = Array.from({ length: 64 }, () => random.logNormal(1, 0.25));
  return (daysLeft) => days[Math.floor(daysLeft)] ?? 1;
}

/** Begins so many days before the end, and goes on. */
export function since(onset: number, random: Random): Loudness {
  const days = steady(random);
  return (daysLeft) => (daysLeft > onset ? 0 : days(daysLeft));
}

/** Begins so many days before the end, and loses half of itself in `halfLife` days. */
export function burst(onset: number, halfLife: number): Loudness {
  return (daysLeft) => (daysLeft > onset ? 0.002 : 2 ** (-(onset - daysLeft) / halfLife));
}

/** Only in some hours, each so many days before the end. */
export function waves(starts: readonly number[], hours: number): Loudness {
  return (daysLeft) => (starts.some((start) => daysLeft <= start && daysLeft > start - hours / 24) ? 1 : 0);
}
