import { type Lexicon, WORD } from './lexicon.ts';
import { grown } from './phrase-walk.ts';

/** Places in a record, counted from where it starts. */
export const RECORD = {
  /** Number of its words. */
  count: 0,
  /** 1 when they explain the word to its end. */
  isWhole: 1,
  /** Bits of {@link SHARED}. */
  shared: 2,
  /** Cues of its words. */
  cues: 3,
  /** Bits `word mod 32` of its words. */
  bits: 4,
  /** Pairs: word, letters of its stem, negative where one of them is wrong. */
  words: 5,
} as const;

/** What is true of one word of a record at least. */
export const SHARED = {
  /** Depends on how it is written. */
  conditional: 1,
  /** A phrase begins with it. */
  begins: 2,
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
  private poolEnd: number = RECORD.words;
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

  private isRecorded(record: number): boolean {
    const { pool, found, foundEnd } = this;
    if (pool[record + RECORD.count] !== foundEnd / 2) return false;
    if (pool[record + RECORD.isWhole] !== (this.isWhole ? 1 : 0)) return false;
    for (let f = 0; f < foundEnd; f++) if (pool[record + RECORD.words + f] !== found[f]) return false;
    return true;
  }

  private pushRecord(): number {
    const { found, foundEnd } = this;
    const { wordFacts } = this.lexicon;
    const record = this.poolEnd;
    this.poolEnd += RECORD.words + foundEnd;
    while (this.poolEnd > this.pool.length) this.pool = grown(this.pool);
    let shared = 0;
    let cues = 0;
    let bits = 0;
    for (let f = 0; f < foundEnd; f += 2) {
      const word = found[f] ?? 0;
      const facts = wordFacts[4 * word] ?? 0;
      if ((facts & (WORD.capitals | WORD.name)) !== 0 || (found[f + 1] ?? 0) < 0) shared |= SHARED.conditional;
      if ((wordFacts[4 * word + 1] ?? 0) > 0) shared |= SHARED.begins;
      if ((facts & WORD.abbreviation) !== 0) shared |= SHARED.abbreviation;
      cues |= facts >> 8;
      bits |= 1 << (word & 31);
    }
    const { pool } = this;
    pool[record + RECORD.count] = foundEnd / 2;
    pool[record + RECORD.isWhole] = this.isWhole ? 1 : 0;
    pool[record + RECORD.shared] = shared;
    pool[record + RECORD.cues] = cues;
    pool[record + RECORD.bits] = bits;
    pool.set(found.subarray(0, foundEnd), record + RECORD.words);
    return record;
  }
}
