import { BAND_WORDS } from '../../../src/copies/bands.ts';
import { BINS_AT, SKETCH_AT, TEXT_BYTES } from '../../../src/copies/fingerprint.ts';
import { estimateSimilarity } from '../../../src/copies/similarity.ts';

/** How two texts of a known similarity fare when compared directly, by tenths of the similarity. */
export class Curve {
  private readonly tenths = Array.from({ length: 11 }, () => ({ pairs: 0, candidates: 0, found: 0, squares: 0 }));
  private readonly prints = new Uint8Array(2 * TEXT_BYTES);
  private readonly words = new Int32Array(this.prints.buffer);
  private readonly threshold: number;

  constructor(threshold: number) {
    this.threshold = threshold;
  }

  /** Counts a pair of texts by their fingerprints; a phrase has no place on the curve. */
  count(a: Uint8Array, b: Uint8Array, similarity: number): void {
    const tenth = this.tenths[Math.floor(similarity * 10)];
    if (a.length !== TEXT_BYTES || b.length !== TEXT_BYTES || tenth === undefined) return;
    this.prints.set(a);
    this.prints.set(b, TEXT_BYTES);
    const other = TEXT_BYTES / 4;
    const estimate = estimateSimilarity(this.words, BINS_AT, other + BINS_AT);
    const bands = [...Array(BAND_WORDS).keys()];
    const isCandidate = bands.some((band) => this.words[SKETCH_AT + band] === this.words[other + SKETCH_AT + band]);
    tenth.pairs++;
    tenth.squares += (estimate - similarity) ** 2;
    if (isCandidate) tenth.candidates++;
    if (isCandidate && estimate >= this.threshold) tenth.found++;
  }

  toString(): string {
    const rows = this.tenths.map(({ pairs, candidates, found, squares }, tenth) => {
      const share = (part: number) => (part / pairs).toFixed(3);
      const range = tenth === 10 ? '1       ' : `0.${tenth}…${((tenth + 1) / 10).toFixed(1)}`;
      return `${range}   ${share(candidates)}      ${share(found)}    ${Math.sqrt(squares / pairs).toFixed(3)}   ${pairs}`;
    });
    return ['Jaccard   candidate   linked   RMSE    pairs compared directly', ...rows].join('\n');
  }
}
