import { mix } from './hash.ts';

/** Bands of the locality-sensitive hashing, one word of four bins each; more would find more at J = .6, see docs/copies.md. */
export const BAND_WORDS = 12;
const ROWS = 4;

/** Bins that the bands take theirs from. */
export const BANDED_BINS = 64;

/** How many times a key can be lengthened. */
export const LONGER = 6;

/** How far the bands of one key are from each other, so that the keys do not all hang on the same ones. */
const STRIDE = 5;

/** For each bin, the order in which it looks for a filled one to borrow from. */
const donors: Uint8Array = buildDonors();

/**
 * Writes the bands of {@link BANDED_BINS} bins, four bins to a word, from word `at` on. An empty bin, 0, borrows the value
 * of another bin chosen by a fixed random order (optimal densification, Shrivastava 2017), so that two texts agree in each
 * bin with a probability equal to their Jaccard similarity, however short they are. One bin at least must be filled.
 */
export function writeBands(bins: Uint8Array, into: Int32Array, at: number): void {
  for (let band = 0; band < BAND_WORDS; band++) {
    const bin = ROWS * band;
    into[at + band] =
      (filled(bins, bin) << 24) | (filled(bins, bin + 1) << 16) | (filled(bins, bin + 2) << 8) | filled(bins, bin + 3);
  }
}

function filled(bins: Uint8Array, bin: number): number {
  let value = bins[bin] ?? 0;
  for (let donor = BANDED_BINS * bin; value === 0; donor++) value = bins[donors[donor] ?? 0] ?? 0;
  return value;
}

/** The hash that texts of one band meet under, 32 bits; the bands start at `at` of `words`. */
export function bandKey(words: Int32Array, at: number, band: number): number {
  return mix(words[at + band] ?? 0);
}

/**
 * The key of `band` lengthened by two bins of another band for the `times`-th time, from 1 to {@link LONGER}: for one that
 * too many texts share.
 */
export function longerKey(key: number, words: Int32Array, at: number, band: number, times: number): number {
  const other = (band + STRIDE * ((times + 1) >> 1)) % BAND_WORDS;
  return mix(key ^ (((words[at + other] ?? 0) >>> (16 * (times & 1))) & 0xffff));
}

function buildDonors(): Uint8Array {
  const table = new Uint8Array(BANDED_BINS * BANDED_BINS);
  let state = 0x2545f491;
  for (let bin = 0; bin < BANDED_BINS; bin++) {
    const order = [...Array(BANDED_BINS).keys()].filter((other) => other !== bin);
    for (let i = order.length - 1; i > 0; i--) {
      state = (Math.imul(state, 0x19660d) + 0x3c6ef35f) | 0;
      const j = (mix(state) >>> 0) % (i + 1);
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    table.set(order, BANDED_BINS * bin);
  }
  return table;
}
