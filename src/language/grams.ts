/** The longest gram, in letters; the word's two boundaries count as letters. */
export const MAX_GRAM = 5;

/** Letters of a word that are read; what follows says nothing new about the language. */
export const MAX_WORD_UNITS = 32;

/** No word has more grams than this. */
export const MAX_GRAMS = (MAX_WORD_UNITS + 2) * MAX_GRAM + 1;

/** The word that is hashed, between its boundaries. */
const padded = new Int32Array(MAX_WORD_UNITS + 2);

const START = 1;
const END = 2;
const SEED = 0x2545f491;
const WHOLE_WORD_SEED = 0x68e31da4;

/**
 * Writes the 32-bit hashes of the character 1- to 5-grams of the word `units[from … to)` with its boundaries, and of
 * the whole word, into `out`, which holds at least {@link MAX_GRAMS}. Returns how many there are.
 *
 * @example
 * const hashes = new Int32Array(MAX_GRAMS);
 * const count = gramHashes(units, from, to, hashes);
 */
export function gramHashes(units: Uint16Array, from: number, to: number, out: Int32Array): number {
  const end = to - from > MAX_WORD_UNITS ? from + MAX_WORD_UNITS : to;
  let length = 0;
  let whole = WHOLE_WORD_SEED;
  padded[length++] = START;
  for (let k = from; k < end; k++) {
    const unit = units[k] ?? 0;
    padded[length++] = unit;
    whole = Math.imul(whole ^ unit, 0x5bd1e995);
    whole ^= whole >>> 13;
  }
  padded[length++] = END;
  let count = 0;
  for (let start = 0; start < length - 1; start++) {
    const last = Math.min(start + MAX_GRAM, length);
    let hash = SEED;
    for (let k = start; k < last; k++) {
      hash = Math.imul(hash ^ (padded[k] ?? 0), 0x5bd1e995);
      hash ^= hash >>> 15;
      out[count] = hash;
      // A boundary alone is no gram.
      if (k > 0) count++;
    }
  }
  out[count++] = whole;
  return count;
}
