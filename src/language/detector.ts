import type { TextBatch } from '../post/text-batch.ts';
import { KK, MODEL_SCRIPTS, RU } from './classes.ts';
import { Calibration, confidenceKind, MIXED_KIND } from './confidence.ts';
import { foreignLanguage, otherLatinLanguage } from './foreign.ts';
import type { Language, LanguageDetector, LanguageSettings, LanguageSpan, Script } from './language.ts';
import { MixedSearch } from './mixed.ts';
import type { LanguageModel, ScriptModel } from './model.ts';
import { TextScan } from './scan.ts';
import { MAX_CLASSES } from './word-scores.ts';

const LATIN = MODEL_SCRIPTS.indexOf('latin');
const ARABIC = MODEL_SCRIPTS.indexOf('arabic');

/** Below this difference of log-odds a class is out of the question. */
const NEGLIGIBLE = 10;

/** A text in which another language leads both by this is not looked at for a switch between the two. */
const FAR_BEHIND = -6;

/**
 * A detector over a trained model. It holds a cache of up to 16 MB, so make one a process; what it answers depends on
 * the text and the settings alone.
 *
 * @example
 * const detector = createLanguageDetector(loadLanguageModel(), { prior: { kk: 1, ru: 1 } });
 * const texts = ['Су жоқ'];
 * detector.detect(new TextBatch().fill(texts), texts); // [{ label: 'kk', confidence: 0.99, script: 'cyrillic' }]
 */
export function createLanguageDetector(model: LanguageModel, settings: LanguageSettings): LanguageDetector {
  const detector = new Detector(model, settings);
  return {
    detect(batch, texts) {
      const answers: Language[] = [];
      for (let i = 0; i < batch.count; i++) answers.push(detector.detect(batch, i, texts[i] ?? ''));
      return answers;
    },
  };
}

/** The kind of an answer that needs no calibration. */
export const SURE = -1;

/** What the detector thinks before calibration; for training and for tests. */
export interface RawAnswer {
  language: Language;
  /** Index into the kinds of texts that are calibrated apart, or {@link SURE}. */
  kind: number;
  logOdds: number;
}

/** The working parts of {@link createLanguageDetector}, open to the training of the later stages. */
export class Detector {
  readonly scan: TextScan;
  readonly search: MixedSearch;
  /** How far Kazakh and Russian together stand before any other language, in log-odds; set by {@link raw}. */
  lead = 0;
  /** The likeliest class that is neither; -1 when only Kazakh and Russian are allowed. */
  private bestOther = -1;
  /** The probabilities of Kazakh and of Russian. */
  private kk = 0;
  private ru = 0;
  private readonly mayMix: boolean;
  private readonly calibration: Calibration;
  private readonly models: readonly ScriptModel[];
  private readonly settings: LanguageSettings;
  private readonly logits = new Float64Array(MAX_CLASSES);

  constructor(model: LanguageModel, settings: LanguageSettings) {
    this.calibration = new Calibration(model.confidence);
    this.models = MODEL_SCRIPTS.map((script) => model.scripts[script]);
    this.settings = settings;
    const { only } = settings;
    this.mayMix = only === undefined || (only.includes('kk') && only.includes('ru'));
    this.scan = new TextScan(model);
    this.search = new MixedSearch(model.mixed);
  }

  detect(batch: TextBatch, i: number, text: string): Language {
    const { language, kind, logOdds } = this.raw(batch, i, text);
    if (kind !== SURE) language.confidence = this.calibration.probability(kind, logOdds);
    return language;
  }

  raw(batch: TextBatch, i: number, text: string): RawAnswer {
    const { scan, settings } = this;
    scan.read(batch, i);
    const main = scan.mainScript();
    const model = this.models[main];
    if (model === undefined) {
      if (scan.foreignLetters === 0 || settings.only !== undefined)
        return sure({ label: 'und', confidence: 1, script: 'none' });
      return sure(withOther({ label: 'other', confidence: 0.99, script: 'none' }, foreignLanguage(text)));
    }
    const script = scriptOf(scan, main);
    this.weigh(model, main);
    // Of the languages asked for none is written in this script.
    if (!(this.kk + this.ru >= 0)) return sure({ label: 'und', confidence: 1, script });
    const words = scan.count[main] ?? 0;
    let notMixed = 1;
    if (this.mayMix && main !== ARABIC && words > 1 && this.lead > FAR_BEHIND && this.search.search(scan)) {
      const odds = this.search.logOdds(scan, batch, this.lead);
      if (odds > 0) return { language: this.mixed(batch, script), kind: MIXED_KIND, logOdds: odds };
      notMixed = 1 / (1 + Math.exp(odds));
    }
    const { kk, ru } = this;
    // Which of the others it is does not matter for the label.
    const others = this.bestOther < 0 ? 0 : 1 - kk - ru;
    const label = others > kk && others > ru ? 'other' : kk >= ru ? 'kk' : 'ru';
    const probability = Math.max(kk, ru, others) * notMixed;
    const bounded = Math.min(1 - 1e-7, Math.max(1e-7, probability));
    const language: Language = { label, confidence: probability, script };
    if (label === 'other') {
      const name = model.classes[this.bestOther];
      withOther(language, name === 'xx' ? otherLatinLanguage(text) : name);
    }
    return {
      language,
      kind: confidenceKind(label === 'other', main, words),
      logOdds: Math.log(bounded / (1 - bounded)),
    };
  }

  /** Turns the sums of the main script into the probabilities of Kazakh and of Russian. */
  private weigh(model: ScriptModel, script: number): void {
    const { logits, settings, scan } = this;
    const { sums } = scan;
    const { scale, bias } = model;
    const { only, prior } = settings;
    const ownCount = script === ARABIC ? 1 : 2;
    const classCount = only === undefined ? bias.length : ownCount;
    const base = script * MAX_CLASSES;
    let others = Number.NEGATIVE_INFINITY;
    let bestOther = -1;
    for (let c = 0; c < classCount; c++) {
      const logit = (sums[base + c] ?? 0) * scale + (bias[c] ?? 0);
      logits[c] = logit;
      if (c >= ownCount && logit > others) {
        others = logit;
        bestOther = c;
      }
    }
    let kk = (logits[KK] ?? 0) + prior.kk;
    let ru = script === ARABIC ? Number.NEGATIVE_INFINITY : (logits[RU] ?? 0) + prior.ru;
    if (only !== undefined) {
      if (!only.includes('kk')) kk = Number.NEGATIVE_INFINITY;
      if (!only.includes('ru')) ru = Number.NEGATIVE_INFINITY;
    }
    logits[KK] = kk;
    if (script !== ARABIC) logits[RU] = ru;
    const own = Math.max(kk, ru);
    const top = Math.max(own, others);
    this.bestOther = bestOther;
    this.lead = own - others;
    let total = 0;
    for (let c = 0; c < classCount; c++) {
      const below = top - (logits[c] ?? 0);
      if (below < NEGLIGIBLE) total += Math.exp(-below);
    }
    this.kk = (top - kk < NEGLIGIBLE ? Math.exp(kk - top) : 0) / total;
    this.ru = (top - ru < NEGLIGIBLE ? Math.exp(ru - top) : 0) / total;
  }

  private mixed(batch: TextBatch, script: Script): Language {
    const { scan, search } = this;
    const { source } = batch;
    const { from: wordFrom, to: wordTo } = scan.words;
    let kk = 0;
    let ru = 0;
    // A batch has many answers, and an array from map holds no room to grow, as one that is pushed to does.
    const spans = search.stretches.map(({ kazakh, from, to }): LanguageSpan => {
      let letters = 0;
      for (let w = from; w < to; w++) letters += (wordTo[w] ?? 0) - (wordFrom[w] ?? 0);
      if (kazakh) kk += letters;
      else ru += letters;
      const first = wordFrom[from] ?? 0;
      const last = (wordTo[to - 1] ?? 1) - 1;
      return { label: kazakh ? 'kk' : 'ru', from: source[first] ?? 0, to: (source[last] ?? 0) + 1 };
    });
    return { label: 'mixed', confidence: 0.5, script, spans, shares: { kk: kk / (kk + ru), ru: ru / (kk + ru) } };
  }
}

function sure(language: Language): RawAnswer {
  return { language, kind: SURE, logOdds: 0 };
}

function withOther(language: Language, name: string | undefined): Language {
  if (name !== undefined) language.other = name;
  return language;
}

/** The main script, or `mixed` when another one has a fifth of the letters. */
function scriptOf(scan: TextScan, main: number): Script {
  const { letters } = scan;
  const total = (letters[0] ?? 0) + (letters[1] ?? 0) + (letters[2] ?? 0);
  if ((letters[main] ?? 0) < 0.8 * total) return 'mixed';
  return main === LATIN ? 'latin' : main === ARABIC ? 'arabic' : 'cyrillic';
}
