import { CYRILLIC_VOWELS, KEY } from './letters.ts';
import { END, type Lexicon, OPEN, WORD } from './lexicon.ts';
import { type TypoBranches, typoBranches } from './typo-branches.ts';
import { WordRecords } from './word-records.ts';
import { ROOT } from './word-trie.ts';

/** Stems shorter than this must be spelled right. */
const MIN_TYPO_STEM = 7;
/** From this length on any letter may be wrong; below, one may be missing, doubled or swapped, or a vowel be another. */
const LONG_STEM = 9;
/** What remains after an open stem must be shorter than this for the stem to explain the word. */
const MIN_REST = 4;

/** Looks words up in the trie. The scanner keeps what it finds, so that this runs once for most words. */
export class WordLookup {
  readonly records: WordRecords;

  private readonly lexicon: Lexicon;
  private readonly branches: TypoBranches;
  private readonly path = new Int32Array(128);

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
    this.records = new WordRecords(lexicon);
    this.branches = typoBranches(lexicon, MIN_TYPO_STEM);
  }

  /** The record of `keys[from … to)`; with `typos`, of a long name with one letter wrong too. */
  find(keys: Uint8Array, from: number, to: number, typos: boolean): number {
    const { records } = this;
    records.restart();
    this.walk(keys, from, to, ROOT, 0, 0);
    if (typos && records.isEmpty && to - from >= MIN_TYPO_STEM) this.walkWithTypo(keys, from, to);
    return records.record();
  }

  /** Where the longest known word of at least `piece` letters that begins at `at` ends, at `last` or before; 0 for none. */
  longestPiece(keys: Uint8Array, at: number, last: number, piece: number): number {
    const { cells, first } = this.lexicon.trie;
    let state: number = ROOT;
    let best = 0;
    for (let j = at; j < last; j++) {
      const cell = (cells[2 * state] ?? 0) + (keys[j] ?? 0);
      if (cells[2 * cell + 1] !== state) break;
      state = cell;
      if (j + 1 - at >= piece && (first[state] ?? 0) > 0 && this.endsHere(state)) best = j + 1;
    }
    return best;
  }

  private endsHere(state: number): boolean {
    const { trie, formNext, suffixes } = this.lexicon;
    for (let o = trie.first[state] ?? 0; (trie.outputs[o] ?? -1) >= 0; o++) {
      const next = formNext[trie.outputs[o] ?? 0] ?? OPEN;
      if (next === END || (next >= 0 && suffixes.accept[next] === 1)) return true;
    }
    return false;
  }

  /** Follows `keys[from … to)` from a state that `depth` letters led to; with `minStem`, collects names that long only. */
  private walk(keys: Uint8Array, from: number, to: number, start: number, depth: number, minStem: number): void {
    const { trie, formNext, formWord, suffixes, wordFlags } = this.lexicon;
    const { cells, first, outputs } = trie;
    let state = start;
    for (let j = from; j < to; ) {
      const cell = (cells[2 * state] ?? 0) + (keys[j] ?? 0);
      if (cells[2 * cell + 1] !== state) return;
      state = cell;
      j++;
      const stem = depth + j - from;
      for (let o = first[state] ?? 0; (outputs[o] ?? -1) >= 0; o++) {
        const form = outputs[o] ?? 0;
        const word = formWord[form] ?? 0;
        if (minStem > 0 && (stem < minStem || ((wordFlags[word] ?? 0) & WORD.typos) === 0)) continue;
        let next = formNext[form] ?? OPEN;
        if (next === END && j < to) continue;
        if (next >= 0) {
          for (let s = j; s < to && next > 0; s++) next = suffixes.next[next * KEY.count + (keys[s] ?? 0)] ?? 0;
          if (suffixes.accept[next] !== 1) continue;
        }
        if (next !== OPEN || to - j < MIN_REST) this.records.isWhole = true;
        this.records.add(word, minStem > 0 ? -stem : stem);
      }
    }
  }

  /** Tries one wrong letter at every place but the first, which people get right. */
  private walkWithTypo(keys: Uint8Array, from: number, to: number): void {
    const { cells } = this.lexicon.trie;
    const { path, branches } = this;
    path[0] = ROOT;
    for (let i = 0; from + i < to && i + 1 < path.length; i++) {
      const state = path[i] ?? 0;
      const key = keys[from + i] ?? 0;
      const at = from + i;
      if (i > 0) this.walk(keys, at + 1, to, state, i, MIN_TYPO_STEM);
      const low = branches.low[state] ?? 0;
      const high = branches.high[state] ?? 0;
      if (low === 0 && high === 0) return;
      if (i > 0) {
        this.tryBranches(keys, at, to, state, i, low, 0);
        this.tryBranches(keys, at, to, state, i, high, KEY.count / 2);
      }
      const cell = (cells[2 * state] ?? 0) + key;
      if (cells[2 * cell + 1] !== state) return;
      path[i + 1] = cell;
    }
  }

  /** Tries other keys than that at `at`: those of the bits, counted from `first`. */
  private tryBranches(
    keys: Uint8Array,
    at: number,
    to: number,
    state: number,
    depth: number,
    branches: number,
    first: number,
  ): void {
    const key = keys[at] ?? 0;
    const base = this.lexicon.trie.cells[2 * state] ?? 0;
    for (let bits = branches; bits !== 0; bits &= bits - 1) {
      const other = first + 31 - Math.clz32(bits & -bits);
      if (other === key) continue;
      const child = base + other;
      this.walk(keys, at, to, child, depth + 1, MIN_TYPO_STEM);
      const isVowelForVowel = CYRILLIC_VOWELS.has(other) && CYRILLIC_VOWELS.has(key);
      this.walk(keys, at + 1, to, child, depth + 1, isVowelForVowel ? MIN_TYPO_STEM : LONG_STEM);
      if (other === keys[at + 1]) {
        const swapped = this.child(child, key);
        if (swapped > 0) this.walk(keys, at + 2, to, swapped, depth + 2, MIN_TYPO_STEM);
      }
    }
  }

  private child(state: number, key: number): number {
    const { cells } = this.lexicon.trie;
    const base = cells[2 * state] ?? 0;
    return base > 0 && cells[2 * (base + key) + 1] === state ? base + key : 0;
  }
}
