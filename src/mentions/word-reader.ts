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
/** «кз» and «kz», in keys. */
const COUNTRY = ['кз', 'kz'].map((name) => [...name].map((letter) => keyOf[letter.charCodeAt(0)]));

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
    if (this.isWhole(record)) return record;
    const end = isTag ? this.withoutCountry(length) : length;
    if (end < length) {
      const before = this.lookup.find(this.spare, 0, end, false);
      if (this.isWhole(before)) return before;
    }
    const piece = isTag ? MIN_TAG_PIECE : MIN_PIECE;
    if (end < 2 * piece) return record;
    return this.cut(end, piece).length > 0 ? GLUED : record;
  }

  /** The pieces of a {@link GLUED} word. */
  readPieces({ units }: TextBatch, from: number, to: number, isTag: boolean): Piece[] {
    const all = this.readKeys(units, from, to);
    const length = isTag ? this.withoutCountry(all) : all;
    const cuts = this.cut(length, isTag ? MIN_TAG_PIECE : MIN_PIECE);
    return cuts.slice(0, -1).map((start, c) => {
      const end = cuts[c + 1] ?? length;
      const record = this.lookup.find(this.spare, start, end, false);
      // Cyrillic keys stand one for one for units; elsewhere the bounds are as good as can be told.
      return { from: Math.min(to, from + start), to: end === length ? to : Math.min(to, from + end), record };
    });
  }

  private isWhole(record: number): boolean {
    return record > 0 && this.records.pool[record + RECORD.isWhole] === 1;
  }

  /** How long a tag is without the address of the country at its end: «egovkz», «минздравкз». */
  private withoutCountry(length: number): number {
    const first = this.spare[length - 2];
    const second = this.spare[length - 1];
    return COUNTRY.some(([k, z]) => first === k && second === z) ? length - 2 : length;
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
    const cuts = [0];
    return this.cutRest(length, piece, cuts, new Set()) ? cuts : NOWHERE;
  }

  /** Cuts what comes after the last of `cuts`, longest pieces first; `dead` are the places from which nothing leads on. */
  private cutRest(length: number, piece: number, cuts: number[], dead: Set<number>): boolean {
    const { lookup, spare } = this;
    const at = cuts.at(-1) ?? 0;
    if (dead.has(at)) return false;
    const rest = at === 0 ? 0 : lookup.find(spare, at, length, false);
    if (this.isWhole(rest)) {
      cuts.push(length);
      return true;
    }
    const last = length - piece + 1;
    for (let end = lookup.longestPiece(spare, at, last, piece); end > 0; ) {
      cuts.push(end);
      if (this.cutRest(length, piece, cuts, dead)) return true;
      cuts.pop();
      end = lookup.longestPiece(spare, at, end - 1, piece);
    }
    dead.add(at);
    return false;
  }
}
