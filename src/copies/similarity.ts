import { BINS } from './sketch.ts';

const WORDS = BINS / 4;

/** Two different bins agree by chance in one of this many values. */
const VALUES = 255;

/**
 * Whether two sketches say that their texts are alike: the share of agreeing bins among those filled in either, corrected
 * for agreement by chance, reaches `threshold`. Unbiased for the Jaccard similarity; of a text with fewer shingles than
 * bins nearly all of them are seen, of a long one the standard error is √(J(1−J)/96), .05 at J = .6.
 * Each sketch is {@link BINS} / 4 words of four bins each, starting at `a` and `b` of `sketches`.
 */
export function areAlike(sketches: Int32Array, a: number, b: number, threshold: number): boolean {
  let agreeing = 0;
  let empty = 0;
  for (let w = 0; w < WORDS; w++) {
    const left = sketches[a + w] ?? 0;
    const right = sketches[b + w] ?? 0;
    agreeing += zeroBytes(left ^ right);
    empty += zeroBytes(left | right);
  }
  const both = sumOfBytes(empty);
  return sumOfBytes(agreeing) - both >= (threshold + (1 - threshold) / VALUES) * (BINS - both);
}

/** 1 in each byte that is 0, and 0 in the others. */
function zeroBytes(word: number): number {
  return (~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f) >>> 7) & 0x01010101;
}

function sumOfBytes(word: number): number {
  return Math.imul(word, 0x01010101) >>> 24;
}
