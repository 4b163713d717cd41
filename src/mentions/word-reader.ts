import type { TextBatch } from '../post/text-batch.ts';
import { coarsen, KEY, keyOf } from './letters.ts';
import type { Lexicon } from './lexicon.ts';
import { WordLookup } from './word-lookup.ts';
import { RECORD, type WordRecords } from './word-records.ts';

/** Longer words are read to here; no pattern is as long. */
const MAX_WORD = 60;
/** The shortest piece of a word that was glued to another, in prose and in a tag. */
const MIN_PIECE = 5;
const MIN_TAG_PIECE = 4;
const NOWHERE: readonly number[] = [];

/** A record that says: several words without spaces between. */
export const GLUED = -1;

/** A piece of a word of the text, in units of its batch. */
export interface Piece {
  from: number;
  to: number;
  record: number;
}

/** Reads words of a batch letter by letter and says which words of the lists they are forms of. */
export class WordReader {
  readonly records: WordRecords;

  private readonly lookup: WordLookup;
  private readonly keys = new Uint8Array(MAX_WORD + 4);
  private readonly spare = new Uint8Array(2 * MAX_WORD + 8);

  constructor(lexicon: Lexicon) {
    this.lookup = new WordLookup(lexicon);
    this.records = this.lookup.records;
  }

  /** The record of the word `[from, to)` of the batch, or {@link GLUED}. */
  read({ units }: TextBatch, from: number, to: number, isTag: boolean): number {
    const length = this.readKeys(units, from, to);
    if (length === 0) return 0;
    const record = this.lookup.find(this.spare, 0, length, !isTag);
    const piece = isTag ? MIN_TAG_PIECE : MIN_PIECE;
    if (length < 2 * piece || (record > 0 && this.records.pool[record + RECORD.isWhole] === 1)) return record;
    return this.cut(length, piece).length > 0 ? GLUED : record;
  }

  /** The pieces of a {@link GLUED} word. */
  readPieces({ units }: TextBatch, from: number, to: number, isTag: boolean): Piece[] {
    const length = this.readKeys(units, from, to);
    const cuts = this.cut(length, isTag ? MIN_TAG_PIECE : MIN_PIECE);
    return cuts.slice(0, -1).map((start, c) => {
      const end = cuts[c + 1] ?? length;
      const record = this.lookup.find(this.spare, start, end, false);
      // Cyrillic keys stand one for one for units; elsewhere the bounds are as good as can be told.
      return { from: Math.min(to, from + start), to: end === length ? to : Math.min(to, from + end), record };
    });
  }

  /** Reads a word's keys into `spare`, coarse ones unless it is Cyrillic throughout; 0 for a word of another script. */
  private readKeys(units: Uint16Array, from: number, to: number): number {
    const { keys, spare } = this;
    let n = 0;
    let isCoarse = false;
    for (let k = from; k < to && n < MAX_WORD; k++) {
      const key = keyOf[units[k] ?? 0] ?? 0;
      if (key === KEY.skip) continue;
      if (key === KEY.other) return 0;
      if (key >= KEY.coarse) isCoarse = true;
      keys[n++] = key;
    }
    if (isCoarse) return coarsen(keys, n, spare);
    for (let k = 0; k < n; k++) spare[k] = keys[k] ?? 0;
    return n;
  }

  /** Where to cut `spare[0 … length)` into known words, beginning with 0 and ending with `length`; empty for nowhere. */
  private cut(length: number, piece: number): readonly number[] {
    const { lookup, spare } = this;
    let at = lookup.longestPiece(spare, 0, length, piece);
    if (at === 0) return NOWHERE;
    const cuts = [0];
    while (at > 0) {
      cuts.push(at);
      const rest = lookup.find(spare, at, length, false);
      if (rest > 0 && this.records.pool[rest + RECORD.isWhole] === 1) return [...cuts, length];
      at = lookup.longestPiece(spare, at, length, piece);
    }
    return NOWHERE;
  }
}
