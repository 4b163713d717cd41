import { BANDS, bandKey } from './bands.ts';
import type { Clusters } from './clusters.ts';
import type { Runs } from './runs.ts';
import { areAlike } from './similarity.ts';
import { BINS } from './sketch.ts';
import { SlotTable } from './slot-table.ts';

/** From how many texts with one band key on the further ones are kept by cluster. */
const CROWDED = 16;

/** A number, an array slot and its growth; what a JavaScript array of small integers takes. */
const CROWD_BYTES = 12;

/**
 * Finds alike texts by locality-sensitive hashing: two texts are compared when they agree in all bins of at least one band.
 * No pair is ever left out, however crowded a band key is, since what is found must not depend on the order of arrival:
 * beyond {@link CROWDED} texts the further ones are kept by cluster, and of a cluster the post is already in none is compared.
 */
export class AlikeTexts {
  private readonly tables = Array.from({ length: BANDS }, (_, band) => new SlotTable(1.35 + (0.3 * band) / BANDS));
  /** For each band: band key → a post of the cluster → texts. */
  private readonly crowds = Array.from({ length: BANDS }, () => new Map<number, Map<number, number[]>>());
  private crowded = 0;
  private readonly clusters: Clusters;
  private readonly runs: Runs;
  private readonly threshold: number;
  private readonly windowMs: number;

  constructor(clusters: Clusters, runs: Runs, threshold: number, windowMs: number) {
    this.clusters = clusters;
    this.runs = runs;
    this.threshold = threshold;
    this.windowMs = windowMs;
  }

  get bytes(): number {
    return this.tables.reduce((bytes, table) => bytes + table.bytes, this.crowded * CROWD_BYTES);
  }

  /** Brings `post`, whose text is that of `run`, into the clusters of all posts alike; `isNew` puts the run in as well. */
  link(post: number, run: number, timeMs: number, isNew: boolean): void {
    const { runs, tables } = this;
    for (let band = 0; band < BANDS; band++) {
      const table = tables[band];
      if (table === undefined) continue;
      if (isNew && !table.hasRoomFor(run)) this.rebuild(band, run);
      const key = bandKey(runs.bins, run * BINS, band);
      table.seek(key);
      let met = 0;
      for (let other = table.next(); other >= 0; other = table.next()) {
        met++;
        if (other === run || !this.areApart(post, other, timeMs) || !this.isAlike(run, other)) continue;
        // A tag can agree by chance, and what is found must not depend on the layout of the table.
        if (bandKey(runs.bins, other * BINS, band) === key) this.clusters.attach(post, runs.post[other] ?? 0, timeMs);
      }
      const crowd = met < CROWDED ? undefined : this.crowds[band]?.get(key);
      if (crowd !== undefined) this.linkCrowd(post, run, timeMs, crowd);
      if (isNew) this.put(table, band, key, met, run, post);
    }
  }

  /** Starts anew from the runs there are. */
  reset(): void {
    this.crowded = 0;
    for (let band = 0; band < BANDS; band++) this.rebuild(band, this.runs.count);
  }

  private linkCrowd(post: number, run: number, timeMs: number, crowd: Map<number, number[]>): void {
    const { posts } = this.clusters;
    for (const [member, texts] of crowd) {
      const root = posts.root(member);
      if (root !== member) {
        crowd.delete(member);
        crowd.set(root, (crowd.get(root) ?? []).concat(texts));
        continue;
      }
      if (root === posts.root(post)) continue;
      const alike = texts.find(
        (other) => other !== run && this.areApart(post, other, timeMs) && this.isAlike(run, other),
      );
      if (alike !== undefined) this.clusters.attach(post, member, timeMs);
    }
  }

  /** Whether a post and a text near it in time are not yet known to be of one cluster. */
  private areApart(post: number, other: number, timeMs: number): boolean {
    const { runs, clusters } = this;
    if (!runs.isNear(other, timeMs, this.windowMs)) return false;
    return clusters.posts.root(runs.post[other] ?? 0) !== clusters.posts.root(post);
  }

  private isAlike(run: number, other: number): boolean {
    return areAlike(this.runs.words, (run * BINS) / 4, (other * BINS) / 4, this.threshold);
  }

  private put(table: SlotTable, band: number, key: number, met: number, run: number, post: number): void {
    if (met < CROWDED) {
      table.place(run);
      return;
    }
    this.crowded++;
    const crowds = this.crowds[band];
    const root = this.clusters.posts.root(post);
    const crowd = crowds?.get(key);
    if (crowd === undefined) {
      crowds?.set(key, new Map([[root, [run]]]));
      return;
    }
    const texts = crowd.get(root);
    if (texts === undefined) crowd.set(root, [run]);
    else texts.push(run);
  }

  private rebuild(band: number, count: number): void {
    const { runs } = this;
    const table = this.tables[band];
    if (table === undefined) return;
    for (const crowd of this.crowds[band]?.values() ?? []) {
      for (const texts of crowd.values()) this.crowded -= texts.length;
    }
    this.crowds[band]?.clear();
    table.clear(count);
    for (let run = 0; run < count; run++) {
      const post = runs.post[run] ?? -1;
      if (post < 0) continue;
      const key = bandKey(runs.bins, run * BINS, band);
      table.seek(key);
      let met = 0;
      while (table.next() >= 0) met++;
      this.put(table, band, key, met, run, post);
    }
  }
}
