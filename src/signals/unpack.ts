import { PLATFORMS } from '../post/post.ts';
import type { StratumCount } from '../weigh/evidence.ts';
import type { Audience } from '../weigh/net-reach.ts';
import type { Histogram } from '../weigh/voices.ts';

/** Three numbers a kind of person, as the store gives them: statements, number of the stratum, and how many such persons. */
type VoiceNumbers = readonly number[];

const SETTLEMENTS = ['', 'urban', 'rural'] as const;
const LANGUAGES = ['', 'kk', 'ru'] as const;
/** The stratum of those who are no residents or do not complain. */
const UNCOUNTED = 9;

/** Statements a person → persons. */
export function histogramOf(numbers: VoiceNumbers): Histogram {
  const histogram: [number, number][] = [];
  for (let i = 0; i < numbers.length; i += 3) {
    const said = numbers[i] ?? 0;
    const persons = numbers[i + 2] ?? 0;
    const last = histogram.at(-1);
    if (last?.[0] === said) last[1] += persons;
    else histogram.push([said, persons]);
  }
  return histogram;
}

export function saidIn(numbers: VoiceNumbers): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i += 3) sum += (numbers[i] ?? 0) * (numbers[i + 2] ?? 0);
  return sum;
}

/** Persons who complain and may be residents. */
export function personsIn(numbers: VoiceNumbers): number {
  let sum = 0;
  for (let i = 0; i < numbers.length; i += 3) if ((numbers[i + 1] ?? 0) < UNCOUNTED) sum += numbers[i + 2] ?? 0;
  return sum;
}

/** Persons by stratum, in the order of its number. */
export function strataOf(numbers: VoiceNumbers): StratumCount[] {
  const authors = new Array<number>(UNCOUNTED).fill(0);
  for (let i = 0; i < numbers.length; i += 3) {
    const stratum = numbers[i + 1] ?? UNCOUNTED;
    if (stratum < UNCOUNTED) authors[stratum] = (authors[stratum] ?? 0) + (numbers[i + 2] ?? 0);
  }
  return authors.flatMap((count, stratum) => (count === 0 ? [] : [countOf(stratum, count)]));
}

/** The panel of each region. */
export function panelsByRegion(
  rows: readonly { region: string; stratum: number; authors: number }[],
): Map<string, StratumCount[]> {
  const panels = new Map<string, StratumCount[]>();
  for (const { region, stratum, authors } of rows) {
    const panel = panels.get(region) ?? [];
    panel.push(countOf(stratum, authors));
    panels.set(region, panel);
  }
  return panels;
}

/** The number of a stratum is 3 × settlement + language. */
function countOf(stratum: number, authors: number): StratumCount {
  return {
    settlement: SETTLEMENTS[Math.floor(stratum / LANGUAGES.length)] ?? '',
    language: LANGUAGES[stratum % LANGUAGES.length] ?? '',
    authors,
  };
}

/** Five numbers a bundle: platform from 1, sources, and sums over them. */
export function audiencesIn(numbers: readonly number[]): Audience[] {
  const audiences: Audience[] = [];
  for (let i = 0; i < numbers.length; i += 5) {
    const sources = numbers[i + 1] ?? 1;
    audiences.push({
      platform: PLATFORMS[(numbers[i] ?? 0) - 1] ?? 'other',
      sources,
      low: (numbers[i + 2] ?? 0) / sources,
      mid: (numbers[i + 3] ?? 0) / sources,
      high: (numbers[i + 4] ?? 0) / sources,
    });
  }
  return audiences;
}
