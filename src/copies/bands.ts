import { mix } from './hash.ts';
import { BROAD_BINS } from './sketch.ts';

/** Bins of a band of the locality-sensitive hashing, and bands; more would find more at J = .6, see docs/copies.md. */
export const ROWS = 4;
export const BANDS = 12;

/** For each bin, the order in which it looks for a filled one to borrow from; the bin itself comes first. */
const donors: Uint8Array = buildDonors();

/**
 * The hash of band `band` of the sketch that starts at `at` of `bins`, 32 bits. An empty bin borrows the value of another
 * bin chosen by a fixed random order (optimal densification, Shrivastava 2017), so that two texts agree in each bin with
 * a probability equal to their Jaccard similarity, however short they are. The sketch must have a filled bin.
 */
export function bandKey(bins: Uint8Array, at: number, band: number): number {
  let key = band;
  for (let bin = ROWS * band; bin < ROWS * (band + 1); bin++) {
    let donor = BROAD_BINS * bin;
    let value = bins[at + bin] ?? 0;
    while (value === 0) value = bins[at + (donors[++donor] ?? 0)] ?? 0;
    key = (key << 8) ^ (key >>> 24) ^ value;
  }
  return mix(key);
}

function buildDonors(): Uint8Array {
  const table = new Uint8Array(BROAD_BINS * BROAD_BINS);
  let state = 0x2545f491;
  for (let bin = 0; bin < BROAD_BINS; bin++) {
    const order = [...Array(BROAD_BINS).keys()].filter((other) => other !== bin);
    for (let i = order.length - 1; i > 0; i--) {
      state = (Math.imul(state, 0x19660d) + 0x3c6ef35f) | 0;
      const j = (mix(state) >>> 0) % (i + 1);
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    table.set([bin, ...order], BROAD_BINS * bin);
  }
  return table;
}
