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
    this.foreignLetters = 0;
    this.sums.fill(0);
    this.letters.fill(0);
    this.count.fill(0);
    this.split(batch, batch.starts[i] ?? 0, batch.starts[i + 1] ?? 0);
    // A loop of its own, so that the processor fetches the scores of several words at a time.
    for (let w = 0; w < this.words.count; w++) this.addScores(batch.units, w);
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

  private addScores(units: Uint16Array, w: number): void {
    const { words, wordScores, pending, lanes } = this;
    const script = words.script[w] ?? 0;
    const model = this.models[script];
    if (model === undefined) return;
    const at = wordScores.find(
      model,
      units,
      words.from[w] ?? 0,
      words.to[w] ?? 0,
      words.hash1[w] ?? 0,
      words.hash2[w] ?? 0,
    );
    const { slots } = wordScores;
    if (pending[script] === MAX_SUMMED_WORDS) this.flush(script);
    pending[script] = (pending[script] ?? 0) + 1;
    const base = script * WORD_LANES;
    for (let lane = 0; lane < WORD_LANES; lane++) {
      lanes[base + lane] = ((lanes[base + lane] ?? 0) + (slots[at + lane] ?? 0)) | 0;
    }
    const own = slots[at] ?? 0;
    words.lead[w] = (words.lead[w] ?? 0) * ((own & 0xffff) - (own >>> 16)) * model.scale;
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
}
