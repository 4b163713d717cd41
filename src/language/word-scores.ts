import { gramHashes, MAX_GRAMS } from './grams.ts';
import { sumRows } from './lanes.ts';
import type { ScriptModel } from './model.ts';

/** The widest list of classes. */
export const MAX_CLASSES = 24;

/** A word's scores, two a 32-bit integer. */
export const WORD_LANES = MAX_CLASSES / 2;

/** What a stored score is raised by; it is at most twice that less one. */
export const SCORE_OFFSET = 2048;

/** How many words' lanes can be added up before a score runs into its neighbour. */
export const MAX_SUMMED_WORDS = 15;

/** Enough pairs of slots that of a stream with 40,000 different words about one word in forty is scored again. */
const PAIR_BITS = 17;

/** Two hashes and the lanes: with two more integers a slot is one cache line. */
const SLOT_SIZE = 16;
const PAIR_SIZE = 2 * SLOT_SIZE;
const FIRST_LANE = 2;

/**
 * What each word says for each class, computed once per word: a cache of up to 16 MB, keyed by 64 bits of hash. A word
 * has two slots to be in, and a new one takes the place of the older of the two, so what a word is worth never depends
 * on what was read before.
 */
export class WordScores {
  /** The slots; {@link find} tells where a word's lanes start. */
  readonly slots = new Int32Array(2 ** PAIR_BITS * PAIR_SIZE);
  private readonly hashes = new Int32Array(MAX_GRAMS);
  private readonly sums = new Int16Array(MAX_CLASSES);
  /** Of no meaning: kept since a load that nobody needs may be left out. */
  touched = 0;

  /** Makes the processor fetch the slots of the first `count` words at once, rather than one after another. */
  fetch(hash1: Int32Array, count: number): void {
    const { slots } = this;
    let touched = 0;
    for (let w = 0; w < count; w++) touched ^= slots[((hash1[w] ?? 0) >>> (32 - PAIR_BITS)) * PAIR_SIZE] ?? 0;
    this.touched = touched;
  }

  /**
   * Where in {@link slots} the {@link WORD_LANES} lanes of the word `units[from … to)` stand, until the next call.
   * `hash1` and `hash2` are independent hashes of the word; words of different scripts differ in their units.
   */
  find(model: ScriptModel, units: Uint16Array, from: number, to: number, hash1: number, hash2: number): number {
    const slot = (hash1 >>> (32 - PAIR_BITS)) * PAIR_SIZE;
    const { slots } = this;
    if (slots[slot] === hash1 && slots[slot + 1] === hash2) return slot + FIRST_LANE;
    const other = slot + SLOT_SIZE;
    if (slots[other] === hash1 && slots[other + 1] === hash2) return other + FIRST_LANE;
    slots.copyWithin(other, slot, other);
    slots[slot] = hash1;
    slots[slot + 1] = hash2;
    this.score(model, units, from, to, slot + FIRST_LANE);
    return slot + FIRST_LANE;
  }

  private score(model: ScriptModel, units: Uint16Array, from: number, to: number, at: number): void {
    const { hashes, sums, slots } = this;
    const { rows, lanes, lanesPerRow, rowBits } = model;
    const mask = 2 ** rowBits - 1;
    const count = gramHashes(units, from, to, hashes);
    let used = 0;
    for (let g = 0; g < count; g++) {
      const hash = hashes[g] ?? 0;
      const row = rows[(hash ^ (hash >>> 17)) & mask] ?? 0;
      if (row !== 0) hashes[used++] = row * lanesPerRow;
    }
    sumRows(lanes, lanesPerRow, hashes, used, sums);
    for (let lane = 0; lane < WORD_LANES; lane++) {
      slots[at + lane] = stored(sums[2 * lane] ?? 0) | (stored(sums[2 * lane + 1] ?? 0) << 16);
    }
  }
}

function stored(score: number): number {
  return Math.max(0, Math.min(2 * SCORE_OFFSET - 1, score + SCORE_OFFSET));
}
