import { Random } from '../../random.ts';
import { CLASSES, MODEL_SCRIPTS, type ModelScript } from '../classes.ts';
import { emptyLanes, lanesFor, setWeight } from '../lanes.ts';
import { Lexicon } from '../lexicon.ts';
import type { ScriptModel } from '../model.ts';
import { planEpoch, Softmax } from './softmax.ts';
import type { Source } from './sources.ts';

/** How large a script's model is, and how long it learns. */
export interface ScriptFitSettings {
  rowBits: number;
  /** Rows that are left after pruning; fewer than 65,536. */
  keepRows: number;
  /** Passes before pruning. */
  epochs: number;
  /** Passes after it. */
  epochsAfter: number;
  /** Log-odds of one unit of a stored weight. */
  step: number;
}

export interface FitSettings {
  scripts: Record<ModelScript, ScriptFitSettings>;
  rate: number;
  /** Share of a text's grams left out at each step, so that none is relied on too much. */
  dropout: number;
  /** Log-odds taken from languages that hardly anybody of a stream writes. */
  rare: Readonly<Record<string, number>>;
  seed: number;
}

/** Learns the weights of every script. `report` is told how each pass went. */
export function fitScripts(
  sources: readonly Source[],
  settings: FitSettings,
  report: (line: string) => void,
): Record<ModelScript, ScriptModel> {
  const [cyrillic, latin, arabic] = MODEL_SCRIPTS.map((script) => fitScript(script, sources, settings, report));
  if (!cyrillic || !latin || !arabic) throw new RangeError('a script is missing');
  return { cyrillic, latin, arabic };
}

/** Learns the weights of one script. */
export function fitScript(
  script: ModelScript,
  sources: readonly Source[],
  settings: FitSettings,
  report: (line: string) => void,
): ScriptModel {
  const own = sources.filter((source) => source.script === script);
  const classes = CLASSES[script];
  const { rowBits, keepRows, epochs, epochsAfter, step } = settings.scripts[script];
  const softmax = new Softmax({
    rowBits,
    classCount: classes.length,
    rate: settings.rate,
    dropout: settings.dropout,
    seed: settings.seed,
  });
  const random = new Random(settings.seed);
  const weights = own.map((source) => source.weight);
  const total = epochs + epochsAfter;
  for (let epoch = 0; epoch < total; epoch++) {
    if (epoch === epochs) softmax.prune(keepRows);
    const plan = planEpoch(weights, settings.seed + epoch);
    let loss = 0;
    for (let i = 0; i < plan.length; i++) {
      const source = own[plan[i] ?? 0];
      if (source === undefined) continue;
      const text = source.draw(random);
      const decay = 1 - (0.95 * (epoch + i / plan.length)) / total;
      loss -= Math.log(Math.max(1e-9, softmax.learn({ text, label: source.label }, decay)));
    }
    report(`${script} ${epoch + 1}/${total}: loss ${(loss / plan.length).toFixed(4)}`);
  }
  for (const [c, language] of classes.entries()) {
    softmax.bias[c] = (softmax.bias[c] ?? 0) - (settings.rare[language] ?? 0);
  }
  return quantise(softmax, classes, rowBits, step);
}

/** Whole weights; rows that round to nothing go. */
function quantise(softmax: Softmax, classes: readonly string[], rowBits: number, step: number): ScriptModel {
  const stride = classes.length;
  const rows = new Uint16Array(2 ** rowBits);
  const kept: Int8Array[] = [new Int8Array(stride)];
  for (let row = 0; row < rows.length; row++) {
    const weights = softmax.weights.subarray(row * stride, (row + 1) * stride);
    // Only differences between classes count: around the median most weights are nothing and pack well.
    const middle = weights.toSorted()[stride >> 1] ?? 0;
    const whole = Int8Array.from(weights, (weight) => clampToByte(Math.round((weight - middle) / step)));
    if (whole.every((weight) => weight === 0)) continue;
    rows[row] = kept.length;
    kept.push(whole);
  }
  const lanes = emptyLanes(kept.length, stride);
  const lanesPerRow = lanesFor(stride);
  for (const [row, weights] of kept.entries()) {
    for (const [column, weight] of weights.entries()) setWeight(lanes, lanesPerRow, row, column, weight);
  }
  return {
    classes,
    rowBits,
    rows,
    lanes,
    lanesPerRow,
    scale: step,
    bias: [...softmax.bias],
    lexicon: new Lexicon(classes.map(() => new Int32Array(0))),
  };
}

function clampToByte(value: number): number {
  return Math.max(-127, Math.min(127, value));
}
