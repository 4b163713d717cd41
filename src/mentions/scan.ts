import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { HYPHENATED, hashUnits, TOKEN } from '../post/tokens.ts';
import { type Lexicon, WORD } from './lexicon.ts';
import { PhraseWalk } from './phrase-walk.ts';
import { UNKNOWN, WordMemory } from './word-memory.ts';
import { GLUED, WordReader } from './word-reader.ts';
import { isName, RECORD, SHARED, type WordRecords } from './word-records.ts';

/** Bits of {@link Scan.wordFlags}. */
export const SEEN = {
  /** Begins with a capital letter. */
  capital: FLAG.upper,
  /** Punctuation parts it from the word before. */
  afterBreak: 2,
  /** In a hashtag or a handle. */
  tag: 4,
  /** Joined to the word before by a hyphen. */
  joined: 8,
} as const;

const FIRST_CYRILLIC = 0x400;
const HYPHEN = 0x2d;
/** Sets words in tags apart in the memory: they are cut where others are not. */
const TAG_HASH = 0x5bd1e995;

/**
 * Reads one text of a batch and collects which patterns it holds: words through the trie and the suffix automaton,
 * phrases through the phrase table. What a word was found to be is remembered by its hashes, so that frequent
 * words cost one look. Every step is bounded by the text. The arrays are reused from text to text.
 */
export class Scan {
  /** Number of words. */
  words = 0;
  wordFrom = new Int32Array(1024);
  wordTo = new Int32Array(1024);
  wordFlags = new Uint8Array(1024);
  /** What of the lists a word is: where in the pool of {@link records}; 0 for most. */
  wordRecord = new Int32Array(1024);
  /** Bits `1 << CUE`. */
  wordCues = new Uint16Array(1024);
  /** Number of the clause a word stands in. */
  clause = new Int32Array(1024);
  readonly records: WordRecords;
  /** The phrases found. */
  readonly walk: PhraseWalk;

  private readonly reader: WordReader;
  private readonly memory = new WordMemory();
  private readonly hashes = new Int32Array(2);
  /** What is remembered of each token of the text. */
  private recalled = new Int32Array(1024);
  private flags = new Uint8Array(0);
  private units = new Uint16Array(0);
  /** {@link SEEN} bits of the next word that say how it is parted from the one before. */
  private before = 0;

  constructor(lexicon: Lexicon) {
    this.reader = new WordReader(lexicon);
    this.records = this.reader.records;
    this.walk = new PhraseWalk(lexicon, this);
  }

  run(batch: TextBatch, i: number): void {
    const { flags, tokens, tokenStarts } = batch;
    const { memory } = this;
    let { pool } = this.records;
    const { size, from: FROM, to: TO, kinds: KINDS, hash1: HASH1, hash2: HASH2 } = TOKEN;
    const { notProse, break: isBreak } = FLAG;
    const { shared: SHARED_BITS, unnamed: UNNAMED } = RECORD;
    const { name, abbreviation } = SHARED;
    const { capital, afterBreak } = SEEN;
    const first = tokenStarts[i] ?? 0;
    const end = tokenStarts[i + 1] ?? first;
    this.flags = flags;
    this.units = batch.units;
    const units = (batch.starts[i + 1] ?? 0) - (batch.starts[i] ?? 0);
    if (units > this.wordFrom.length) this.growWords(units);
    const { wordFrom, wordTo, wordFlags, wordRecord, clause: clauses, recalled } = this;
    // All before any is used, so that the looks into memory overlap.
    for (let token = first, t = 0; token < end; token += size, t++) {
      recalled[t] = memory.recall(tokens[token + HASH1] ?? 0, tokens[token + HASH2] ?? 0);
    }
    let w = 0;
    let clause = 0;
    let before: number = afterBreak;
    for (let token = first, t = 0; token < end; token += size, t++) {
      const from = tokens[token + FROM] ?? 0;
      const to = tokens[token + TO] ?? 0;
      const flag = flags[from] ?? 0;
      let record = recalled[t] ?? 0;
      let shared = 0;
      if (record >= 0 && ((tokens[token + KINDS] ?? 0) & HYPHENATED) === 0 && (flag & notProse) === 0) {
        shared = pool[record + SHARED_BITS] ?? 0;
        clause += (before >> 1) & 1;
        wordFrom[w] = from;
        wordTo[w] = to;
        wordFlags[w] = before | (flag & capital);
        wordRecord[w] = (shared & name) !== 0 && (flag & capital) === 0 ? (pool[record + UNNAMED] ?? 0) : record;
        clauses[w] = clause;
        w++;
      } else {
        this.words = w;
        this.before = before;
        record = this.addToken(batch, token);
        w = this.words;
        clause = clauses[w - 1] ?? 0;
        pool = this.records.pool;
        shared = record > 0 ? (pool[record + SHARED_BITS] ?? 0) : 0;
      }
      before = ((flags[to] ?? 0) & isBreak) !== 0 && (shared & abbreviation) === 0 ? afterBreak : 0;
    }
    this.words = w;
    this.walk.run();
  }

  /** Union of `wordCues`. */
  get cues(): number {
    return this.walk.cues;
  }

  /** Whether most words of the text are written in capitals, so that capitals say nothing. */
  isShouting(): boolean {
    let shouted = 0;
    let spoken = 0;
    for (let w = 0; w < this.words; w++) {
      const from = this.wordFrom[w] ?? 0;
      const to = this.wordTo[w] ?? 0;
      if (to - from < 2 || (this.wordFlags[w] ?? 0) & SEEN.tag) continue;
      spoken++;
      if (this.leadingCapitals(from, to) === to - from) shouted++;
    }
    return spoken >= 4 && shouted * 2 > spoken;
  }

  /** How many letters from `from` on are capitals before the first small one. */
  leadingCapitals(from: number, to: number): number {
    let k = from;
    while (k < to && (this.flags[k] ?? 0) & FLAG.upper) k++;
    return k - from;
  }

  /** Whether word `w` is written as a word of the lexicon asks for, whose stem has so many letters (negative: one of them is wrong). */
  isWrittenAsNeeded(w: number, facts: number, stem: number): boolean {
    const seen = this.wordFlags[w] ?? 0;
    if (isName(facts, stem) && (seen & (SEEN.capital | SEEN.tag)) === 0) return false;
    if ((facts & WORD.capitals) === 0) return true;
    if ((seen & SEEN.capital) === 0) return false;
    const from = this.wordFrom[w] ?? 0;
    const capitals = this.leadingCapitals(from, this.wordTo[w] ?? 0);
    // «МТИ» is no form of «МТ»: an ending is small. A Latin spelling may be longer than its keys.
    return capitals === Math.abs(stem) || (capitals > stem && this.isLatin(from));
  }

  private isLatin(at: number): boolean {
    return (this.units[at] ?? 0) < FIRST_CYRILLIC;
  }

  /** Adds a token that is not one word met before in prose; returns the record of its last word. */
  private addToken(batch: TextBatch, token: number): number {
    const { tokens } = batch;
    const from = tokens[token + TOKEN.from] ?? 0;
    const to = tokens[token + TOKEN.to] ?? 0;
    return ((tokens[token + TOKEN.kinds] ?? 0) & HYPHENATED) !== 0
      ? this.addJoined(batch, from, to)
      : this.addWord(batch, from, to, tokens[token + TOKEN.hash1] ?? 0, tokens[token + TOKEN.hash2] ?? 0);
  }

  /** Adds the words that hyphens join; returns the record of the last one. */
  private addJoined(batch: TextBatch, from: number, to: number): number {
    const { units } = batch;
    const { hashes } = this;
    let start = from;
    let record = 0;
    for (let k = from; k <= to; k++) {
      if (k < to && units[k] !== HYPHEN) continue;
      if (start > from) this.before = SEEN.joined;
      hashUnits(units, start, k, hashes, 0);
      record = this.addWord(batch, start, k, hashes[0] ?? 0, hashes[1] ?? 0);
      start = k + 1;
    }
    return record;
  }

  /** Adds a word, or the pieces of one that is several; returns its record. */
  private addWord(batch: TextBatch, from: number, to: number, hash1: number, hash2: number): number {
    const { memory } = this;
    const first = batch.flags[from] ?? 0;
    const isTag = (first & FLAG.notProse) !== 0;
    const seen = this.before | (first & SEEN.capital) | (isTag ? SEEN.tag : 0);
    const key = isTag ? hash2 ^ TAG_HASH || 1 : hash2;
    let record = 0;
    if ((first & FLAG.link) === 0) {
      record = memory.recall(hash1, key);
      if (record === UNKNOWN) {
        record = this.reader.read(batch, from, to, isTag);
        memory.remember(hash1, key, record);
      }
    }
    if (record === GLUED) this.pushPieces(batch, from, to, seen);
    else this.pushWord(from, to, seen, record);
    return record;
  }

  private pushPieces(batch: TextBatch, from: number, to: number, seen: number): void {
    const pieces = this.reader.readPieces(batch, from, to, (seen & SEEN.tag) !== 0);
    for (const [index, piece] of pieces.entries()) {
      this.pushWord(piece.from, piece.to, index === 0 ? seen : seen & ~SEEN.afterBreak, piece.record);
    }
  }

  private pushWord(from: number, to: number, seen: number, record: number): void {
    const { pool } = this.records;
    const w = this.words++;
    const isUnnamed =
      (seen & (SEEN.capital | SEEN.tag)) === 0 && ((pool[record + RECORD.shared] ?? 0) & SHARED.name) !== 0;
    this.wordFrom[w] = from;
    this.wordTo[w] = to;
    this.wordFlags[w] = seen;
    this.wordRecord[w] = isUnnamed ? (pool[record + RECORD.unnamed] ?? 0) : record;
    this.clause[w] = (w > 0 ? (this.clause[w - 1] ?? 0) : 0) + ((seen >> 1) & 1);
  }

  /** Makes room for the words of a text of so many units. */
  private growWords(units: number): void {
    const size = 2 ** Math.ceil(Math.log2(units));
    this.wordFrom = new Int32Array(size);
    this.wordTo = new Int32Array(size);
    this.clause = new Int32Array(size);
    this.wordRecord = new Int32Array(size);
    this.wordFlags = new Uint8Array(size);
    this.wordCues = new Uint16Array(size);
    this.recalled = new Int32Array(size);
  }
}
