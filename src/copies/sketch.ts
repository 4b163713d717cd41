import { MAX_TEXT_UNITS } from '../post/post.ts';
import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { CODE_BITS, codeTable, FOLD, foldTable } from './fold.ts';
import { Hash64 } from './hash.ts';

/** Length of a shingle in folded units. Of five, a changed word takes nine with it, and none is common to most texts. */
export const SHINGLE = 5;

/** Bins of a byte each, which the bands are made of. */
export const BROAD_BINS = 64;

/** Bins of half a byte each, which only sharpen the estimate. */
export const NARROW_BINS = 64;

/** The broad bins, then the narrow ones, two a byte, both as 32-bit words. */
export const BROAD_WORDS = BROAD_BINS / 4;
export const NARROW_WORDS = NARROW_BINS / 8;
export const SKETCH_BYTES = 4 * (BROAD_WORDS + NARROW_WORDS);

/** The largest rank of all stands for none. */
const EMPTY = 0x7fffffff;

/** A normalised text is at most twice as long as the text, which the contract bounds. */
const MAX_UNITS = 2 * MAX_TEXT_UNITS + 2;

// Work space and tables as constants of the module: V8 builds their addresses into the loops, which makes these twice as fast.
const fold = foldTable;
const code = codeTable;
/** The folded prose, with room for the zeros that its hash may read behind it. */
const folded = new Uint16Array(MAX_UNITS + 4);
const foldedWords = new Int32Array(folded.buffer);
const broad = new Int32Array(BROAD_BINS);
const narrow = new Int32Array(NARROW_BINS);

/**
 * Reads the prose of a text — without links, handles and hashtags, spellings folded — and sketches its set of character
 * shingles by one-permutation MinHash (Li, Owen & Zhang 2012): a hash throws each shingle into a bin, and each bin keeps
 * its smallest. Of the smallest hash a few bits are stored (b-bit MinHash, Li & König 2010); an empty bin is 0. It does so
 * twice with different hashes, into {@link BROAD_BINS} and {@link NARROW_BINS}, so that of a short text nearly every
 * shingle is seen. The same reader is used for one text after another; what it holds is of the last one.
 */
export class ProseSketch {
  /** Words of prose. */
  words = 0;
  /** Units of prose that are not spaces. */
  letters = 0;
  /** 64-bit hash of the folded prose: equal for equal prose. */
  readonly hash = new Hash64();

  private length = 0;

  /** Reads text `i` of the batch: {@link words}, {@link letters} and {@link hash}. */
  read(batch: TextBatch, i: number): void {
    const from = batch.starts[i] ?? 0;
    const to = Math.min(batch.starts[i + 1] ?? from, from + MAX_UNITS);
    this.fold(batch.units, batch.flags, from, to);
    this.hash.ofPairs(foldedWords, this.length);
  }

  /** Writes the sketch of the text last read as 32-bit words, {@link SKETCH_BYTES} from word `at` on. */
  write(into: Int32Array, at: number): void {
    fillBins(this.length);
    let word = at;
    for (let bin = 0; bin < BROAD_BINS; bin += 4) {
      let packed = 0;
      for (let k = 3; k >= 0; k--) packed = (packed << 8) | stored(broad[bin + k] ?? EMPTY, 255);
      into[word++] = packed;
    }
    for (let bin = 0; bin < NARROW_BINS; bin += 8) {
      let packed = 0;
      for (let k = 7; k >= 0; k--) packed = (packed << 4) | stored(narrow[bin + k] ?? EMPTY, 15);
      into[word++] = packed;
    }
  }

  /** Writes the folded prose, words parted by one space and one at both ends. */
  private fold(units: Uint16Array, flags: Uint8Array, from: number, to: number): void {
    const { notProse } = FLAG;
    const { none, space } = FOLD;
    let spaces = 1;
    let wasSpace = 1;
    let length = 0;
    folded[length++] = space;
    for (let k = from; k < to; k++) {
      const unit = ((flags[k] ?? 0) & notProse) === 0 ? (fold[units[k] ?? space] ?? space) : space;
      // Without a branch, since where a word ends could not be predicted.
      const isSpace = ((unit ^ space) - 1) >>> 31;
      if (unit === none || (isSpace & wasSpace) !== 0) continue;
      folded[length++] = unit;
      spaces += isSpace;
      wasSpace = isSpace;
    }
    for (let pad = 0; pad < 3; pad++) folded[length + pad] = 0;
    this.length = length;
    this.words = spaces - 1;
    this.letters = length - spaces;
  }
}

function fillBins(length: number): void {
  const bits = CODE_BITS;
  const shingleMask = (1 << (SHINGLE * CODE_BITS)) - 1;
  const broadShift = Math.clz32(BROAD_BINS - 1);
  const narrowShift = Math.clz32(NARROW_BINS - 1);
  const broadRanks = (1 << broadShift) - 1;
  const narrowRanks = (1 << narrowShift) - 1;
  broad.fill(EMPTY);
  narrow.fill(EMPTY);
  let last = 0;
  for (let k = 0; k < SHINGLE - 1; k++) last = (last << bits) | (code[folded[k] ?? 0] ?? 0);
  for (let k = SHINGLE - 1; k < length; k++) {
    last = (last << bits) | (code[folded[k] ?? 0] ?? 0);
    let mixed = Math.imul(last & shingleMask, 0x9e3779b1);
    mixed ^= mixed >>> 15;
    // The top bits of a product choose the bin and the others are the rank; the two products are of unlike factors.
    const broadHash = Math.imul(mixed, 0x85ebca6b);
    const broadBin = broadHash >>> broadShift;
    const broadLeast = broad[broadBin] ?? 0;
    // The smaller of two without a branch, which could not be predicted.
    const broadGain = ((broadHash & broadRanks) - broadLeast) | 0;
    broad[broadBin] = (broadLeast + (broadGain & (broadGain >> 31))) | 0;
    const narrowHash = Math.imul(broadHash ^ (broadHash >>> 16), 0x2c1b3c6d);
    const narrowBin = narrowHash >>> narrowShift;
    const narrowLeast = narrow[narrowBin] ?? 0;
    const narrowGain = ((narrowHash & narrowRanks) - narrowLeast) | 0;
    narrow[narrowBin] = (narrowLeast + (narrowGain & (narrowGain >> 31))) | 0;
  }
}

/** 1 … `values` by all bits of a rank, of which the high ones are small by choice. */
function stored(rank: number, values: number): number {
  return rank === EMPTY ? 0 : 1 + (((Math.imul(rank, 0x5bd1e995) >>> 20) * values) >>> 12);
}
