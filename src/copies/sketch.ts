import { MAX_TEXT_UNITS } from '../post/post.ts';
import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { BAND_WORDS, BANDED_BINS, writeBands } from './bands.ts';
import { FOLD, foldTable, LETTER_BITS } from './fold.ts';
import { Hash64 } from './hash.ts';

/** Length of a shingle in folded units. Of five, a changed word takes nine with it, and none is common to most texts. */
export const SHINGLE = 5;

/** Bins of a sketch; half a byte each is stored. */
export const BINS = 2 * BANDED_BINS;
export const BIN_WORDS = BINS / 8;

/** A sketch in 32-bit words: the keys of its bands, then its bins. */
export const SKETCH_WORDS = BAND_WORDS + BIN_WORDS;

/** The largest rank of all stands for none. */
const EMPTY = 0x7fffffff;

/** A normalised text is at most twice as long as the text, which the contract bounds. */
const MAX_UNITS = 2 * MAX_TEXT_UNITS + 2;

// Work space and tables as constants of the module: V8 builds their addresses into the loops, which makes these twice as fast.
const fold = foldTable;
const ranks = new Int32Array(BINS);
const banded = new Uint8Array(BANDED_BINS);

/**
 * Reads the prose of a text — without links, handles and hashtags, spellings folded — and sketches its set of character
 * shingles by one-permutation MinHash (Li, Owen & Zhang 2012): a hash throws each shingle into a bin, and each bin keeps
 * its smallest. Of the smallest hash four bits are stored (b-bit MinHash, Li & König 2010); an empty bin is 0. The bands
 * are of bins twice as large, of a byte each. The same reader is used for one text after another; what it holds is of the last one.
 */
export class ProseSketch {
  /** Words of prose. */
  words = 0;
  /** Units of prose that are not spaces. */
  letters = 0;
  /** 64-bit hash of the folded prose: equal for equal prose. */
  readonly hash = new Hash64();

  /** Reads text `i` of the batch. */
  read(batch: TextBatch, i: number): void {
    const from = batch.starts[i] ?? 0;
    const to = Math.min(batch.starts[i + 1] ?? from, from + MAX_UNITS);
    this.readProse(batch.units, batch.flags, from, to);
  }

  /** Writes the sketch of the text last read, {@link SKETCH_WORDS} from word `at` on. */
  write(into: Int32Array, at: number): void {
    let word = at + BAND_WORDS;
    for (let bin = 0; bin < BINS; bin += 8) {
      let packed = 0;
      for (let k = 0; k < 8; k += 2) {
        const even = ranks[bin + k] ?? EMPTY;
        const odd = ranks[bin + k + 1] ?? EMPTY;
        const evenByte = byteOf(even);
        const oddByte = byteOf(odd);
        packed |= (halfOf(evenByte) | (halfOf(oddByte) << 4)) << (4 * k);
        banded[(bin + k) >> 1] = evenByte ^ ((evenByte ^ oddByte) & ((odd - even) >> 31));
      }
      into[word++] = packed;
    }
    writeBands(banded, into, at);
  }

  /** All in one pass: the prose, its words parted by one space and one at both ends, is never written down. */
  private readProse(units: Uint16Array, flags: Uint8Array, from: number, to: number): void {
    const { notProse } = FLAG;
    const { none, space } = FOLD;
    const bits = LETTER_BITS;
    const letterMask = (1 << LETTER_BITS) - 1;
    const shingleMask = (1 << (SHINGLE * LETTER_BITS)) - 1;
    const head = SHINGLE;
    const binShift = Math.clz32(BINS - 1);
    const rankMask = (1 << binShift) - 1;
    ranks.fill(EMPTY);
    let spaces = 1;
    let wasSpace = 1;
    let length = 1;
    let last: number = space;
    let low = 0;
    let high = 0;
    for (let k = from; k < to; k++) {
      const unit = ((flags[k] ?? 0) & notProse) === 0 ? (fold[units[k] ?? space] ?? space) : space;
      // Without a branch, since where a word ends could not be predicted.
      const isSpace = ((unit ^ space) - 1) >>> 31;
      if (unit === none || (isSpace & wasSpace) !== 0) continue;
      length++;
      spaces += isSpace;
      wasSpace = isSpace;
      last = (last << bits) | (unit & letterMask);
      let hash = Math.imul(last & shingleMask, 0x9e3779b1);
      hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
      low = Math.imul(low ^ hash, 0x5bd1e995);
      high = (high + hash) | 0;
      if (length < head) continue;
      const bin = hash >>> binShift;
      const least = ranks[bin] ?? 0;
      // The smaller of two without a branch, which could not be predicted.
      const gain = ((hash & rankMask) - least) | 0;
      ranks[bin] = (least + (gain & (gain >> 31))) | 0;
    }
    this.words = spaces - 1;
    this.letters = length - spaces;
    this.hash.finish(low, high);
  }
}

/** 1 … 255 by the bits of a rank that are neither small by choice nor of few letters only; 0 for none, without a branch. */
function byteOf(rank: number): number {
  return (1 + ((((rank >>> 8) & 255) * 255) >>> 8)) & ((rank - EMPTY) >> 31);
}

/** 1 … 15 for 1 … 255, and 0 for 0. */
function halfOf(byte: number): number {
  return (byte * 15 + 255) >> 8;
}
