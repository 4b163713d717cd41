import { KIND } from './entries.ts';
import type { Reading } from './reading.ts';

/** How themes are told from evidence. */
export interface ThemeSettings {
  /** What a theme's evidence must add up to: a strong pattern counts 1, a weak one less. */
  threshold: number;
  /** A theme whose evidence is less than this share of the best one's is a word in passing. */
  shareOfBest: number;
  /** How many themes a post has at most. */
  most: number;
}

/** A theme's evidence in one text: different patterns count in full, repeated ones a little. */
export interface ThemeScore {
  theme: number;
  score: number;
  first: number;
}

/** What a pattern adds that was already counted in the text. */
const REPEATED = 0.25;

/**
 * Scores the themes of a text, best first; those that do not reach the threshold are left out. `isTaken` says whether a
 * word belongs to the name of a body, which speaks of the body and not of its subject.
 */
export function scoreThemes(
  reading: Reading,
  settings: ThemeSettings,
  isTaken: (from: number, to: number) => boolean,
): ThemeScore[] {
  const scores: ThemeScore[] = [];
  const counted: string[] = [];
  for (const hit of reading.kept[2]) {
    const entry = reading.entryOf(hit);
    const from = reading.fromOf(hit);
    const to = reading.toOf(hit);
    if (entry.kind === KIND.notTheme || isTaken(from, to)) continue;
    const label = `${entry.row} ${from} ${to}`;
    if (counted.includes(label)) continue;
    counted.push(label);
    const pattern = `${entry.row} ${entry.pattern}`;
    const weight = counted.includes(pattern) ? entry.weight * REPEATED : entry.weight;
    counted.push(pattern);
    const known = scores.find((score) => score.theme === entry.row);
    if (known === undefined) scores.push({ theme: entry.row, score: weight, first: from });
    else known.score += weight;
  }
  return keepClear(scores, settings);
}

function keepClear(scores: ThemeScore[], settings: ThemeSettings): ThemeScore[] {
  const clear = scores.filter((score) => score.score >= settings.threshold);
  clear.sort((a, b) => b.score - a.score || a.first - b.first);
  const best = clear[0]?.score ?? 0;
  return clear.filter((score) => score.score >= best * settings.shareOfBest).slice(0, settings.most);
}
