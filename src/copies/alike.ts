import { BANDS, bandKey } from './bands.ts';
import type { Clusters } from './clusters.ts';
import { SKETCH_AT } from './fingerprint.ts';
import type { Runs } from './runs.ts';
import { agreeInBins, estimateSimilarity, leastAgreeing } from './similarity.ts';
import { SlotTable } from './slot-table.ts';

/** From how many texts with one band key on the further ones are kept by cluster. */
const CROWDED = 16;

/** What a number in a growing JavaScript array takes. */
const CROWD_BYTES = 12;

/** The texts beyond {@link CROWDED} of one band key: a post of the cluster → texts of the cluster. */
type Crowd = Map<number, number[]>;

/**
 * Finds alike texts by locality-sensitive hashing: two texts are compared when they agree in all bins of at least one band.
 * No pair is ever left out, however crowded a band key is, since what is found must not depend on the order of arrival:
 * beyond {@link CROWDED} texts the further ones are kept by cluster, and of a cluster the post is already in none is compared.
 */
export class AlikeTexts {
  /** What was fetched ahead; kept only so that the fetching is not optimised away. */
  fetched = 0;
  private readonly tables = Array.from({ length: BANDS }, (_, band) => new SlotTable((0.3 * band) / BANDS));
  private readonly crowds = Array.from({ length: BANDS }, () => new Map<number, Crowd>());
  private readonly keys = new Int32Array(BANDS);
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
    let bytes = this.tables.reduce((sum, table) => sum + table.bytes, 0);
    for (const crowd of this.eachCrowd()) for (const texts of crowd.values()) bytes += texts.length * CROWD_BYTES;
    return bytes;
  }

  /** Brings `post`, whose text is that of `run`, into the clusters of all posts alike; `isNew` puts the run in as well. */
  link(post: number, run: number, timeMs: number, isNew: boolean): void {
    const { tables, keys, crowds } = this;
    this.fetchAhead(run);
    for (let band = 0; band < BANDS; band++) {
      const table = tables[band];
      if (table === undefined) continue;
      if (isNew && !table.hasRoomFor(run)) this.rebuild(band, run);
      const key = keys[band] ?? 0;
      table.seek(key);
      for (let other = table.next(); other >= 0; other = table.next()) {
        if (other === run || !this.areApart(post, other, timeMs) || !this.isAlike(run, other)) continue;
        // A tag can agree by chance, and what is found must not depend on the layout of the table.
        if (this.keyOf(other, band) === key) this.clusters.attach(post, this.runs.post[other] ?? 0, timeMs);
      }
      const crowd = table.met < CROWDED ? undefined : crowds[band]?.get(key);
      if (crowd !== undefined) this.linkCrowd(post, run, timeMs, crowd);
      if (isNew) this.put(band, table, key, run, post);
    }
  }

  /** Names every crowd's clusters by their roots, so that {@link evict} finds them among the posts kept. */
  settle(): void {
    const { posts } = this.clusters;
    for (const crowd of this.eachCrowd()) {
      for (const [member, texts] of [...crowd]) moveTexts(crowd, member, posts.root(member), texts);
    }
  }

  /** Follows the runs and posts to their new numbers, -1 for the dropped. */
  evict(newRuns: Int32Array, newPosts: Int32Array): void {
    for (let band = 0; band < BANDS; band++) {
      const crowds = this.crowds[band] ?? new Map<number, Crowd>();
      const table = this.tables[band];
      if (table?.isSparseFor(this.runs.count)) {
        this.rebuild(band, this.runs.count);
        continue;
      }
      // Walks count the removed as met: a crowd is looked for by how many there were when it began.
      table?.renumber(newRuns, crowds.size > 0);
      for (const [key, crowd] of crowds) {
        const kept: Crowd = new Map();
        for (const [member, texts] of crowd) {
          const left = texts.map((text) => newRuns[text] ?? -1).filter((text) => text >= 0);
          if (left.length > 0) kept.set(newPosts[member] ?? -1, left);
        }
        if (kept.size > 0) crowds.set(key, kept);
        else crowds.delete(key);
      }
    }
  }

  private fetchAhead(run: number): void {
    const { tables, keys } = this;
    let fetched = 0;
    for (let band = 0; band < BANDS; band++) keys[band] = this.keyOf(run, band);
    for (let band = 0; band < BANDS; band++) fetched ^= tables[band]?.touch(keys[band] ?? 0) ?? 0;
    this.fetched = fetched;
  }

  private linkCrowd(post: number, run: number, timeMs: number, crowd: Crowd): void {
    const { posts } = this.clusters;
    for (const [member, texts] of crowd) {
      const root = posts.root(member);
      if (root !== member) {
        moveTexts(crowd, member, root, texts);
        continue;
      }
      if (root === posts.root(post)) continue;
      if (this.isAlikeOneOf(run, timeMs, texts)) this.clusters.attach(post, member, timeMs);
    }
  }

  /** Whether a text is alike one of a cluster that is near in time. */
  private isAlikeOneOf(run: number, timeMs: number, texts: readonly number[]): boolean {
    for (let i = 0; i < texts.length; i++) {
      const other = texts[i] ?? run;
      if (other !== run && this.isAlike(run, other) && this.runs.isNear(other, timeMs, this.windowMs)) return true;
    }
    return false;
  }

  /** Whether a post and a text near it in time are not yet known to be of one cluster. */
  private areApart(post: number, other: number, timeMs: number): boolean {
    const { runs, clusters } = this;
    if (!runs.isNear(other, timeMs, this.windowMs)) return false;
    return clusters.posts.root(runs.post[other] ?? 0) !== clusters.posts.root(post);
  }

  private isAlike(run: number, other: number): boolean {
    const { words, fingerprintBytes } = this.runs;
    const a = (run * fingerprintBytes) / 4 + SKETCH_AT;
    const b = (other * fingerprintBytes) / 4 + SKETCH_AT;
    return agreeInBins(words, a, b, this.leastAgreeing) && estimateSimilarity(words, a, b) >= this.threshold;
  }

  private keyOf(run: number, band: number): number {
    return bandKey(this.runs.prints, run * this.runs.fingerprintBytes + 4 * SKETCH_AT, band);
  }

  /** Ends the walk of `table` over `key` by putting the run of `post` there, or into the crowd. */
  private put(band: number, table: SlotTable, key: number, run: number, post: number): void {
    if (table.met < CROWDED) {
      table.place(run);
      return;
    }
    const crowd: Crowd = this.crowds[band]?.get(key) ?? new Map();
    this.crowds[band]?.set(key, crowd);
    const root = this.clusters.posts.root(post);
    const texts = crowd.get(root);
    if (texts === undefined) crowd.set(root, [run]);
    else texts.push(run);
  }

  private rebuild(band: number, count: number): void {
    const { runs } = this;
    const table = this.tables[band];
    if (table === undefined) return;
    this.crowds[band]?.clear();
    table.clear(count);
    const { ahead } = this;
    for (let first = 0; first < count; first += ahead.length) {
      const last = Math.min(count, first + ahead.length);
      let fetched = 0;
      for (let run = first; run < last; run++) {
        const key = this.keyOf(run, band);
        ahead[run - first] = key;
        fetched ^= table.touch(key);
      }
      this.fetched = fetched;
      for (let run = first; run < last; run++) {
        const post = runs.post[run] ?? -1;
        if (post < 0) continue;
        const key = ahead[run - first] ?? 0;
        table.seek(key);
        while (table.next() >= 0);
        this.put(band, table, key, run, post);
      }
    }
  }

  private *eachCrowd(): Generator<Crowd> {
    for (const crowds of this.crowds) yield* crowds.values();
  }
}

function moveTexts(crowd: Crowd, from: number, to: number, texts: readonly number[]): void {
  if (from === to) return;
  crowd.delete(from);
  crowd.set(to, [...(crowd.get(to) ?? []), ...texts]);
}
