import type { CopyAssignment } from '../../../src/copies/copies.ts';
import { createCopyIndex } from '../../../src/copies/index.ts';
import { joinLinks } from '../../../src/copies/join-links.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';
import { Curve } from './curve.ts';
import type { LabelledPost } from './labelled.ts';
import { Recall } from './recall.ts';
import { jaccard, proseOf, shinglesOf, wordsOf } from './shingles.ts';

const HOUR_MS = 3_600_000;
export const WINDOW = { windowMs: 72 * HOUR_MS, slackMs: 24 * HOUR_MS };
const BATCH = 500;
/** Texts of fewer words are compared by equality alone. */
const MIN_WORDS = 8;
const NONE = new Uint8Array(0);

/** How the index fares on a labelled set. */
export interface CopyQuality {
  curve: Curve;
  recall: Recall;
  /** Pairs of one cluster: of one origin or of equal prose, and others. */
  right: number;
  wrong: number;
  /** Of the wrong, those whose exact similarity reaches the threshold all the same. */
  alikeByNature: number;
  /** Of the wrong, those with a text under eight words. */
  shortWrong: number;
}

/** Labelled posts with what is known of their texts by a second way. */
export class LabelledSet {
  readonly posts: readonly LabelledPost[];
  private readonly proses: string[];
  private readonly words: number[];
  private readonly shingles: ReadonlySet<string>[];

  constructor(posts: readonly LabelledPost[]) {
    this.posts = posts;
    this.proses = posts.map((post) => proseOf(post.text));
    this.words = this.proses.map(wordsOf);
    this.shingles = this.proses.map(shinglesOf);
  }

  measure(threshold: number): CopyQuality {
    const { clusters, fingerprints } = this.cluster(threshold);
    const curve = new Curve(threshold);
    const recall = new Recall();
    for (const members of groupBy(this.posts.map((post) => post.origin)).values()) {
      eachPair(members, (a, b) => {
        const areLong = this.isLong(a) && this.isLong(b);
        if (this.proses[a] === this.proses[b] && !areLong) return;
        const similarity = this.similarity(a, b);
        curve.count(fingerprints[a] ?? NONE, fingerprints[b] ?? NONE, similarity);
        recall.count(areLong, similarity, clusters[a] === clusters[b]);
      });
    }
    const quality = { curve, recall, right: 0, wrong: 0, alikeByNature: 0, shortWrong: 0 };
    for (const members of groupBy(clusters).values()) {
      eachPair(members, (a, b) => {
        if (this.posts[a]?.origin === this.posts[b]?.origin || this.proses[a] === this.proses[b]) {
          quality.right++;
          return;
        }
        quality.wrong++;
        if (this.similarity(a, b) >= threshold) quality.alikeByNature++;
        if (!this.isLong(a) || !this.isLong(b)) quality.shortWrong++;
      });
    }
    return quality;
  }

  /** The cluster of each post, links resolved, and its fingerprint. */
  private cluster(threshold: number) {
    const index = createCopyIndex({ ...WINDOW, threshold });
    const batch = new TextBatch();
    const assigned: CopyAssignment[] = [];
    for (let i = 0; i < this.posts.length; i += BATCH) {
      const slice = this.posts.slice(i, i + BATCH);
      batch.fill(slice.map((post) => post.text));
      assigned.push(...index.assign(batch, slice));
    }
    const rootOf = joinLinks(index.takeLinks());
    return {
      clusters: assigned.map(({ cluster }) => rootOf(cluster)),
      fingerprints: assigned.map(({ fingerprint }) => fingerprint),
    };
  }

  private isLong(post: number): boolean {
    return (this.words[post] ?? 0) >= MIN_WORDS;
  }

  private similarity(a: number, b: number): number {
    return jaccard(this.shingles[a] ?? new Set(), this.shingles[b] ?? new Set());
  }
}

function groupBy<K>(keys: readonly K[]): Map<K, number[]> {
  const groups = new Map<K, number[]>();
  keys.forEach((key, i) => {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [i]);
    else group.push(i);
  });
  return groups;
}

function eachPair(members: readonly number[], visit: (a: number, b: number) => void): void {
  members.forEach((a, i) => {
    for (const b of members.slice(0, i)) visit(a, b);
  });
}
