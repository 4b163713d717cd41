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
  /** What {@link RawAnswer} says of the last answer. */
  private kind = SURE;
  private logOdds = 0;

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
    const language = this.answer(batch, i, text);
    if (this.kind !== SURE) language.confidence = this.calibration.probability(this.kind, this.logOdds);
    return language;
  }

  raw(batch: TextBatch, i: number, text: string): RawAnswer {
    const language = this.answer(batch, i, text);
    return { language, kind: this.kind, logOdds: this.logOdds };
  }

  /** The answer before calibration; {@link kind} and {@link logOdds} belong to it. */
  private answer(batch: TextBatch, i: number, text: string): Language {
    const { scan, search, settings, odds } = this;
    this.kind = SURE;
    this.logOdds = 0;
    scan.read(batch, i);
    const main = scan.mainScript();
    const model = this.models[main];
    if (model === undefined) {
      if (scan.foreignLetters === 0 || settings.only !== undefined)
        return { label: 'und', confidence: 1, script: 'none' };
      return withOther({ label: 'other', confidence: 0.99, script: 'none' }, foreignLanguage(text));
    }
    const script = scriptOf(scan, main);
    odds.weigh(main);
    // Of the languages asked for none is written in this script.
    if (Math.max(odds.kk, odds.ru) === Number.NEGATIVE_INFINITY) return { label: 'und', confidence: 1, script };
    const words = scan.count[main] ?? 0;
    let notMixed = 1;
    if (this.mayMix && main !== ARABIC && words > 1 && search.search(scan)) {
      const lead = odds.ru + search.overRussian - odds.limit;
      if (lead > FAR_BEHIND) {
        const logOdds = search.logOdds(scan, batch, lead);
        if (logOdds > 0) {
          this.kind = MIXED_KIND;
          this.logOdds = logOdds;
          return this.mixed(batch, script);
        }
        notMixed = 1 / (1 + Math.exp(logOdds));
      }
    }
    odds.share(batch.units, main);
    const { kazakh, russian, others } = odds;
    // Which of the others it is does not matter for the label.
    const label = others > kazakh && others > russian ? 'other' : kazakh >= russian ? 'kk' : 'ru';
    const probability = Math.max(kazakh, russian, others) * notMixed;
    const bounded = Math.min(1 - 1e-7, Math.max(1e-7, probability));
    const language: Language = { label, confidence: probability, script };
    if (label === 'other') {
      const name = model.classes[odds.bestOther];
      withOther(language, name === 'xx' ? otherLatinLanguage(text) : name);
    }
    this.kind = confidenceKind(label === 'other', main, words);
    this.logOdds = Math.log(bounded / (1 - bounded));
    return language;
  }

  private mixed(batch: TextBatch, script: Script): Language {
    const { scan, search } = this;
    const { source } = batch;
    const { data } = scan.words;
    const { size, from: FROM, to: TO } = WORD;
    let kk = 0;
    let ru = 0;
    // A batch has many answers, and an array of its length holds no room to grow, as one that is pushed to does.
    const spans = new Array<LanguageSpan>(search.stretches);
    for (let s = 0; s < spans.length; s++) {
      const from = search.bounds[s] ?? 0;
      const to = search.bounds[s + 1] ?? 0;
      const kazakh = search.isKazakh(s);
      let letters = 0;
      for (let at = from * size; at < to * size; at += size) letters += (data[at + TO] ?? 0) - (data[at + FROM] ?? 0);
      if (kazakh) kk += letters;
      else ru += letters;
      const first = data[from * size + FROM] ?? 0;
      const last = (data[(to - 1) * size + TO] ?? 1) - 1;
      spans[s] = { label: kazakh ? 'kk' : 'ru', from: source[first] ?? 0, to: (source[last] ?? 0) + 1 };
    }
    return { label: 'mixed', confidence: 0.5, script, spans, shares: { kk: kk / (kk + ru), ru: ru / (kk + ru) } };
  }
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
