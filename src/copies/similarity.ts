import { BROAD_BINS, NARROW_BINS } from './sketch.ts';

const BROAD_WORDS = BROAD_BINS / 4;
const WORDS = BROAD_WORDS + NARROW_BINS / 8;

/** Two bins with different shingles agree by chance in one of this many values. */
const BROAD_VALUES = 255;
const NARROW_VALUES = 15;

/**
 * Estimates the Jaccard similarity of two texts from their sketches: the share of agreeing bins among those filled in
 * either, corrected for agreement by chance, which can bring it a little below 0. Its error is measured in docs/copies.md.
 *
 * @param sketches sketches of {@link SKETCH_BYTES} as 32-bit words; `a` and `b` are where two of them start.
 */
export function estimateSimilarity(sketches: Int32Array, a: number, b: number): number {
  const broadWords = BROAD_WORDS;
  const words = WORDS;
  let agreeing = 0;
  let empty = 0;
  for (let w = 0; w < broadWords; w++) {
    const left = sketches[a + w] ?? 0;
    const right = sketches[b + w] ?? 0;
    agreeing += zeroBytes(left ^ right);
    empty += zeroBytes(left | right);
  }
  let agreeingNarrow = 0;
  let emptyNarrow = 0;
  for (let w = broadWords; w < words; w++) {
    const left = sketches[a + w] ?? 0;
    const right = sketches[b + w] ?? 0;
    const differing = zeroHalves(left ^ right);
    const bare = zeroHalves(left | right);
    agreeingNarrow += (differing & 0x0f0f0f0f) + ((differing >>> 4) & 0x0f0f0f0f);
    emptyNarrow += (bare & 0x0f0f0f0f) + ((bare >>> 4) & 0x0f0f0f0f);
  }
  const bareBroad = sumOfBytes(empty);
  const bareNarrow = sumOfBytes(emptyNarrow);
  const found = sumOfBytes(agreeing) - bareBroad + sumOfBytes(agreeingNarrow) - bareNarrow;
  return corrected(found, bareBroad, bareNarrow);
}

/** In how many bins, empty or not, two sketches agree at least when their estimate is at least `threshold`. */
export function leastAgreeing(threshold: number): number {
  let least = 0;
  // Bins empty in both would only take from the share of the others: this holds for however many there are.
  while (least <= BROAD_BINS + NARROW_BINS && corrected(least, 0, 0) < threshold) least++;
  return least;
}

/** Whether two sketches agree in at least `least` bins, those empty in both among them: half the work of an estimate. */
export function agreeInBins(sketches: Int32Array, a: number, b: number, least: number): boolean {
  const broadWords = BROAD_WORDS;
  const someWords = BROAD_WORDS / 2;
  const words = WORDS;
  let narrow = 0;
  for (let w = broadWords; w < words; w++) {
    const agreeing = zeroHalves((sketches[a + w] ?? 0) ^ (sketches[b + w] ?? 0));
    narrow += (agreeing & 0x0f0f0f0f) + ((agreeing >>> 4) & 0x0f0f0f0f);
  }
  let broad = 0;
  for (let w = 0; w < someWords; w++) broad += zeroBytes((sketches[a + w] ?? 0) ^ (sketches[b + w] ?? 0));
  const found = sumOfBytes(narrow) + sumOfBytes(broad);
  // Most texts that share a band share little else: the other half of the bins could not make up for it.
  if (found + BROAD_BINS / 2 < least) return false;
  let rest = 0;
  for (let w = someWords; w < broadWords; w++) rest += zeroBytes((sketches[a + w] ?? 0) ^ (sketches[b + w] ?? 0));
  return found + sumOfBytes(rest) >= least;
}

/** The similarity that `found` agreeing bins stand for, when so many bins are empty in both texts. */
function corrected(found: number, bareBroad: number, bareNarrow: number): number {
  const bins = BROAD_BINS - bareBroad + NARROW_BINS - bareNarrow;
  const byChance = (BROAD_BINS - bareBroad) / BROAD_VALUES + (NARROW_BINS - bareNarrow) / NARROW_VALUES;
  return (found - byChance) / (bins - byChance);
}

/** 1 in each byte that is 0, and 0 in the others. */
function zeroBytes(word: number): number {
  return (~(((word & 0x7f7f7f7f) + 0x7f7f7f7f) | word | 0x7f7f7f7f) >>> 7) & 0x01010101;
}

/** 1 in each half byte that is 0, and 0 in the others. */
function zeroHalves(word: number): number {
  return (~(((word & 0x77777777) + 0x77777777) | word | 0x77777777) >>> 3) & 0x11111111;
}

function sumOfBytes(word: number): number {
  return Math.imul(word, 0x01010101) >>> 24;
}
