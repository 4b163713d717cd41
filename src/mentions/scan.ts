import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { KEY, keyOf } from './letters.ts';
import { type Lexicon, WORD } from './lexicon.ts';
import { PhraseWalk } from './phrase-walk.ts';
import { UNKNOWN, WordMemory } from './word-memory.ts';
import { GLUED, WordReader } from './word-reader.ts';
import { RECORD, SHARED } from './word-records.ts';

/** Bits of {@link Scan.wordFlags}. */
export const SEEN = {
  /** Begins with a capital letter. */
  capital: 1,
  /** Punctuation parts it from the word before. */
  afterBreak: 2,
  /** In a hashtag or a handle. */
  tag: 4,
  /** Joined to the word before by a hyphen. */
  joined: 8,
} as const;

const FIRST_CYRILLIC = 0x400;

/**
 * Reads one text of a batch and collects which patterns it holds: words through the trie and the suffix automaton,
 * phrases through the phrase table. What a word was found to be is remembered by its hash (50 bits), so that frequent
 * words cost one look. Every step is bounded by the text. The arrays are reused from text to text.
 */
export class Scan {
  /** Number of words. */
  words = 0;
  wordFrom = new Int32Array(1024);
  wordTo = new Int32Array(1024);
  wordFlags = new Uint8Array(1024);
  /** Bits `1 << CUE`. */
  wordCues = new Uint16Array(1024);
  /** Number of the clause a word stands in. */
  clause = new Int32Array(1024);
  /** Union of `wordCues`. */
  cues = 0;
  /** The phrases found. */
  readonly walk: PhraseWalk;

  private readonly lexicon: Lexicon;
  private readonly reader: WordReader;
  private readonly memory = new WordMemory();
  private flags = new Uint8Array(0);
  private units = new Uint16Array(0);

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
    this.reader = new WordReader(lexicon);
    this.walk = new PhraseWalk(lexicon);
  }

  run(batch: TextBatch, i: number): void {
    const { units, flags } = batch;
    const { memory, walk } = this;
    const keyTable = keyOf;
    const from = batch.starts[i] ?? 0;
    const to = batch.starts[i + 1] ?? from;
    this.flags = flags;
    this.units = units;
    this.words = 0;
    this.cues = 0;
    walk.restart();
    if (to - from > this.wordFrom.length) this.growWords(to - from);
    const { wordFrom, wordTo, wordFlags, wordCues, clause: clauses } = this;
    let clause = 0;
    let before: number = SEEN.afterBreak;
    let k = from + 1;
    while (k < to) {
      const start = k;
      const isTag = ((flags[k] ?? 0) & FLAG.notProse) !== 0;
      let low = isTag ? 0x811c : 0x9dc5;
      let high = 0x1b3;
      let key = 0;
      for (; k < to; k++) {
        key = keyTable[units[k] ?? 0] ?? 0;
        if (key === 0 || key === KEY.hyphen) break;
        low = Math.imul(low ^ key, 0x01000193);
        high = Math.imul(high + key, 0x2c1b3c6d) ^ (high >>> 13);
      }
      const separator = flags[k] ?? 0;
      if (k > start) {
        const first = flags[start] ?? 0;
        if (before & SEEN.afterBreak) {
          clause++;
          walk.breakOff();
        }
        const seen = before | (first & FLAG.upper ? SEEN.capital : 0) | (isTag ? SEEN.tag : 0);
        let record = 0;
        if ((first & FLAG.link) === 0) {
          record = memory.recall(low, high);
          if (record === UNKNOWN) {
            record = this.reader.read(batch, start, k, isTag);
            memory.remember(low, high, record);
          }
        }
        if (record === 0) {
          // Most words are none of the lists': they only take their place.
          const w = this.words++;
          wordFrom[w] = start;
          wordTo[w] = k;
          wordFlags[w] = seen;
          clauses[w] = clause;
          wordCues[w] = 0;
          walk.endWord();
        } else if (record === GLUED) this.pushPieces(batch, start, k, seen, clause);
        else this.pushWord(start, k, seen, clause, record);
        before = separator & FLAG.break ? (record > 0 && this.isAbbreviation(record) ? 0 : SEEN.afterBreak) : 0;
      } else if (separator & FLAG.break) {
        before = SEEN.afterBreak;
      }
      if (key === KEY.hyphen) before = SEEN.joined;
      k++;
    }
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

  private isAbbreviation(record: number): boolean {
    return ((this.reader.records.pool[record + RECORD.shared] ?? 0) & SHARED.abbreviation) !== 0;
  }

  private pushPieces(batch: TextBatch, from: number, to: number, seen: number, clause: number): void {
    const pieces = this.reader.readPieces(batch, from, to, (seen & SEEN.tag) !== 0);
    for (const [index, piece] of pieces.entries()) {
      this.pushWord(piece.from, piece.to, index === 0 ? seen : seen & ~SEEN.afterBreak, clause, piece.record);
    }
  }

  private pushWord(from: number, to: number, seen: number, clause: number, record: number): void {
    const w = this.words++;
    this.wordFrom[w] = from;
    this.wordTo[w] = to;
    this.wordFlags[w] = seen;
    this.clause[w] = clause;
    this.wordCues[w] = record > 0 ? this.takeFound(w, seen, record) : 0;
    this.walk.endWord();
  }

  /** Hands the words of a record to the phrases; returns their cues. */
  private takeFound(w: number, seen: number, record: number): number {
    const { walk } = this;
    const { pool } = this.reader.records;
    const shared = pool[record + RECORD.shared] ?? 0;
    if ((shared & SHARED.conditional) !== 0) return this.takeWritten(w, seen, record);
    const cues = pool[record + RECORD.cues] ?? 0;
    this.cues |= cues;
    if ((shared & SHARED.begins) === 0 && !walk.goesOn(pool[record + RECORD.bits] ?? 0)) return cues;
    const from = record + RECORD.words;
    const to = from + 2 * (pool[record + RECORD.count] ?? 0);
    for (let f = from; f < to; f += 2) walk.take(pool[f] ?? 0, w);
    return cues;
  }

  /** The same for a record whose words depend on how the word is written. */
  private takeWritten(w: number, seen: number, record: number): number {
    const { wordFacts } = this.lexicon;
    const { pool } = this.reader.records;
    const from = record + RECORD.words;
    const to = from + 2 * (pool[record + RECORD.count] ?? 0);
    let cues = 0;
    for (let f = from; f < to; f += 2) {
      const word = pool[f] ?? 0;
      const facts = wordFacts[4 * word] ?? 0;
      const stem = pool[f + 1] ?? 0;
      if ((facts & (WORD.capitals | WORD.name) || stem < 0) && !this.isWrittenAsNeeded(w, facts, seen, stem)) continue;
      cues |= facts >> 8;
      this.walk.take(word, w);
    }
    this.cues |= cues;
    return cues;
  }

  private isWrittenAsNeeded(w: number, needs: number, seen: number, stem: number): boolean {
    const isName = (needs & WORD.name) !== 0 || (stem < 0 && (needs & WORD.place) !== 0);
    if (isName && (seen & (SEEN.capital | SEEN.tag)) === 0) return false;
    if ((needs & WORD.capitals) === 0) return true;
    if ((seen & SEEN.capital) === 0) return false;
    const from = this.wordFrom[w] ?? 0;
    const capitals = this.leadingCapitals(from, this.wordTo[w] ?? 0);
    // «МТИ» is no form of «МТ»: an ending is small. A Latin spelling may be longer than its keys.
    return capitals === Math.abs(stem) || (capitals > stem && this.isLatin(from));
  }

  private isLatin(at: number): boolean {
    return (this.units[at] ?? 0) < FIRST_CYRILLIC;
  }

  /** Makes room for the words of a text of so many units. */
  private growWords(units: number): void {
    const size = 2 ** Math.ceil(Math.log2(units));
    this.wordFrom = new Int32Array(size);
    this.wordTo = new Int32Array(size);
    this.clause = new Int32Array(size);
    this.wordFlags = new Uint8Array(size);
    this.wordCues = new Uint16Array(size);
  }
}
