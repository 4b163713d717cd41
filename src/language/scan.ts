import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { TOKEN } from '../post/tokens.ts';
import { CLASS } from '../post/unit-table.ts';
import { type KK, MODEL_SCRIPTS, type RU } from './classes.ts';
import type { LanguageModel, ScriptModel } from './model.ts';
import { WORD, WordList } from './word-list.ts';
import { MAX_CLASSES, SCORE_OFFSET, WordScores } from './word-scores.ts';

const CYRILLIC = 0;
const LATIN = 1;
const ARABIC = 2;

/** Leads are whole numbers, so that they can be compared without a branch: this many are one in log-odds. */
export const LEAD_UNIT = 1024;

/** How much of a word's say in Kazakh against Russian a capital inside a sentence leaves, in 256ths: names belong to neither. */
const NAME_WEIGHT = 102;
const WHOLE_WEIGHT = 256;

/** Kazakh, Russian, and the two families of the others. */
const SUMS = 4;

/**
 * One pass over a normalised text: what its words say for Kazakh, for Russian and at most for any other language, and word by
 * word whether they speak for Kazakh or for Russian. The arrays are reused from text to text.
 */
export class TextScan {
  /** Words of prose with a letter of a script that has a model. */
  readonly words = new WordList();
  /** Letters and words of each script. */
  readonly letters = new Int32Array(MODEL_SCRIPTS.length);
  readonly count = new Int32Array(MODEL_SCRIPTS.length);
  /** Letters of scripts without a model. */
  foreignLetters = 0;
  /** The leads of all words, added up as they are and without their signs. */
  lead = 0;
  absoluteLead = 0;

  private readonly sums = new Int32Array(MODEL_SCRIPTS.length * SUMS);
  private readonly classSums = new Int32Array(MAX_CLASSES);
  /** {@link LEAD_UNIT}s in a unit of each script's scale; none in Arabic script, in which no Russian is written. */
  private readonly leadScale: Int32Array;
  private readonly models: readonly ScriptModel[];
  private readonly wordScores = new WordScores();

  constructor(model: LanguageModel) {
    this.models = MODEL_SCRIPTS.map((script) => model.scripts[script]);
    this.leadScale = Int32Array.from(this.models, ({ scale }, script) =>
      script === ARABIC ? 0 : Math.round(scale * LEAD_UNIT),
    );
  }

  /** Reads text `i` of the batch. Handles, hashtags, links and e-mail addresses are passed over. */
  read(batch: TextBatch, i: number): void {
    this.gather(batch, i);
    const { words, wordScores, sums, letters, count } = this;
    wordScores.fetch(words);
    this.lead = 0;
    this.absoluteLead = 0;
    for (let n = 0; n < sums.length; n++) sums[n] = 0;
    for (let n = 0; n < letters.length; n++) {
      letters[n] = 0;
      count[n] = 0;
    }
    for (let w = 0; w < words.count; ) w = this.addRun(batch.units, w);
  }

  /** Picks the words of text `i` that say something of its language. */
  private gather({ flags, tokens, tokenStarts }: TextBatch, i: number): void {
    const { notProse, upper, handle, break: isBreak } = FLAG;
    const { latin, cyrillic, arabic, foreign } = CLASS;
    const { size, from: FROM, to: TO, script: SCRIPT, lead: LEAD, hash1: HASH1, hash2: HASH2 } = WORD;
    const { size: step, from: START, to: END, kinds: KINDS, hash1: FIRST_HASH, hash2: SECOND_HASH } = TOKEN;
    const known = latin | cyrillic | arabic;
    const first = tokenStarts[i] ?? 0;
    const end = tokenStarts[i + 1] ?? first;
    this.words.reserve((end - first) / step);
    const { data } = this.words;
    let foreignLetters = 0;
    let at = 0;
    for (let token = first; token < end; token += step) {
      const kinds = tokens[token + KINDS] ?? 0;
      if ((kinds & (known | foreign)) === 0) continue;
      const from = tokens[token + START] ?? 0;
      const to = tokens[token + END] ?? 0;
      const flag = flags[from] ?? 0;
      // A word that runs into a handle is the first half of an e-mail address.
      if (((flag & notProse) | ((flags[to] ?? 0) & handle)) !== 0) continue;
      if ((kinds & known) === 0) {
        foreignLetters += to - from;
        continue;
      }
      data[at + FROM] = from;
      data[at + TO] = to;
      data[at + SCRIPT] = (kinds & cyrillic) !== 0 ? CYRILLIC : (kinds & latin) !== 0 ? LATIN : ARABIC;
      data[at + LEAD] = WHOLE_WEIGHT;
      data[at + HASH1] = tokens[token + FIRST_HASH] ?? 0;
      data[at + HASH2] = tokens[token + SECOND_HASH] ?? 0;
      at += size;
      if ((flag & upper) === 0 || ((flags[from + 1] ?? 0) & upper) !== 0) continue;
      if (((flags[from - 1] ?? 0) & isBreak) !== 0) continue;
      data[at - size + LEAD] = NAME_WEIGHT;
      // A sentence that begins with two capitalised words begins with a name.
      const isSecond = at > size && data[at - 2 * size + TO] === from - 1;
      if (isSecond && ((flags[data[at - 2 * size] ?? 0] ?? 0) & upper) !== 0) data[at - 2 * size + LEAD] = NAME_WEIGHT;
    }
    this.words.count = at / size;
    this.foreignLetters = foreignLetters;
  }

  /** Adds up the scores of the words of one script from word `first` on, and returns the first one not added. */
  private addRun(units: Uint16Array, first: number): number {
    const { wordScores, words, letters, count, sums } = this;
    const { slots } = wordScores;
    const { data } = words;
    const { size, from: FROM, to: TO, script: SCRIPT, lead: LEAD, hash1: HASH1, hash2: HASH2 } = WORD;
    const script = data[first * size + SCRIPT] ?? 0;
    const model = this.models[script];
    if (model === undefined) return words.count;
    const leadScale = this.leadScale[script] ?? 0;
    const end = words.count * size;
    let kazakh = 0;
    let russian = 0;
    let near = 0;
    let far = 0;
    let length = 0;
    let leads = 0;
    let absolute = 0;
    let at = first * size;
    for (; at < end && data[at + SCRIPT] === script; at += size) {
      const from = data[at + FROM] ?? 0;
      const to = data[at + TO] ?? 0;
      const slot = wordScores.find(model, units, from, to, data[at + HASH1] ?? 0, data[at + HASH2] ?? 0);
      const scores = slots[slot + 1] ?? 0;
      const forKazakh = scores & 0xff;
      const forRussian = (scores >>> 8) & 0xff;
      kazakh += forKazakh;
      russian += forRussian;
      near += (scores >>> 16) & 0xff;
      far += scores >>> 24;
      length += to - from;
      const lead = ((forKazakh - forRussian) * leadScale * (data[at + LEAD] ?? 0)) >> 8;
      leads += lead;
      absolute += Math.abs(lead);
      data[at + LEAD] = lead;
    }
    const base = script * SUMS;
    sums[base] = (sums[base] ?? 0) + kazakh;
    sums[base + 1] = (sums[base + 1] ?? 0) + russian;
    sums[base + 2] = (sums[base + 2] ?? 0) + near;
    sums[base + 3] = (sums[base + 3] ?? 0) + far;
    const last = at / size;
    letters[script] = (letters[script] ?? 0) + length;
    count[script] = (count[script] ?? 0) + last - first;
    this.lead += leads;
    this.absoluteLead += absolute;
    return last;
  }

  /** The script most letters are in, as an index into {@link MODEL_SCRIPTS}; -1 when it has no model or there are no letters. */
  mainScript(): number {
    const { letters } = this;
    let main = -1;
    let most = this.foreignLetters;
    for (let script = 0; script < letters.length; script++) {
      const count = letters[script] ?? 0;
      if (count > most || (count === most && main < 0 && count > 0)) {
        main = script;
        most = count;
      }
    }
    return main;
  }

  /** The sum of the scores for {@link KK} or {@link RU} over the words of a script. */
  own(script: number, c: typeof KK | typeof RU): number {
    return (this.sums[script * SUMS + c] ?? 0) - (this.count[script] ?? 0) * SCORE_OFFSET;
  }

  /** What no other language of a family has more of: the sum over the words of a script, each with its highest score. */
  limit(script: number, family: 0 | 1): number {
    return (this.sums[script * SUMS + 2 + family] ?? 0) - (this.count[script] ?? 0) * SCORE_OFFSET;
  }

  /** The sums of the scores of every class over the words of a script; valid until the next call. */
  all(units: Uint16Array, script: number): Int32Array {
    const { classSums, wordScores, words } = this;
    const { data, count } = words;
    const { size, from, to, hash1, hash2 } = WORD;
    const model = this.models[script];
    classSums.fill(0);
    if (model === undefined) return classSums;
    for (let at = 0; at < count * size; at += size) {
      if (data[at + WORD.script] !== script) continue;
      const [start = 0, end = 0] = [data[at + from], data[at + to]];
      const slot = wordScores.find(model, units, start, end, data[at + hash1] ?? 0, data[at + hash2] ?? 0);
      wordScores.addTo(classSums, slot, model.classes.length);
    }
    return classSums;
  }
}
