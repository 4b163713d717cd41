import { CYRILLIC_VOWELS, KEY } from './letters.ts';
import { END, type Lexicon, OPEN, WORD } from './lexicon.ts';
import { ROOT } from './word-trie.ts';

/**
 * Words of the lexicon that a word of the text is a form of, as records in one pool:
 * `[count, isWhole, word, letters of its stem, …]`, with a negative number of letters where one is wrong. Record 0 is the
 * empty one.
 */
export interface WordRecords {
  pool: Int32Array;
}

/** Stems shorter than this must be spelled right. */
const MIN_TYPO_STEM = 7;
/** From this length on any letter may be wrong; below, one may be missing, doubled or swapped, or a vowel be another. */
const LONG_STEM = 9;
/** What remains after an open stem must be shorter than this for the stem to explain the word. */
const MIN_REST = 4;

/** Looks words up in the trie. The scanner keeps what it finds, so that this runs once for most words. */
export class WordLookup implements WordRecords {
  pool = new Int32Array(1 << 12);

  private readonly lexicon: Lexicon;
  private readonly records = new Map<string, number>([['', 0]]);
  private poolEnd = 2;
  private found: number[] = [];
  private isWhole = false;
  private readonly path = new Int32Array(128);

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
  }

  /** The record of `keys[from … to)`; with `typos`, of a long name with one letter wrong too. */
  find(keys: Uint8Array, from: number, to: number, typos: boolean): number {
    this.found = [];
    this.isWhole = false;
    this.walk(keys, from, to, ROOT, 0, 0);
    if (typos && this.found.length === 0 && to - from >= MIN_TYPO_STEM) this.walkWithTypo(keys, from, to);
    return this.record();
  }

  /** Where the longest known word that begins at `at` ends, when at least `piece` is left after it; 0 for none. */
  longestPiece(keys: Uint8Array, at: number, length: number, piece: number): number {
    const { cells, first } = this.lexicon.trie;
    let state: number = ROOT;
    let best = 0;
    for (let j = at; j < length - piece + 1; j++) {
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
        if (next !== OPEN || to - j < MIN_REST) this.isWhole = true;
        this.add(word, minStem > 0 ? -stem : stem);
      }
    }
  }

  /** Tries one wrong letter at every place but the first, which people get right. */
  private walkWithTypo(keys: Uint8Array, from: number, to: number): void {
    const { cells } = this.lexicon.trie;
    const { path } = this;
    path[0] = ROOT;
    for (let i = 0; from + i < to && i + 1 < path.length; i++) {
      const state = path[i] ?? 0;
      const key = keys[from + i] ?? 0;
      const at = from + i;
      if (i > 0) this.walk(keys, at + 1, to, state, i, MIN_TYPO_STEM);
      for (let other = 1; i > 0 && other < KEY.count; other++) {
        const child = this.child(state, other);
        if (child === 0 || other === key) continue;
        this.walk(keys, at, to, child, i + 1, MIN_TYPO_STEM);
        const isVowelForVowel = CYRILLIC_VOWELS.has(other) && CYRILLIC_VOWELS.has(key);
        this.walk(keys, at + 1, to, child, i + 1, isVowelForVowel ? MIN_TYPO_STEM : LONG_STEM);
        if (other === keys[at + 1]) {
          const swapped = this.child(child, key);
          if (swapped > 0) this.walk(keys, at + 2, to, swapped, i + 2, MIN_TYPO_STEM);
        }
      }
      const cell = (cells[2 * state] ?? 0) + key;
      if (cells[2 * cell + 1] !== state) return;
      path[i + 1] = cell;
    }
  }

  private child(state: number, key: number): number {
    const { cells } = this.lexicon.trie;
    const base = cells[2 * state] ?? 0;
    return base > 0 && cells[2 * (base + key) + 1] === state ? base + key : 0;
  }

  private add(word: number, stem: number): void {
    for (let f = 0; f < this.found.length; f += 2) if (this.found[f] === word) return;
    this.found.push(word, stem);
  }

  private record(): number {
    if (this.found.length === 0) return 0;
    const label = `${this.isWhole} ${this.found.join(' ')}`;
    const known = this.records.get(label);
    if (known !== undefined) return known;
    const record = this.poolEnd;
    this.poolEnd += 2 + this.found.length;
    if (this.poolEnd > this.pool.length) {
      const pool = new Int32Array(2 * this.poolEnd);
      pool.set(this.pool);
      this.pool = pool;
    }
    this.pool[record] = this.found.length / 2;
    this.pool[record + 1] = this.isWhole ? 1 : 0;
    this.pool.set(this.found, record + 2);
    this.records.set(label, record);
    return record;
  }
}
