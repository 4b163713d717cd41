import { FAMILIES, KK, MODEL_SCRIPTS, RU } from './classes.ts';
import type { LanguageSettings } from './language.ts';
import type { LanguageModel, ScriptModel } from './model.ts';
import type { TextScan } from './scan.ts';
import { MAX_CLASSES } from './word-scores.ts';

const ARABIC = MODEL_SCRIPTS.indexOf('arabic');

/** Below this difference of log-odds a class is out of the question. */
const NEGLIGIBLE = 10;

/** What stands for the model of a script that has none. */
const NOTHING: Pick<ScriptModel, 'scale' | 'bias'> = { scale: 0, bias: [] };

/** What the words of a text and the settings together say for Kazakh, for Russian and for all others. */
export class LanguageOdds {
  /** Log-odds of Kazakh and of Russian, and what those of no other language exceed; set by {@link weigh}. */
  kk = 0;
  ru = 0;
  limit = 0;
  /** The probabilities of Kazakh, of Russian and of all others together; set by {@link share}. */
  kazakh = 0;
  russian = 0;
  others = 0;
  /** The likeliest class of the others; -1 when all are out of the question. */
  bestOther = -1;
  private readonly models: readonly ScriptModel[];
  private readonly scan: TextScan;
  private readonly settings: LanguageSettings;
  /** The highest bias in each family of each script. */
  private readonly familyBias: readonly (readonly [number, number])[];
  private readonly logits = new Float64Array(MAX_CLASSES);

  constructor(model: LanguageModel, scan: TextScan, settings: LanguageSettings) {
    this.models = MODEL_SCRIPTS.map((script) => model.scripts[script]);
    this.scan = scan;
    this.settings = settings;
    this.familyBias = this.models.map((script) => [highestBias(script, 0), highestBias(script, 1)]);
  }

  /** Weighs the text that was scanned by its words in one script. */
  weigh(script: number): void {
    const { scan } = this;
    const { scale, bias } = this.models[script] ?? NOTHING;
    const { only, prior } = this.settings;
    const worth = priorWorth(scan.count[script] ?? 0);
    const kk = only === undefined || only.includes('kk');
    const ru = script !== ARABIC && (only === undefined || only.includes('ru'));
    this.kk = kk ? scan.own(script, KK) * scale + (bias[KK] ?? 0) + worth * prior.kk : Number.NEGATIVE_INFINITY;
    this.ru = ru ? scan.own(script, RU) * scale + (bias[RU] ?? 0) + worth * prior.ru : Number.NEGATIVE_INFINITY;
    const [near, far] = this.familyBias[script] ?? [0, 0];
    this.limit =
      only === undefined
        ? Math.max(scan.limit(script, 0) * scale + near, scan.limit(script, 1) * scale + far)
        : Number.NEGATIVE_INFINITY;
  }

  /** Turns what was weighed into probabilities. */
  share(units: Uint16Array, script: number): void {
    const { scale, bias } = this.models[script] ?? NOTHING;
    const { kk, ru, scan, limit, logits } = this;
    const own = Math.max(kk, ru);
    let top = own;
    let total = 0;
    let bestOther = -1;
    if (own - limit < NEGLIGIBLE) {
      const sums = scan.all(units, script);
      const first = script === ARABIC ? 1 : 2;
      let most = Number.NEGATIVE_INFINITY;
      for (let c = first; c < bias.length; c++) {
        const logit = (sums[c] ?? 0) * scale + (bias[c] ?? 0);
        logits[c] = logit;
        if (logit > most) {
          most = logit;
          bestOther = c;
        }
      }
      top = Math.max(own, most);
      for (let c = first; c < bias.length; c++) total += likelihood(top - (logits[c] ?? 0));
    }
    const others = total;
    const kazakh = likelihood(top - kk);
    const russian = likelihood(top - ru);
    total += kazakh + russian;
    this.kazakh = kazakh / total;
    this.russian = russian / total;
    this.others = others / total;
    this.bestOther = bestOther;
  }
}

/**
 * What a prior counts for in a text of so many words. Words of a text say the same thing again: of the log-odds they add up to,
 * one half is true in long texts (as calibration on held-back texts finds), so a prior is worth up to twice as much there.
 */
function priorWorth(words: number): number {
  return Math.min(2, 1 + Math.log2(words) / 4);
}

/** How likely a class is that stands so far behind the likeliest. */
function likelihood(behind: number): number {
  return behind < NEGLIGIBLE ? Math.exp(-behind) : 0;
}

function highestBias({ classes, bias }: ScriptModel, family: 0 | 1): number {
  return Math.max(...bias.filter((_, c) => FAMILIES[classes[c] ?? ''] === family));
}
