import { type Lexicon, WORD } from './lexicon.ts';
import { FIRST_SIDE, secondBit, wordBit } from './phrase-table.ts';
import { grown } from './phrase-walk.ts';

/** Places in a record, counted from where it starts. */
export const RECORD = {
  /** Bits of {@link SHARED}. */
  shared: 0,
  /** Cues of its words. */
  cues: 1,
  /** Both bits of its words: {@link wordBit} and {@link secondBit}. */
  bits: 2,
  secondBits: 3,
  /** Both bits of the words that carry on any phrase that it begins. */
  onward: 4,
  secondOnward: 5,
  /** Both bits of the sides of a `+` that it is alone, and of the sides that these make a pattern with. */
  sides: 6,
  secondSides: 7,
  partners: 8,
  secondPartners: 9,
  /** Number of the patterns that it is alone, of its sides, of the phrases that it begins, and of its words. */
  hitCount: 10,
  sideCount: 11,
  startCount: 12,
  wordCount: 13,
  /** 1 when its words explain the word of the text to its end. */
  isWhole: 14,
  /** The record of what it is when it is no name. */
  unnamed: 15,
  /**
   * From here on the entries of the patterns and the sides, one integer each; then the phrases, as pairs of their node and of
   * which words go on from it (the first bits); then the words, as pairs of the word and the letters of its stem, negative where one is wrong.
   */
  lists: 16,
} as const;

/** What is true of one word of a record at least. */
export const SHARED = {
  /** Must be written with so many capitals: each word of the text is looked at. */
  capitals: 1,
  /** Must begin with a capital or stand in a tag; else the word of the text is what {@link RECORD.unnamed} says. Not beside `capitals`. */
  name: 2,
  abbreviation: 4,
} as const;

/**
 * Words of the lexicon that a word of the text is a form of, as records in one pool, and what they have in common, so that
 * most are told without a look at each. Record 0 is the empty one.
 */
export class WordRecords {
  pool = new Int32Array(1 << 12);
  /** Whether what was found explains the word to its end. */
  isWhole = false;

  private readonly lexicon: Lexicon;
  /** Records by the hash of what they hold. */
  private readonly byHash = new Map<number, number>();
  private poolEnd: number = RECORD.lists;
  /** Words found and the letters of their stems; `found[0 … foundEnd)` is valid. */
  private found = new Int32Array(64);
  private foundEnd = 0;

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
  }

  /** A new word of the text. */
  restart(): void {
    this.foundEnd = 0;
    this.isWhole = false;
  }

  get isEmpty(): boolean {
    return this.foundEnd === 0;
  }

  /** The word of the text may be this one. */
  add(word: number, stem: number): void {
    const end = this.foundEnd;
    for (let f = 0; f < end; f += 2) if (this.found[f] === word) return;
    if (end + 2 > this.found.length) this.found = grown(this.found);
    this.found[end] = word;
    this.found[end + 1] = stem;
    this.foundEnd = end + 2;
  }

  /** The record of what was found: the same for all words in which the same was found. */
  record(): number {
    const { found, foundEnd } = this;
    if (foundEnd === 0) return 0;
    let hash = this.isWhole ? 1 : 0;
    for (let f = 0; f < foundEnd; f++) hash = Math.imul(hash ^ (found[f] ?? 0), 0x01000193) ^ (hash >>> 15);
    for (; ; hash++) {
      const known = this.byHash.get(hash);
      if (known === undefined) break;
      if (this.isRecorded(known)) return known;
    }
    const record = this.pushRecord();
    this.byHash.set(hash, record);
    return record;
  }

  /** Where the words of a record begin. */
  wordsOf(record: number): number {
    const { pool } = this;
    const { lists, hitCount, sideCount, startCount } = RECORD;
    return (
      record +
      lists +
      (pool[record + hitCount] ?? 0) +
      (pool[record + sideCount] ?? 0) +
      2 * (pool[record + startCount] ?? 0)
    );
  }

  private isRecorded(record: number): boolean {
    const { pool, found, foundEnd } = this;
    if (pool[record + RECORD.wordCount] !== foundEnd / 2) return false;
    if (pool[record + RECORD.isWhole] !== (this.isWhole ? 1 : 0)) return false;
    const words = this.wordsOf(record);
    for (let f = 0; f < foundEnd; f++) if (pool[words + f] !== found[f]) return false;
    return true;
  }

  private pushRecord(): number {
    const { found, foundEnd } = this;
    const { wordFacts, phrases, sidePartners, secondPartners, entryLabels } = this.lexicon;
    const hits: number[] = [];
    const sides: number[] = [];
    const starts: number[] = [];
    let shared = 0;
    let cues = 0;
    let bits = 0;
    let secondBits = 0;
    let onward = 0;
    let secondOnward = 0;
    for (let f = 0; f < foundEnd; f += 2) {
      const word = found[f] ?? 0;
      const [facts = 0, node = 0, first = 0, next = 0] = wordFacts.subarray(4 * word, 4 * word + 4);
      if ((facts & WORD.capitals) !== 0) shared |= SHARED.capitals;
      else if (isName(facts, found[f + 1] ?? 0)) shared |= SHARED.name;
      if ((facts & WORD.abbreviation) !== 0) shared |= SHARED.abbreviation;
      cues |= facts >> 8;
      bits |= wordBit(word);
      secondBits |= secondBit(word);
      if (next !== 0) starts.push(node, next);
      onward |= next;
      secondOnward |= phrases.secondOnward[node] ?? 0;
      for (let e = first; first > 0 && phrases.entries[e] !== -1; e++) {
        const entry = phrases.entries[e] ?? 0;
        if (entry < 0) sides.push(FIRST_SIDE - entry);
        // What says the same as the one before says nothing more.
        else if (hits.length === 0 || entryLabels[entry] !== entryLabels[hits.at(-1) ?? 0]) hits.push(entry);
      }
    }
    if ((shared & SHARED.capitals) !== 0) shared &= ~SHARED.name;
    const record = this.poolEnd;
    const lists = [...hits, ...sides, ...starts, ...found.subarray(0, foundEnd)];
    this.poolEnd += RECORD.lists + lists.length;
    while (this.poolEnd > this.pool.length) this.pool = grown(this.pool);
    const { pool } = this;
    pool[record + RECORD.shared] = shared;
    pool[record + RECORD.cues] = cues;
    pool[record + RECORD.bits] = bits;
    pool[record + RECORD.secondBits] = secondBits;
    pool[record + RECORD.onward] = onward;
    pool[record + RECORD.secondOnward] = secondOnward;
    pool[record + RECORD.sides] = sides.reduce((all, side) => all | wordBit(side), 0);
    pool[record + RECORD.secondSides] = sides.reduce((all, side) => all | secondBit(side), 0);
    pool[record + RECORD.partners] = sides.reduce((all, side) => all | (sidePartners[side] ?? 0), 0);
    pool[record + RECORD.secondPartners] = sides.reduce((all, side) => all | (secondPartners[side] ?? 0), 0);
    pool[record + RECORD.hitCount] = hits.length;
    pool[record + RECORD.sideCount] = sides.length;
    pool[record + RECORD.startCount] = starts.length / 2;
    pool[record + RECORD.wordCount] = foundEnd / 2;
    pool[record + RECORD.isWhole] = this.isWhole ? 1 : 0;
    pool.set(lists, record + RECORD.lists);
    if ((shared & SHARED.name) !== 0) this.pushUnnamed(record);
    return record;
  }

  private pushUnnamed(record: number): void {
    const { wordFacts } = this.lexicon;
    const found = this.found.slice(0, this.foundEnd);
    this.foundEnd = 0;
    for (let f = 0; f < found.length; f += 2) {
      const [word = 0, stem = 0] = [found[f], found[f + 1]];
      if (!isName(wordFacts[4 * word] ?? 0, stem)) this.add(word, stem);
    }
    const unnamed = this.record();
    this.pool[record + RECORD.unnamed] = unnamed;
  }
}

/** Whether a word of the lexicon, of whose stem a letter is wrong where its length is negative, must be written as a name. */
export function isName(facts: number, stem: number): boolean {
  return (facts & WORD.name) !== 0 || (stem < 0 && (facts & WORD.place) !== 0);
}
