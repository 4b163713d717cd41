import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { CLASS, unitTable } from '../post/unit-table.ts';
import { MODEL_SCRIPTS } from './classes.ts';
import type { LanguageModel, ScriptModel } from './model.ts';
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
  words = 0;
  /** Index into {@link MODEL_SCRIPTS} of each word. */
  wordScript = new Uint8Array(256);
  /** Where each word stands in the batch's units. */
  wordFrom = new Int32Array(256);
  wordTo = new Int32Array(256);
  /** Log-odds of Kazakh against Russian of each word; 0 in Arabic script. */
  wordLead = new Float32Array(256);
  /** {@link MAX_CLASSES} sums a script, in units of the script's scale. */
  readonly sums = new Float64Array(MODEL_SCRIPTS.length * MAX_CLASSES);
  /** Letters and words of each script. */
  readonly letters = new Int32Array(MODEL_SCRIPTS.length);
  readonly count = new Int32Array(MODEL_SCRIPTS.length);
  /** Letters of scripts without a model. */
  foreignLetters = 0;

  /** The lanes of the last words, not yet in {@link sums}, and of how many words they are. */
  private readonly lanes = new Int32Array(MODEL_SCRIPTS.length * WORD_LANES);
  private readonly pending = new Int32Array(MODEL_SCRIPTS.length);
  private readonly models: readonly ScriptModel[];
  private readonly wordScores = new WordScores();

  constructor(model: LanguageModel) {
    this.models = MODEL_SCRIPTS.map((script) => model.scripts[script]);
  }

  /** Reads text `i` of the batch. Handles, hashtags, links and e-mail addresses are passed over. */
  read(batch: TextBatch, i: number): void {
    const { units, flags, starts } = batch;
    const { classes } = unitTable;
    const { notProse, upper, break: isBreak } = FLAG;
    const letterScripts = CLASS.latin | CLASS.cyrillic | CLASS.arabic | CLASS.foreign;
    this.words = 0;
    this.foreignLetters = 0;
    this.sums.fill(0);
    this.letters.fill(0);
    this.count.fill(0);
    const end = starts[i + 1] ?? 0;
    let k = starts[i] ?? 0;
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
      if ((scripts & letterScripts) === 0) continue;
      // A word that runs into a handle is the first half of an e-mail address.
      if (((flags[from] ?? 0) & notProse) !== 0 || ((flags[to] ?? 0) & FLAG.handle) !== 0) continue;
      const isName =
        ((flags[from] ?? 0) & upper) !== 0 &&
        ((flags[from - 1] ?? 0) & isBreak) === 0 &&
        ((flags[from + 1] ?? 0) & upper) === 0;
      this.addWord(
        units,
        from,
        to,
        scripts,
        Math.imul(hash1 ^ (hash1 >>> 15), 0x2c1b3c6d),
        hash2 ^ (hash2 >>> 16),
        isName ? NAME_WEIGHT : 1,
      );
    }
    for (let script = 0; script < MODEL_SCRIPTS.length; script++) if (this.pending[script] !== 0) this.flush(script);
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

  private addWord(
    units: Uint16Array,
    from: number,
    to: number,
    scripts: number,
    hash1: number,
    hash2: number,
    weight: number,
  ): void {
    const script =
      (scripts & CLASS.cyrillic) !== 0
        ? CYRILLIC
        : (scripts & CLASS.latin) !== 0
          ? LATIN
          : (scripts & CLASS.arabic) !== 0
            ? ARABIC
            : -1;
    const model = this.models[script];
    if (model === undefined) {
      this.foreignLetters += to - from;
      return;
    }
    const n = this.words++;
    if (n === this.wordFrom.length) this.grow();
    const { pending, lanes, wordScores } = this;
    const at = wordScores.find(model, units, from, to, hash1, hash2);
    const { slots } = wordScores;
    if (pending[script] === MAX_SUMMED_WORDS) this.flush(script);
    pending[script] = (pending[script] ?? 0) + 1;
    const base = script * WORD_LANES;
    for (let lane = 0; lane < WORD_LANES; lane++) {
      lanes[base + lane] = ((lanes[base + lane] ?? 0) + (slots[at + lane] ?? 0)) | 0;
    }
    this.letters[script] = (this.letters[script] ?? 0) + to - from;
    this.count[script] = (this.count[script] ?? 0) + 1;
    this.wordScript[n] = script;
    this.wordFrom[n] = from;
    this.wordTo[n] = to;
    const own = slots[at] ?? 0;
    this.wordLead[n] = script === ARABIC ? 0 : ((own & 0xffff) - (own >>> 16)) * model.scale * weight;
  }

  /** Moves the words added up so far into {@link sums}. */
  private flush(script: number): void {
    const { sums, lanes, pending } = this;
    const offset = SCORE_OFFSET * (pending[script] ?? 0);
    for (let lane = script * WORD_LANES; lane < (script + 1) * WORD_LANES; lane++) {
      const pair = lanes[lane] ?? 0;
      sums[2 * lane] = (sums[2 * lane] ?? 0) + (pair & 0xffff) - offset;
      sums[2 * lane + 1] = (sums[2 * lane + 1] ?? 0) + (pair >>> 16) - offset;
      lanes[lane] = 0;
    }
    pending[script] = 0;
  }

  private grow(): void {
    const capacity = this.wordFrom.length * 2;
    const wordScript = new Uint8Array(capacity);
    wordScript.set(this.wordScript);
    this.wordScript = wordScript;
    const wordFrom = new Int32Array(capacity);
    wordFrom.set(this.wordFrom);
    this.wordFrom = wordFrom;
    const wordTo = new Int32Array(capacity);
    wordTo.set(this.wordTo);
    this.wordTo = wordTo;
    const wordLead = new Float32Array(capacity);
    wordLead.set(this.wordLead);
    this.wordLead = wordLead;
  }
}
