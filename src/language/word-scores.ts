import { gramHashes, MAX_GRAMS } from './grams.ts';
import type { ScriptModel } from './model.ts';

/** Slots of the cache: enough for the words that make up nine tenths of a stream. */
const SLOT_BITS = 15;
const SLOTS = 2 ** SLOT_BITS;

/** The widest list of classes. */
export const MAX_CLASSES = 24;

/**
 * What each word says for each class, computed once per word: a cache of fixed size in typed arrays, keyed by 64 bits of
 * hash. A new word takes the slot of an old one, so what a word is worth never depends on what was read before.
 */
export class WordScores {
  /** {@link MAX_CLASSES} scores a slot, in units of the script's scale. */
  readonly scores = new Int16Array(SLOTS * MAX_CLASSES);
  private readonly keys = new Int32Array(SLOTS * 2);
  private readonly hashes = new Int32Array(MAX_GRAMS);

  /**
   * Where in {@link scores} those of the word `units[from … to)` stand. `hash1` and `hash2` are independent hashes of
   * the word; they differ by script where the models do.
   */
  find(model: ScriptModel, units: Uint16Array, from: number, to: number, hash1: number, hash2: number): number {
    const slot = (hash1 ^ (hash1 >>> SLOT_BITS)) & (SLOTS - 1);
    const at = slot * MAX_CLASSES;
    if (this.keys[2 * slot] === hash1 && this.keys[2 * slot + 1] === hash2) return at;
    this.keys[2 * slot] = hash1;
    this.keys[2 * slot + 1] = hash2;
    const count = gramHashes(units, from, to, this.hashes);
    scoreGrams(model, this.hashes, count, this.scores, at);
    return at;
  }
}

/** Adds up the weights of the grams at `out[at …]`, one sum a class. */
export function scoreGrams(model: ScriptModel, hashes: Int32Array, count: number, out: Int16Array, at: number): void {
  const { rows, weights, rowBits } = model;
  const stride = model.classes.length;
  const mask = 2 ** rowBits - 1;
  for (let c = 0; c < stride; c++) out[at + c] = 0;
  for (let g = 0; g < count; g++) {
    const hash = hashes[g] ?? 0;
    const row = rows[(hash ^ (hash >>> 17)) & mask] ?? 0;
    if (row === 0) continue;
    const base = row * stride;
    for (let c = 0; c < stride; c++) out[at + c] = (out[at + c] ?? 0) + (weights[base + c] ?? 0);
  }
}
