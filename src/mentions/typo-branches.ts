import { KEY } from './letters.ts';
import { type Lexicon, WORD } from './lexicon.ts';

/**
 * Which branches of the trie lead to a name that forgives a wrong letter. The search for one tries every branch at every
 * place of a word, and few lead there.
 */
export interface TypoBranches {
  /** By state: bits of the keys below 32, and of those from 32 on. */
  low: Int32Array;
  high: Int32Array;
}

/** The branches to stems of `minStem` letters or more. */
export function typoBranches({ trie, formWord, wordFlags }: Lexicon, minStem: number): TypoBranches {
  const { cells, first, outputs } = trie;
  const low = new Int32Array(first.length);
  const high = new Int32Array(first.length);
  for (let end = 0; end < first.length; end++) {
    let isForgiven = false;
    for (let o = first[end] ?? 0; (outputs[o] ?? -1) >= 0; o++) {
      if (((wordFlags[formWord[outputs[o] ?? 0] ?? 0] ?? 0) & WORD.typos) !== 0) isForgiven = true;
    }
    if (!isForgiven || depthOf(cells, end) < minStem) continue;
    for (let state = end, parent = cells[2 * end + 1] ?? 0; parent > 0; parent = cells[2 * state + 1] ?? 0) {
      const key = state - (cells[2 * parent] ?? 0);
      const bits = key < KEY.count / 2 ? low : high;
      bits[parent] = (bits[parent] ?? 0) | (1 << (key & 31));
      state = parent;
    }
  }
  return { low, high };
}

function depthOf(cells: Int32Array, end: number): number {
  let depth = 0;
  for (let parent = cells[2 * end + 1] ?? 0; parent > 0; parent = cells[2 * parent + 1] ?? 0) depth++;
  return depth;
}
