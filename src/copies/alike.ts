import { BAND_WORDS, bandKey, LONGER, longerKey } from './bands.ts';
import type { Clusters } from './clusters.ts';
import { BINS_AT, SKETCH_AT } from './fingerprint.ts';
import type { Runs } from './runs.ts';
import { agreeingBins, estimateSimilarity, leastAgreeing } from './similarity.ts';
import { SlotTable } from './slot-table.ts';

/** How many texts are kept, and compared, under one key. */
const CROWDED = 16;

/** A post that meets so many of its own cluster under one crowded key needs no longer one, nor a place under it. */
const ENOUGH_KIN = CROWDED / 2;

/**
 * Finds alike texts by locality-sensitive hashing: two texts are compared when they agree in all bins of at least one
 * band. When {@link CROWDED} texts share a key, the next ones are kept under a longer one, of two bins of another band as
 * well, and so on {@link LONGER} times (as in an LSH forest, Bawa, Condie & Ganesan 2005). So a post is compared with a
 * bounded number of texts, and in a crowd with those that have more in common with it than the crowd has.
 */
export class AlikeTexts {
  /** What was fetched ahead; kept only so that the fetching is not optimised away. */
  fetched = 0;
  private readonly tables = Array.from({ length: BAND_WORDS }, (_, band) => new SlotTable((0.3 * band) / BAND_WORDS));
  /** Whether a key of a band has become crowded since its table was rebuilt. */
  private readonly areCrowded = new Uint8Array(BAND_WORDS);
  private readonly keys = new Int32Array(BAND_WORDS);
  private readonly ahead = new Int32Array(32);
  private readonly clusters: Clusters;
  private readonly runs: Runs;
  private readonly threshold: number;
  private readonly leastAgreeing: number;
  private readonly windowMs: number;

  constructor(clusters: Clusters, runs: Runs, threshold: number, windowMs: number) {
    this.clusters = clusters;
    this.runs = runs;
    this.threshold = threshold;
    this.leastAgreeing = leastAgreeing(threshold);
    this.windowMs = windowMs;
  }

  get bytes(): number {
    return this.tables.reduce((sum, table) => sum + table.bytes, 0);
  }

  /** Brings `post`, whose text is that of `run`, into the clusters of all posts alike; `isNew` puts the run in as well. */
  link(post: number, run: number, timeMs: number, isNew: boolean): void {
    const { tables, keys } = this;
    this.fetchAhead(run);
    for (let band = 0; band < BAND_WORDS; band++) {
      const table = tables[band];
      if (table === undefined) continue;
      if (isNew && !table.hasRoomFor(run)) this.rebuild(band, run);
      let key = keys[band] ?? 0;
      for (let further = 1; ; further++) {
        let kin = 0;
        table.seek(key);
        for (let other = table.next(); other >= 0; other = table.next()) {
          if (other !== run && this.areKin(post, run, other, timeMs, band)) kin++;
        }
        if (table.met < CROWDED) {
          if (isNew) table.place(run);
          break;
        }
        this.areCrowded[band] = 1;
        if (kin >= ENOUGH_KIN || further > LONGER) break;
        key = longerKey(key, this.runs.words, this.wordOf(run, SKETCH_AT), band, further);
      }
    }
  }

  /** Follows the runs to their new numbers, -1 for the dropped. */
  evict(newRuns: Int32Array): void {
    for (let band = 0; band < BAND_WORDS; band++) {
      const table = this.tables[band];
      if (table?.isSparseFor(this.runs.count)) this.rebuild(band, this.runs.count);
      // Where a key ran over, the gaps must go on telling so.
      else table?.renumber(newRuns, this.areCrowded[band] === 1);
    }
  }

  private fetchAhead(run: number): void {
    const { tables, keys } = this;
    const { words } = this.runs;
    const at = this.wordOf(run, SKETCH_AT);
    let fetched = 0;
    for (let band = 0; band < BAND_WORDS; band++) {
      keys[band] = bandKey(words, at, band);
    }
    for (let band = 0; band < BAND_WORDS; band++) fetched ^= tables[band]?.touch(keys[band] ?? 0) ?? 0;
    this.fetched = fetched;
  }

  /** Whether a post and a text near it in time are of one cluster, to which this brings them when they are alike. */
  private areKin(post: number, run: number, other: number, timeMs: number, band: number): boolean {
    const { runs, clusters } = this;
    if (!runs.isNear(other, timeMs, this.windowMs)) return false;
    const kin = runs.post[other] ?? 0;
    if (clusters.posts.root(kin) === clusters.posts.root(post)) return true;
    if (!this.isAlike(run, other, band)) return false;
    clusters.attach(post, kin, timeMs);
    return true;
  }

  private isAlike(run: number, other: number, band: number): boolean {
    const { words } = this.runs;
    const a = this.wordOf(run, BINS_AT);
    const b = this.wordOf(other, BINS_AT);
    if (agreeingBins(words, a, b) < this.leastAgreeing || estimateSimilarity(words, a, b) < this.threshold)
      return false;
    // A tag can agree by chance, and what is found must not depend on the layout of the table.
    return words[this.wordOf(run, SKETCH_AT) + band] === words[this.wordOf(other, SKETCH_AT) + band];
  }

  /** Where a part of the fingerprint of a run starts among the words. */
  private wordOf(run: number, part: number): number {
    return run * (this.runs.fingerprintBytes / 4) + part;
  }

  private rebuild(band: number, count: number): void {
    const { runs, ahead } = this;
    const table = this.tables[band];
    if (table === undefined) return;
    table.clear(count);
    this.areCrowded[band] = 0;
    for (let first = 0; first < count; first += ahead.length) {
      const last = Math.min(count, first + ahead.length);
      let fetched = 0;
      for (let run = first; run < last; run++) {
        const key = bandKey(runs.words, this.wordOf(run, SKETCH_AT), band);
        ahead[run - first] = key;
        fetched ^= table.touch(key);
      }
      this.fetched = fetched;
      for (let run = first; run < last; run++) {
        if ((runs.post[run] ?? -1) >= 0) this.put(table, ahead[run - first] ?? 0, run, band);
      }
    }
  }

  /** Puts a run under the shortest key of the band that has room. */
  private put(table: SlotTable, bandKey: number, run: number, band: number): void {
    let key = bandKey;
    for (let further = 1; ; further++) {
      table.seek(key);
      while (table.next() >= 0);
      if (table.met < CROWDED) {
        table.place(run);
        return;
      }
      this.areCrowded[band] = 1;
      if (further > LONGER) return;
      key = longerKey(key, this.runs.words, this.wordOf(run, SKETCH_AT), band, further);
    }
  }
}
