import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { CLASS, unitTable } from '../post/unit-table.ts';
import { MODEL_SCRIPTS } from './classes.ts';
import type { LanguageModel, ScriptModel } from './model.ts';
import { WordList } from './word-list.ts';
import { MAX_CLASSES, MAX_SUMMED_WORDS, SCORE_OFFSET, WORD_LANES, WordScores } from './word-scores.ts';

const CYRILLIC = 0;
const LATIN = 1;
const ARABIC = 2;
const SPACE = 0x20;

/** How much a capital inside a sentence leaves of a word's say in Kazakh against Russian: names belong to neither. */
const NAME_WEIGHT = 0.4;

/**
 * One pass over a normalised text: what its words say for each class of their script, and word by word whether they
 * speak for Kazakh or for Russian. The arrays are reused from text to text.
 */
export class TextScan {
  /** Words of prose with a letter of a script that has a model. */
  readonly words = new WordList();
  /** {@link MAX_CLASSES} sums a script, in units of the script's scale. */
  readonly sums = new Float64Array(MODEL_SCRIPTS.length * MAX_CLASSES);
  /** Letters and words of each script. */
  readonly letters = new Int32Array(MODEL_SCRIPTS.length);
  readonly count = new Int32Array(MODEL_SCRIPTS.length);
  /** Letters of scripts without a model. */
  foreignLetters = 0;

  /** The lanes of the last run of words. */
  private readonly lanes = new Int32Array(WORD_LANES);
  private readonly models: readonly ScriptModel[];
  private readonly wordScores = new WordScores();

  constructor(model: LanguageModel) {
    this.models = MODEL_SCRIPTS.map((script) => model.scripts[script]);
  }

  /** Reads text `i` of the batch. Handles, hashtags, links and e-mail addresses are passed over. */
  read(batch: TextBatch, i: number): void {
    this.foreignLetters = 0;
    for (let script = 0; script < MODEL_SCRIPTS.length; script++) {
      if (this.count[script] !== 0) this.clear(script);
    }
    this.split(batch, batch.starts[i] ?? 0, batch.starts[i + 1] ?? 0);
    const { words, wordScores } = this;
    wordScores.fetch(words.hash1, words.count);
    for (let w = 0; w < words.count; ) w = this.addRun(batch.units, w);
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

  private clear(script: number): void {
    const { sums } = this;
    const end = (script + 1) * MAX_CLASSES;
    for (let c = end - MAX_CLASSES; c < end; c++) sums[c] = 0;
    this.letters[script] = 0;
    this.count[script] = 0;
  }

  /** Finds the words between two units, and hashes them. */
  private split(batch: TextBatch, start: number, end: number): void {
    const { units, flags } = batch;
    const { classes } = unitTable;
    const { notProse, upper, handle, break: isBreak } = FLAG;
    const { latin, cyrillic, arabic, foreign } = CLASS;
    const { words, letters, count } = this;
    words.count = 0;
    let k = start;
    while (k < end) {
      const from = k;
      let hash1 = 0x811c9dc5;
      let hash2 = 0x3c6ef372;
      let scripts = 0;
      let unit = units[k] ?? SPACE;
      while (unit !== SPACE && k < end) {
        hash1 = Math.imul(hash1 ^ unit, 0x01000193);
        hash2 = Math.imul(hash2 + unit, 0x2c1b3c6d);
        scripts |= classes[unit] ?? 0;
        unit = units[++k] ?? SPACE;
      }
      const to = k++;
      const script = (scripts & cyrillic) !== 0 ? CYRILLIC : (scripts & latin) !== 0 ? LATIN : ARABIC;
      if ((scripts & (latin | cyrillic | arabic | foreign)) === 0) continue;
      const flag = flags[from] ?? 0;
      // A word that runs into a handle is the first half of an e-mail address.
      if ((flag & notProse) !== 0 || ((flags[to] ?? 0) & handle) !== 0) continue;
      if ((scripts & (latin | cyrillic | arabic)) === 0) {
        this.foreignLetters += to - from;
        continue;
      }
      const w = words.count++;
      if (w === words.capacity) words.grow();
      words.from[w] = from;
      words.to[w] = to;
      words.script[w] = script;
      words.hash1[w] = Math.imul(hash1 ^ (hash1 >>> 15), 0x2c1b3c6d);
      words.hash2[w] = hash2 ^ (hash2 >>> 16);
      const isName =
        (flag & upper) !== 0 && ((flags[from - 1] ?? 0) & isBreak) === 0 && ((flags[from + 1] ?? 0) & upper) === 0;
      words.lead[w] = script === ARABIC ? 0 : isName ? NAME_WEIGHT : 1;
      letters[script] = (letters[script] ?? 0) + to - from;
      count[script] = (count[script] ?? 0) + 1;
    }
  }

  /** Adds up the scores of the words of one script from word `first` on, and returns the first one not added. */
  private addRun(units: Uint16Array, first: number): number {
    const { wordScores, lanes } = this;
    const { slots } = wordScores;
    const { script: scripts, from, to, hash1, hash2, lead, count } = this.words;
    const script = scripts[first] ?? 0;
    const model = this.models[script];
    if (model === undefined) return count;
    const { scale } = model;
    const end = Math.min(count, first + MAX_SUMMED_WORDS);
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    let s6 = 0;
    let s7 = 0;
    let s8 = 0;
    let s9 = 0;
    let s10 = 0;
    let s11 = 0;
    let w = first;
    for (; w < end && scripts[w] === script; w++) {
      const at = wordScores.find(model, units, from[w] ?? 0, to[w] ?? 0, hash1[w] ?? 0, hash2[w] ?? 0);
      const own = slots[at] ?? 0;
      lead[w] = (lead[w] ?? 0) * ((own & 0xffff) - (own >>> 16)) * scale;
      s0 = (s0 + own) | 0;
      s1 = (s1 + (slots[at + 1] ?? 0)) | 0;
      s2 = (s2 + (slots[at + 2] ?? 0)) | 0;
      s3 = (s3 + (slots[at + 3] ?? 0)) | 0;
      s4 = (s4 + (slots[at + 4] ?? 0)) | 0;
      s5 = (s5 + (slots[at + 5] ?? 0)) | 0;
      s6 = (s6 + (slots[at + 6] ?? 0)) | 0;
      s7 = (s7 + (slots[at + 7] ?? 0)) | 0;
      s8 = (s8 + (slots[at + 8] ?? 0)) | 0;
      s9 = (s9 + (slots[at + 9] ?? 0)) | 0;
      s10 = (s10 + (slots[at + 10] ?? 0)) | 0;
      s11 = (s11 + (slots[at + 11] ?? 0)) | 0;
    }
    lanes[0] = s0;
    lanes[1] = s1;
    lanes[2] = s2;
    lanes[3] = s3;
    lanes[4] = s4;
    lanes[5] = s5;
    lanes[6] = s6;
    lanes[7] = s7;
    lanes[8] = s8;
    lanes[9] = s9;
    lanes[10] = s10;
    lanes[11] = s11;
    this.addLanes(script, w - first);
    return w;
  }

  /** Moves the lanes of a run of words into {@link sums}. */
  private addLanes(script: number, words: number): void {
    const { sums, lanes } = this;
    const offset = SCORE_OFFSET * words;
    let to = script * MAX_CLASSES;
    for (let lane = 0; lane < WORD_LANES; lane++) {
      const pair = lanes[lane] ?? 0;
      sums[to] = (sums[to] ?? 0) + (pair & 0xffff) - offset;
      sums[to + 1] = (sums[to + 1] ?? 0) + (pair >>> 16) - offset;
      to += 2;
    }
  }
}
