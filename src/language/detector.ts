import type { TextBatch } from '../post/text-batch.ts';
import { MODEL_SCRIPTS } from './classes.ts';
import { Calibration, confidenceKind, MIXED_KIND } from './confidence.ts';
import { foreignLanguage, otherLatinLanguage } from './foreign.ts';
import type { Language, LanguageDetector, LanguageSettings, LanguageSpan, Script } from './language.ts';
import { MixedSearch } from './mixed.ts';
import type { LanguageModel, ScriptModel } from './model.ts';
import { LanguageOdds } from './odds.ts';
import { TextScan } from './scan.ts';
import { WORD } from './word-list.ts';

const LATIN = MODEL_SCRIPTS.indexOf('latin');
const ARABIC = MODEL_SCRIPTS.indexOf('arabic');

/** A text in which another language stands so far before the best reading as the two is in neither. */
const FAR_BEHIND = -6;

/**
 * A detector over a trained model. It holds a cache of 4 MB, so make one a process; what it answers depends on
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
  readonly search: MixedSearch;
  private readonly scan: TextScan;
  private readonly odds: LanguageOdds;
  private readonly mayMix: boolean;
  private readonly calibration: Calibration;
  private readonly models: readonly ScriptModel[];
  private readonly settings: LanguageSettings;

  constructor(model: LanguageModel, settings: LanguageSettings) {
    this.calibration = new Calibration(model.confidence);
    this.models = MODEL_SCRIPTS.map((script) => model.scripts[script]);
    this.settings = settings;
    const { only } = settings;
    this.mayMix = only === undefined || (only.includes('kk') && only.includes('ru'));
    this.scan = new TextScan(model);
    this.odds = new LanguageOdds(model, this.scan, settings);
    this.search = new MixedSearch(model.mixed);
  }

  detect(batch: TextBatch, i: number, text: string): Language {
    const { language, kind, logOdds } = this.raw(batch, i, text);
    if (kind !== SURE) language.confidence = this.calibration.probability(kind, logOdds);
    return language;
  }

  raw(batch: TextBatch, i: number, text: string): RawAnswer {
    const { scan, search, settings, odds } = this;
    scan.read(batch, i);
    const main = scan.mainScript();
    const model = this.models[main];
    if (model === undefined) {
      if (scan.foreignLetters === 0 || settings.only !== undefined)
        return sure({ label: 'und', confidence: 1, script: 'none' });
      return sure(withOther({ label: 'other', confidence: 0.99, script: 'none' }, foreignLanguage(text)));
    }
    const script = scriptOf(scan, main);
    odds.weigh(main);
    // Of the languages asked for none is written in this script.
    if (Math.max(odds.kk, odds.ru) === Number.NEGATIVE_INFINITY) return sure({ label: 'und', confidence: 1, script });
    const words = scan.count[main] ?? 0;
    let notMixed = 1;
    if (this.mayMix && main !== ARABIC && words > 1 && search.search(scan)) {
      const lead = odds.ru + search.overRussian - odds.limit;
      if (lead > FAR_BEHIND) {
        const logOdds = search.logOdds(scan, batch, lead);
        if (logOdds > 0) return { language: this.mixed(batch, script), kind: MIXED_KIND, logOdds };
        notMixed = 1 / (1 + Math.exp(logOdds));
      }
    }
    const { kk, ru, others, bestOther } = odds.probabilities(batch.units, main);
    // Which of the others it is does not matter for the label.
    const label = others > kk && others > ru ? 'other' : kk >= ru ? 'kk' : 'ru';
    const probability = Math.max(kk, ru, others) * notMixed;
    const bounded = Math.min(1 - 1e-7, Math.max(1e-7, probability));
    const language: Language = { label, confidence: probability, script };
    if (label === 'other') {
      const name = model.classes[bestOther];
      withOther(language, name === 'xx' ? otherLatinLanguage(text) : name);
    }
    return {
      language,
      kind: confidenceKind(label === 'other', main, words),
      logOdds: Math.log(bounded / (1 - bounded)),
    };
  }

  private mixed(batch: TextBatch, script: Script): Language {
    const { scan, search } = this;
    const { source } = batch;
    const { data } = scan.words;
    const { size, from: FROM, to: TO } = WORD;
    let kk = 0;
    let ru = 0;
    // A batch has many answers, and an array from map holds no room to grow, as one that is pushed to does.
    const spans = search.stretches.map(({ kazakh, from, to }): LanguageSpan => {
      let letters = 0;
      for (let at = from * size; at < to * size; at += size) letters += (data[at + TO] ?? 0) - (data[at + FROM] ?? 0);
      if (kazakh) kk += letters;
      else ru += letters;
      const first = data[from * size + FROM] ?? 0;
      const last = (data[(to - 1) * size + TO] ?? 1) - 1;
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
