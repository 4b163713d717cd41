import { TextBatch } from '../../post/text-batch.ts';
import { Detector } from '../detector.ts';
import type { LanguageSettings } from '../language.ts';
import { MIXED_FEATURES } from '../mixed.ts';
import type { LanguageModel } from '../model.ts';
import type { HeldText } from './held.ts';
import { logisticRegression } from './logistic.ts';

/** How the decision between one language and two is learned. */
export interface MixedFitSettings {
  switchCost: number;
  wordLimit: number;
  /** How much more a pure text called mixed weighs than a mixed one missed. */
  falseAlarmWeight: number;
  /** The same for lines judged by hand to be Kazakh although Russian words abound. */
  hardWeight: number;
  /** The same for texts full of names of the other language. */
  nameWeight: number;
  /** How much a mixed text found in the wild weighs more than one put together. */
  naturalWeight: number;
  /** Penalty on the squared weights. */
  ridge: number;
}

/** Logistic regression over {@link MIXED_FEATURES} of the texts in which some switch pays. */
export function fitMixed(
  model: LanguageModel,
  texts: readonly HeldText[],
  settings: MixedFitSettings,
  prior: LanguageSettings['prior'],
  report: (line: string) => void,
): LanguageModel['mixed'] {
  const { switchCost, wordLimit } = settings;
  const probe: LanguageModel = { ...model, mixed: { switchCost, wordLimit, weights: [] } };
  const detector = new Detector(probe, { prior });
  const batch = new TextBatch();
  const rows: Float64Array[] = [];
  const labels: number[] = [];
  const importance: number[] = [];
  let missed = 0;
  let mixed = 0;
  for (const { label, kind, text } of texts) {
    batch.fill([text]);
    detector.search.stretches = 0;
    detector.raw(batch, 0, text);
    if (label === 'mixed') mixed++;
    if (detector.search.stretches < 2) {
      if (label === 'mixed') missed++;
      continue;
    }
    rows.push(detector.search.features.slice());
    labels.push(label === 'mixed' ? 1 : 0);
    importance.push(importanceOf(label, kind, settings));
  }
  const weights = logisticRegression(
    rows,
    labels,
    importance,
    settings.ridge,
    new Array<number>(MIXED_FEATURES).fill(0),
  );
  report(`mixed: ${rows.length} texts with a switch, ${missed} of ${mixed} mixed ones have none`);
  return { switchCost, wordLimit, weights };
}

function importanceOf(label: HeldText['label'], kind: string, settings: MixedFitSettings): number {
  const isNatural = kind.startsWith('natural');
  if (label === 'mixed') return isNatural ? settings.naturalWeight : 1;
  if (isNatural) return settings.hardWeight;
  return kind === 'names' || kind === 'named' ? settings.nameWeight : settings.falseAlarmWeight;
}
