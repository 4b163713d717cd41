import { MODEL_SCRIPTS } from './classes.ts';
import type { LanguageModel } from './model.ts';

/** Texts of one, two, three or four, up to eight, and more words are calibrated apart. */
const LENGTHS = ['1', '2', '4', '8', 'more'];

/** All kinds of texts that are calibrated apart; own are Kazakh and Russian. */
export const CONFIDENCE_KINDS: readonly string[] = [
  'mixed',
  ...['own', 'other'].flatMap((label) =>
    MODEL_SCRIPTS.flatMap((script) => LENGTHS.map((length) => `${label}/${script}/${length}`)),
  ),
];

/** Index into {@link CONFIDENCE_KINDS} of mixed texts. */
export const MIXED_KIND = 0;

/** Index into {@link CONFIDENCE_KINDS} of a text in one language; `script` is an index into `MODEL_SCRIPTS`. */
export function confidenceKind(isOther: boolean, script: number, words: number): number {
  const length = words <= 1 ? 0 : words === 2 ? 1 : words <= 4 ? 2 : words <= 8 ? 3 : 4;
  return 1 + ((isOther ? MODEL_SCRIPTS.length : 0) + script) * LENGTHS.length + length;
}

/** The most extreme log-odds that calibration looks at. */
export const MAX_LOG_ODDS = 12;

/**
 * Raw log-odds of answers to calibrated probabilities: a line in log-odds for each kind of text, fitted to held-back texts
 * (Platt 1999).
 */
export class Calibration {
  private readonly slopes = new Float64Array(CONFIDENCE_KINDS.length).fill(1);
  private readonly shifts = new Float64Array(CONFIDENCE_KINDS.length);

  constructor(lines: LanguageModel['confidence']) {
    for (const [kind, name] of CONFIDENCE_KINDS.entries()) {
      const line = lines[name];
      if (line === undefined) continue;
      this.slopes[kind] = line.slope;
      this.shifts[kind] = line.shift;
    }
  }

  /** The probability that an answer of this kind with these raw log-odds is right. */
  probability(kind: number, logOdds: number): number {
    const bounded = Math.max(-MAX_LOG_ODDS, Math.min(MAX_LOG_ODDS, logOdds));
    return 1 / (1 + Math.exp(-((this.slopes[kind] ?? 1) * bounded + (this.shifts[kind] ?? 0))));
  }
}
