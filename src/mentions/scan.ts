import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { KEY, coarsen, keyOf } from './letters.ts';
import { END, type Lexicon, OPEN, WORD } from './lexicon.ts';
import { type PhraseTable, phraseHash } from './phrase-table.ts';
import { ROOT } from './word-trie.ts';

/** Bits of {@link Scan.wordFlags}. */
export const SEEN = {
  /** Begins with a capital letter. */
  capital: 1,
  /** All its letters are capitals. */
  capitals: 2,
  /** Punctuation parts it from the word before. */
  afterBreak: 4,
  /** In a hashtag, a handle or a link. */
  tag: 8,
  /** Joined to the word before by a hyphen. */
  joined: 16,
} as const;

/** Longer words are read to here; no pattern is as long. */
const MAX_WORD = 60;
/** The shortest piece of a word that was glued to another, in prose and in a tag. */
const MIN_PIECE = 5;
const MIN_TAG_PIECE = 4;
/** How many words apart the two words of a near pattern may stand. */
const NEAR = 4;

/**
 * Reads one text of a batch and collects which patterns it holds: words through the trie and the suffix automaton,
 * phrases through the phrase table. Every step is bounded by the text. The arrays are reused from text to text.
 */
export class Scan {
  /** Number of words. */
  words = 0;
  wordFrom = new Int32Array(1024);
  wordTo = new Int32Array(1024);
  wordFlags = new Uint8Array(1024);
  /** Number of the clause a word stands in. */
  clause = new Int32Array(1024);
  /** Number of hits: entry, first and last word of each. */
  hits = 0;
  hitEntry = new Int32Array(1024);
  hitFrom = new Int32Array(1024);
  hitTo = new Int32Array(1024);
  /** Whether most words are written in capitals, so that capitals say nothing. */
  isShouting = false;

  private readonly lexicon: Lexicon;
  /** How many letters of the word at hand are capitals before the first small one. */
  private leadingCapitals = 0;
  private keys = new Uint8Array(MAX_WORD + 4);
  private spare = new Uint8Array(2 * MAX_WORD + 8);
  /** Words of the lexicon found in the text's word at hand. */
  private found = new Int32Array(64);
  private foundCount = 0;
  private active = new Int32Array(512);
  private activeCount = 0;
  private nextActive = new Int32Array(512);
  /** The last few words of near patterns: lexicon word, position. */
  private readonly near = new Int32Array(32);
  private nearCount = 0;

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
  }

  run(batch: TextBatch, i: number): void {
    const { units, flags } = batch;
    const keyTable = keyOf;
    const from = batch.starts[i] ?? 0;
    const to = batch.starts[i + 1] ?? from;
    const upper = FLAG.upper;
    this.words = 0;
    this.hits = 0;
    this.activeCount = 0;
    this.nearCount = 0;
    let shouted = 0;
    let spoken = 0;
    let clause = 0;
    let before: number = SEEN.afterBreak;
    let k = from + 1;
    while (k < to) {
      const start = k;
      let n = 0;
      let scripts = 0;
      let capitals: number = upper;
      let leading = 0;
      let key = 0;
      const { keys } = this;
      for (; k < to; k++) {
        key = keyTable[units[k] ?? 0] ?? 0;
        if (key === 0 || key === KEY.hyphen) break;
        if (key === KEY.skip) continue;
        if (key === KEY.other || n === MAX_WORD) {
          scripts |= 4;
          continue;
        }
        keys[n++] = key;
        if (key < KEY.digit) scripts |= 1;
        else if (key >= KEY.coarse) scripts |= 2;
        if (key < KEY.digit || key >= KEY.coarse) capitals &= flags[k] ?? 0;
        leading += capitals;
      }
      if (k > start) {
        const first = flags[start] ?? 0;
        const tag = first & FLAG.notProse;
        const isCapitals = capitals !== 0 && (scripts & 3) !== 0;
        if (n > 1 && scripts !== 0 && tag === 0) {
          spoken++;
          if (isCapitals) shouted++;
        }
        if (before & SEEN.afterBreak) clause++;
        const seen =
          before | (first & upper ? SEEN.capital : 0) | (isCapitals ? SEEN.capitals : 0) | (tag !== 0 ? SEEN.tag : 0);
        this.leadingCapitals = leading;
        const isReadable = scripts < 4 && n > 0 && (first & FLAG.link) === 0;
        this.readWord(start, k, seen, clause, isReadable ? n : 0, scripts);
      }
      const separator = flags[k] ?? 0;
      before =
        key === KEY.hyphen ? SEEN.joined : separator & FLAG.break ? (this.endsAbbreviation() ? 0 : SEEN.afterBreak) : 0;
      k++;
    }
    this.isShouting = spoken >= 4 && shouted * 2 > spoken;
  }

  private endsAbbreviation(): boolean {
    const { wordFlags } = this.lexicon;
    for (let t = 0; t < this.foundCount; t++) {
      if ((wordFlags[this.found[t] ?? 0] ?? 0) & WORD.abbreviation) return true;
    }
    return false;
  }

  private readWord(from: number, to: number, seen: number, clause: number, n: number, scripts: number): void {
    this.foundCount = 0;
    let keys = this.keys;
    let length = n;
    if (scripts & 2 && n > 0) {
      length = coarsen(this.keys, n, this.spare);
      keys = this.spare;
    }
    if (length > 0) this.lookUp(keys, 0, length, seen);
    if (this.foundCount === 0 && length >= 2 * MIN_TAG_PIECE && scripts !== 3) {
      const piece = seen & SEEN.tag ? MIN_TAG_PIECE : MIN_PIECE;
      if (length >= 2 * piece && this.readGlued(keys, length, piece, from, to, seen, clause)) return;
    }
    this.pushWord(from, to, seen, clause);
  }

  /** Reads a word that is several known ones without spaces between. */
  private readGlued(
    keys: Uint8Array,
    length: number,
    piece: number,
    from: number,
    to: number,
    seen: number,
    clause: number,
  ): boolean {
    const cut = this.longestPiece(keys, 0, length, piece);
    if (cut === 0) return false;
    let at = cut;
    const cuts = [0, cut];
    while (at < length) {
      this.foundCount = 0;
      this.lookUp(keys, at, length, seen);
      if (this.foundCount > 0) break;
      const next = this.longestPiece(keys, at, length, piece);
      if (next === 0) return false;
      at = next;
      cuts.push(at);
    }
    cuts.push(length);
    const { foundCount } = this;
    if (foundCount === 0) return false;
    for (let c = 0; c + 1 < cuts.length; c++) {
      const start = cuts[c] ?? 0;
      const end = cuts[c + 1] ?? length;
      this.foundCount = 0;
      this.lookUp(keys, start, end, seen);
      // Cyrillic keys stand one for one for units; elsewhere the bounds are as good as can be told.
      const pieceTo = end === length ? to : Math.min(to, from + end);
      this.pushWord(Math.min(to, from + start), pieceTo, c === 0 ? seen : seen & ~SEEN.afterBreak, clause);
    }
    return true;
  }

  /** Where the longest known word that begins at `at` ends, when enough is left after it; 0 for none. */
  private longestPiece(keys: Uint8Array, at: number, length: number, piece: number): number {
    const { trie } = this.lexicon;
    const { cells, first } = trie;
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

  /** Collects the words of the lexicon that `keys[from … to)` is a form of. */
  private lookUp(keys: Uint8Array, from: number, to: number, seen: number): void {
    const { trie, formNext, formWord, suffixes, wordFlags } = this.lexicon;
    const { cells, first, outputs } = trie;
    const suffixNext = suffixes.next;
    let state: number = ROOT;
    for (let j = from; j < to; ) {
      const cell = (cells[2 * state] ?? 0) + (keys[j] ?? 0);
      if (cells[2 * cell + 1] !== state) return;
      state = cell;
      j++;
      for (let o = first[state] ?? 0; o > 0; o++) {
        const form = outputs[o] ?? -1;
        if (form < 0) break;
        let next = formNext[form] ?? OPEN;
        if (next === END && j < to) continue;
        if (next >= 0) {
          for (let s = j; s < to && next > 0; s++) next = suffixNext[next * KEY.count + (keys[s] ?? 0)] ?? 0;
          if (suffixes.accept[next] !== 1) continue;
        }
        const word = formWord[form] ?? 0;
        const needs = wordFlags[word] ?? 0;
        if (needs & WORD.capitals && this.leadingCapitals < j - from) continue;
        if (needs & WORD.name && (seen & (SEEN.capital | SEEN.tag)) === 0) continue;
        this.addFound(word);
      }
    }
  }

  private addFound(word: number): void {
    for (let t = 0; t < this.foundCount; t++) if (this.found[t] === word) return;
    if (this.foundCount === this.found.length) this.found = grown(this.found);
    this.found[this.foundCount++] = word;
  }

  private pushWord(from: number, to: number, seen: number, clause: number): void {
    const w = this.words++;
    if (w === this.wordFrom.length) {
      this.wordFrom = grown(this.wordFrom);
      this.wordTo = grown(this.wordTo);
      this.clause = grown(this.clause);
      const flags = new Uint8Array(this.wordFlags.length * 2);
      flags.set(this.wordFlags);
      this.wordFlags = flags;
    }
    this.wordFrom[w] = from;
    this.wordTo[w] = to;
    this.wordFlags[w] = seen;
    this.clause[w] = clause;
    if (seen & SEEN.afterBreak) {
      this.activeCount = 0;
      this.nearCount = 0;
    }
    this.advancePhrases(w);
    this.meetPairs(w);
  }

  private advancePhrases(w: number): void {
    const { phrases } = this.lexicon;
    const { fromRoot, first, inner } = phrases;
    const { active, found } = this;
    let count = 0;
    for (let t = 0; t < this.foundCount; t++) {
      const word = found[t] ?? 0;
      const start = fromRoot[word] ?? 0;
      if (start > 0) {
        if ((first[start] ?? 0) > 0) this.pushHits(phrases, start, w, w);
        if (inner[start] === 1) count = this.keepActive(count, start, w);
      }
      for (let a = 0; a < this.activeCount; a++) {
        const node = nextNode(phrases, active[2 * a] ?? 0, word);
        if (node === 0) continue;
        const begin = active[2 * a + 1] ?? 0;
        if ((first[node] ?? 0) > 0) this.pushHits(phrases, node, begin, w);
        if (inner[node] === 1) count = this.keepActive(count, node, begin);
      }
    }
    this.active = this.nextActive;
    this.nextActive = active;
    this.activeCount = count;
  }

  private keepActive(count: number, node: number, begin: number): number {
    if (2 * count + 1 >= this.nextActive.length) this.nextActive = grown(this.nextActive);
    this.nextActive[2 * count] = node;
    this.nextActive[2 * count + 1] = begin;
    return count + 1;
  }

  private meetPairs(w: number): void {
    const { pairs, wordFlags } = this.lexicon;
    const { near } = this;
    const capacity = near.length >> 1;
    for (let t = 0; t < this.foundCount; t++) {
      const word = this.found[t] ?? 0;
      if (((wordFlags[word] ?? 0) & WORD.near) === 0) continue;
      for (let p = Math.max(0, this.nearCount - capacity); p < this.nearCount; p++) {
        const slot = 2 * (p % capacity);
        const other = near[slot] ?? 0;
        const at = near[slot + 1] ?? 0;
        if (at === w || w - at > NEAR) continue;
        const node = nextNode(pairs, pairs.fromRoot[Math.min(word, other)] ?? 0, Math.max(word, other));
        if (node > 0) this.pushHits(pairs, node, at, w);
      }
      const slot = 2 * (this.nearCount++ % capacity);
      near[slot] = word;
      near[slot + 1] = w;
    }
  }

  private pushHits(table: PhraseTable, node: number, from: number, to: number): void {
    for (let e = table.first[node] ?? 0; (table.entries[e] ?? -1) >= 0; e++) {
      const h = this.hits++;
      if (h === this.hitEntry.length) {
        this.hitEntry = grown(this.hitEntry);
        this.hitFrom = grown(this.hitFrom);
        this.hitTo = grown(this.hitTo);
      }
      this.hitEntry[h] = table.entries[e] ?? 0;
      this.hitFrom[h] = from;
      this.hitTo[h] = to;
    }
  }
}

function nextNode(table: PhraseTable, node: number, word: number): number {
  if (node === 0) return 0;
  const { slots, mask } = table;
  let slot = phraseHash(node, word) & mask;
  for (;;) {
    const at = slots[3 * slot] ?? 0;
    if (at === 0) return 0;
    if (at === node && slots[3 * slot + 1] === word) return slots[3 * slot + 2] ?? 0;
    slot = (slot + 1) & mask;
  }
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
