import { TextBatch } from '../../post/text-batch.ts';
import { CONFIDENCE_KINDS, MAX_LOG_ODDS } from '../confidence.ts';
import { Detector, SURE } from '../detector.ts';
import type { LanguageSettings } from '../language.ts';
import type { LanguageModel } from '../model.ts';
import type { HeldText } from './held.ts';
import { logisticRegression } from './logistic.ts';

/** Fits one calibration line for each kind of text to whether the answers were right. */
export function fitConfidence(
  model: LanguageModel,
  texts: readonly HeldText[],
  prior: LanguageSettings['prior'],
): LanguageModel['confidence'] {
  const detector = new Detector({ ...model, confidence: {} }, { prior });
  const batch = new TextBatch();
  const curves = new Map<string, { rows: number[][]; labels: number[] }>();
  for (const { label, text } of texts) {
    const { language, kind, logOdds } = detector.raw(batch.fill([text]), 0, text);
    if (kind === SURE) continue;
    const curve = CONFIDENCE_KINDS[kind] ?? '';
    const points = curves.get(curve) ?? { rows: [], labels: [] };
    points.rows.push([1, Math.max(-MAX_LOG_ODDS, Math.min(MAX_LOG_ODDS, logOdds))]);
    points.labels.push(language.label === label ? 1 : 0);
    curves.set(curve, points);
  }
  const confidence: LanguageModel['confidence'] = {};
  for (const [name, { rows, labels }] of [...curves].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const ones = labels.map(() => 1);
    const [shift = 0, slope = 1] = logisticRegression(rows, labels, ones, 2, [0, 1]);
    confidence[name] = { slope: Math.max(0.05, slope), shift };
  }
  return confidence;
}
