import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { FOLD, foldTable } from './fold.ts';
import { Hash64 } from './hash.ts';

/** Length of a shingle in folded units. Of five, a changed word takes nine with it, and none is common to most texts. */
export const SHINGLE = 5;

/** Bins of a byte each, which the bands are made of. */
export const BROAD_BINS = 64;

/** Bins of half a byte each, which only sharpen the estimate. */
export const NARROW_BINS = 64;

/** The broad bins, then the narrow ones, two a byte. A whole number of 32-bit words. */
export const SKETCH_BYTES = BROAD_BINS + NARROW_BINS / 2;

/** The largest rank of all stands for none. */
const EMPTY = 0x7fffffff;
const BASE = 0x01000193;
const BASE_TO_SHINGLE = [...Array(SHINGLE)].reduce<number>((power) => Math.imul(power, BASE), 1);

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

  private folded = new Uint16Array(1 << 12);
  private pairs = new Int32Array(this.folded.buffer);
  private length = 0;
  private readonly broad = new Int32Array(BROAD_BINS);
  private readonly narrow = new Int32Array(NARROW_BINS);

  /** Reads text `i` of the batch: {@link words}, {@link letters} and {@link hash}. */
  read(batch: TextBatch, i: number): void {
    const { units, flags } = batch;
    const fold = foldTable;
    const from = batch.starts[i] ?? 0;
    const to = batch.starts[i + 1] ?? from;
    if (to - from + 3 > this.folded.length) {
      this.folded = new Uint16Array(2 * (to - from + 3));
      this.pairs = new Int32Array(this.folded.buffer);
    }
    const folded = this.folded;
    const { notProse } = FLAG;
    const { space } = FOLD;
    let words = 0;
    let wasSpace = 1;
    let length = 0;
    folded[length++] = space;
    for (let k = from; k < to; k++) {
      const unit = ((flags[k] ?? 0) & notProse) === 0 ? (fold[units[k] ?? space] ?? space) : space;
      // Without branches, since where a word ends could not be predicted. The unit is written over when it is not kept.
      const isNone = (unit - 1) >>> 31;
      const isSpace = ((unit ^ space) - 1) >>> 31;
      const isKept = 1 ^ (isNone | (isSpace & wasSpace));
      folded[length] = unit;
      length += isKept;
      words += isKept & wasSpace;
      wasSpace = isSpace | (isNone & wasSpace);
    }
    if (wasSpace === 0) folded[length++] = space;
    folded[length] = 0;
    this.length = length;
    this.words = words;
    this.letters = length - 1 - words;
    this.hash.ofPairs(this.pairs, length);
  }

  /** Writes the sketch of the text last read, {@link SKETCH_BYTES} from `at` on. */
  write(into: Uint8Array, at: number): void {
    this.fillBins();
    const { broad, narrow } = this;
    for (let bin = 0; bin < BROAD_BINS; bin++) into[at + bin] = stored(broad[bin] ?? EMPTY, 255);
    for (let bin = 0; bin < NARROW_BINS; bin += 2) {
      const pair = stored(narrow[bin] ?? EMPTY, 15) | (stored(narrow[bin + 1] ?? EMPTY, 15) << 4);
      into[at + BROAD_BINS + bin / 2] = pair;
    }
  }

  private fillBins(): void {
    const { folded, broad, narrow, length } = this;
    const base = BASE;
    const power = BASE_TO_SHINGLE;
    const shingle = SHINGLE;
    const broadShift = Math.clz32(BROAD_BINS - 1);
    const narrowShift = Math.clz32(NARROW_BINS - 1);
    const broadRanks = 2 ** broadShift - 1;
    const narrowRanks = 2 ** narrowShift - 1;
    broad.fill(EMPTY);
    narrow.fill(EMPTY);
    let rolling = 0;
    for (let k = 0; k < shingle - 1; k++) rolling = (Math.imul(rolling, base) + (folded[k] ?? 0)) | 0;
    // A unit before the first: what leaves the first window.
    let leaving = 0;
    for (let k = shingle - 1; k < length; k++) {
      rolling = (Math.imul(rolling, base) + ((folded[k] ?? 0) - Math.imul(leaving, power))) | 0;
      leaving = folded[k - shingle + 1] ?? 0;
      // The top bits of a product choose the bin and the others are the rank; the two products are of unlike factors.
      const broadHash = Math.imul(rolling ^ (rolling >>> 15), 0x9e3779b1);
      const broadBin = broadHash >>> broadShift;
      const broadLeast = broad[broadBin] ?? 0;
      // The smaller of two without a branch, which could not be predicted.
      const broadGain = ((broadHash & broadRanks) - broadLeast) | 0;
      broad[broadBin] = (broadLeast + (broadGain & (broadGain >> 31))) | 0;
      const narrowHash = Math.imul(rolling ^ (rolling >>> 17), 0x2c1b3c6d);
      const narrowBin = narrowHash >>> narrowShift;
      const narrowLeast = narrow[narrowBin] ?? 0;
      const narrowGain = ((narrowHash & narrowRanks) - narrowLeast) | 0;
      narrow[narrowBin] = (narrowLeast + (narrowGain & (narrowGain >> 31))) | 0;
    }
  }
}

/** 1 … `values` by the low bits of a rank: the high ones are small by choice. */
function stored(rank: number, values: number): number {
  return rank === EMPTY ? 0 : 1 + (((rank & 0x1ff) * values) >>> 9);
}
