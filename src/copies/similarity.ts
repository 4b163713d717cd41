import { BIN_WORDS, BINS } from './sketch.ts';

/** Two bins with different shingles agree by chance in one of this many values. */
const VALUES = 15;

/**
 * Estimates the Jaccard similarity of two texts from the bins of their sketches: the share of agreeing bins among those
 * filled in either. Bins filled in both also agree by chance, for which it is corrected and can fall a little below 0. Its
 * error is measured in docs/copies.md.
 *
 * @param words bins of half a byte, {@link BIN_WORDS} a text; `a` and `b` are where two of them start.
 */
export function estimateSimilarity(words: Int32Array, a: number, b: number): number {
  const end = BIN_WORDS;
  let agreeing = 0;
  let bare = 0;
  let lacking = 0;
  for (let w = 0; w < end; w++) {
    const left = words[a + w] ?? 0;
    const right = words[b + w] ?? 0;
    const emptyLeft = zeroHalves(left);
    const emptyRight = zeroHalves(right);
    agreeing += pairsOfHalves(zeroHalves(left ^ right));
    bare += pairsOfHalves(emptyLeft & emptyRight);
    lacking += pairsOfHalves(emptyLeft | emptyRight);
  }
  const bareBins = sumOfBytes(bare);
  const found = sumOfBytes(agreeing) - bareBins;
  const filledInBoth = BINS - sumOfBytes(lacking);
  return (found - (filledInBoth - found) / (VALUES - 1)) / (BINS - bareBins);
}

/** In how many bins, empty or not, two texts agree at least when their estimate is at least `threshold`. */
export function leastAgreeing(threshold: number): number {
  // Bins empty in both would only take from the share of the others: this holds for however many there are.
  return Math.ceil(threshold * BINS);
}

/** In how many bins, empty or not, two texts agree: much less work than an estimate. */
export function agreeingBins(words: Int32Array, a: number, b: number): number {
  const end = BIN_WORDS;
  let agreeing = 0;
  for (let w = 0; w < end; w++) agreeing += pairsOfHalves(zeroHalves((words[a + w] ?? 0) ^ (words[b + w] ?? 0)));
  return sumOfBytes(agreeing);
}

/** 1 in each half byte that is 0, and 0 in the others. */
function zeroHalves(word: number): number {
  return (~(((word & 0x77777777) + 0x77777777) | word | 0x77777777) >>> 3) & 0x11111111;
}

/** In each byte, the sum of its halves. */
function pairsOfHalves(word: number): number {
  return (word + (word >>> 4)) & 0x0f0f0f0f;
}

function sumOfBytes(word: number): number {
  return Math.imul(word, 0x01010101) >>> 24;
}
