import type { Random } from '../random.ts';

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Kazakhstan keeps one time zone, UTC+5, since March 2024. */
export const LOCAL_OFFSET_MS = 5 * HOUR_MS;

/** How much people write in each local hour, midnight first. */
export const FEED_HOURS = [2, 1, 1, 0.5, 0.5, 1, 3, 6, 7, 7, 7, 7, 8, 8, 7, 7, 7, 8, 10, 11, 12, 12, 9, 5];
/** When appeals come in: mostly at working hours. */
const OFFICE_HOURS = [0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1, 5, 9, 10, 9, 6, 7, 9, 8, 7, 5, 3, 2, 2, 1, 1, 0.5];

/** A span of event time in epoch milliseconds, `toMs` exclusive. */
export interface Span {
  fromMs: number;
  toMs: number;
}

/** A time of the span at which somebody would post. */
export function feedTime(span: Span, random: Random): number {
  return drawTime(span, FEED_HOURS, random);
}

/** A time of the span at which somebody would file an appeal. */
export function officeTime(span: Span, random: Random): number {
  return drawTime(span, OFFICE_HOURS, random);
}

/** The contract's form, to the second. */
export function timestampOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** By rejection, so that any span keeps the shape of the day. */
function drawTime(span: Span, hours: readonly number[], random: Random): number {
  const peak = Math.max(...hours);
  let ms = span.fromMs;
  for (let attempt = 0; attempt < 100; attempt++) {
    ms = span.fromMs + Math.floor((random.next() * (span.toMs - span.fromMs)) / 1000) * 1000;
    const hour = Math.floor(((ms + LOCAL_OFFSET_MS) % DAY_MS) / HOUR_MS);
    if (random.chance((hours[hour] ?? 0) / peak)) break;
  }
  return ms;
}
