import { MODEL_SCRIPTS } from './classes.ts';
import type { LanguageModel } from './model.ts';

/** How many words a text is counted as: one, two, three or four, up to eight, more. */
function lengthName(words: number): string {
  return words <= 1 ? '1' : words === 2 ? '2' : words <= 4 ? '4' : words <= 8 ? '8' : 'more';
}

/** The name of the curve that calibrates a text of this label, script and length. */
export function confidenceCurve(label: string, script: number, words: number): string {
  if (label === 'mixed') return 'mixed';
  return `${label === 'other' ? 'other' : 'own'}/${MODEL_SCRIPTS[script] ?? ''}/${lengthName(words)}`;
}

/** The most extreme log-odds that calibration looks at. */
export const MAX_LOG_ODDS = 12;

/**
 * The calibrated probability of an answer whose raw probability has these log-odds: a line in log-odds for each kind of
 * text, fitted to held-back texts (Platt 1999).
 */
export function calibrated(model: LanguageModel, curveName: string, logOdds: number): number {
  const curve = model.confidence[curveName];
  const bounded = Math.max(-MAX_LOG_ODDS, Math.min(MAX_LOG_ODDS, logOdds));
  return 1 / (1 + Math.exp(-(curve ? curve.slope * bounded + curve.shift : bounded)));
}
