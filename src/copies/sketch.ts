import { FLAG, type TextBatch } from '../post/text-batch.ts';
import { FOLD, foldTable } from './fold.ts';
import { Hash64 } from './hash.ts';

/** Length of a shingle in folded units. Of five, a changed word takes nine with it, and none is common to most texts. */
export const SHINGLE = 5;

/** Bins of a one-permutation MinHash, one byte each. */
export const BINS = 96;

const BASE = 0x01000193;
const BASE_TO_SHINGLE = [...Array(SHINGLE)].reduce<number>((power) => Math.imul(power, BASE), 1);

/**
 * Reads the prose of a text — without links, handles and hashtags, spellings folded — and sketches its set of character
 * shingles by one-permutation MinHash (Li, Owen & Zhang 2012): one hash throws each shingle into a bin, and each bin
 * keeps its smallest. Of that smallest hash eight bits are stored (b-bit MinHash, Li & König 2010); an empty bin is 0.
 * The same reader is used for one text after another; what it holds is of the last one.
 */
export class ProseSketch {
  /** Words of prose. */
  words = 0;
  /** Units of prose that are not spaces. */
  letters = 0;
  /** 64-bit hash of the folded prose: equal for equal prose. */
  readonly hash = new Hash64();
  /** One byte a bin; filled by {@link sketch}. */
  readonly bins = new Uint8Array(BINS);

  private folded = new Uint16Array(1 << 12);
  private length = 0;
  private readonly smallest = new Uint32Array(BINS);

  /** Reads text `i` of the batch: {@link words}, {@link letters} and {@link hash}. */
  read(batch: TextBatch, i: number): void {
    const { units, flags } = batch;
    const fold = foldTable;
    const from = batch.starts[i] ?? 0;
    const to = batch.starts[i + 1] ?? from;
    if (to - from + 1 > this.folded.length) this.folded = new Uint16Array(2 * (to - from + 1));
    const folded = this.folded;
    const { notProse } = FLAG;
    const { space, none } = FOLD;
    let words = 0;
    let previous: number = space;
    let length = 0;
    folded[length++] = space;
    for (let k = from; k < to; k++) {
      const unit = ((flags[k] ?? 0) & notProse) === 0 ? (fold[units[k] ?? space] ?? space) : space;
      if (unit === none || (unit === space && previous === space)) continue;
      if (previous === space) words++;
      folded[length++] = unit;
      previous = unit;
    }
    if (previous !== space) folded[length++] = space;
    this.length = length;
    this.words = words;
    this.letters = length - 1 - words;
    this.hash.ofUnits(folded, length);
  }

  /** Fills {@link bins} with the sketch of the text last read. */
  sketch(): void {
    const { folded, smallest, bins, length } = this;
    const base = BASE;
    const power = BASE_TO_SHINGLE;
    const shingle = SHINGLE;
    const count = BINS;
    smallest.fill(0xffffffff);
    let rolling = 0;
    for (let k = 0; k < length; k++) {
      rolling = (Math.imul(rolling, base) + (folded[k] ?? 0)) | 0;
      if (k + 1 < shingle) continue;
      if (k >= shingle) rolling = (rolling - Math.imul(folded[k - shingle] ?? 0, power)) | 0;
      let h = Math.imul(rolling ^ (rolling >>> 16), 0x85ebca6b);
      h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
      h ^= h >>> 16;
      // The upper half chooses the bin; the product is odd × h, so its order inside a bin is that of all 32 bits.
      const bin = ((h >>> 16) * count) >>> 16;
      const rank = Math.imul(h, 0x9e3779b1) >>> 0;
      if (rank < (smallest[bin] ?? 0)) smallest[bin] = rank;
    }
    for (let bin = 0; bin < count; bin++) {
      const rank = smallest[bin] ?? 0;
      bins[bin] = rank === 0xffffffff ? 0 : 1 + ((rank & 0xffff) % 255);
    }
  }
}
