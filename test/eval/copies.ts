import type { CopyAssignment } from '../../src/copies/copies.ts';
import { createCopyIndex } from '../../src/copies/index.ts';
import { joinLinks } from '../../src/copies/join-links.ts';
import { TextBatch } from '../../src/post/text-batch.ts';
import { Curve } from './copies/curve.ts';
import { type LabelledPost, labelledPosts, readTexts } from './copies/labelled.ts';
import { jaccard, proseOf, shinglesOf, wordsOf } from './copies/shingles.ts';

const HOUR_MS = 3_600_000;
const POSTS = 60_000;
const SEED = 20_261_122;
const MIN_WORDS = 8;
const NONE = new Uint8Array(0);

/**
 * Recall, precision and merges of short posts on copies generated from real texts.
 *
 * @param file posts as NDJSON, gzipped or not; only their texts are used.
 */
export async function evaluateCopies(file: string, threshold = 0.57): Promise<string> {
  const posts = labelledPosts(readTexts(file), POSTS, SEED);
  const { clusters, fingerprints } = clusterOf(posts, threshold);
  return describeQuality(posts, clusters, fingerprints, threshold);
}

/** The cluster of each post, links resolved, and its fingerprint. */
function clusterOf(posts: readonly LabelledPost[], threshold: number) {
  const index = createCopyIndex({ windowMs: 72 * HOUR_MS, slackMs: 24 * HOUR_MS, threshold });
  const batch = new TextBatch();
  const assigned: CopyAssignment[] = [];
  for (let i = 0; i < posts.length; i += 500) {
    const slice = posts.slice(i, i + 500);
    batch.fill(slice.map((post) => post.text));
    assigned.push(...index.assign(batch, slice));
  }
  const rootOf = joinLinks(index.takeLinks());
  return {
    clusters: assigned.map(({ cluster }) => rootOf(cluster)),
    fingerprints: assigned.map(({ fingerprint }) => fingerprint),
  };
}

function describeQuality(
  posts: readonly LabelledPost[],
  clusters: readonly string[],
  fingerprints: readonly Uint8Array[],
  threshold: number,
): string {
  const proses = posts.map((post) => proseOf(post.text));
  const words = proses.map(wordsOf);
  const shingles = proses.map(shinglesOf);
  const recall = new Recall();
  const curve = new Curve(threshold);
  for (const members of groupBy(posts.map((post) => post.origin)).values()) {
    eachPair(members, (a, b) => {
      const isLong = (words[a] ?? 0) >= MIN_WORDS && (words[b] ?? 0) >= MIN_WORDS;
      if (proses[a] === proses[b] && !isLong) return;
      const similarity = jaccard(shingles[a] ?? new Set(), shingles[b] ?? new Set());
      curve.count(fingerprints[a] ?? NONE, fingerprints[b] ?? NONE, similarity);
      recall.count(isLong, similarity, clusters[a] === clusters[b]);
    });
  }
  const precision = { right: 0, wrong: 0, alikeByNature: 0, shortWrong: 0 };
  for (const members of groupBy(clusters).values()) {
    eachPair(members, (a, b) => {
      if (posts[a]?.origin === posts[b]?.origin || proses[a] === proses[b]) {
        precision.right++;
        return;
      }
      precision.wrong++;
      if (jaccard(shingles[a] ?? new Set(), shingles[b] ?? new Set()) >= threshold) precision.alikeByNature++;
      if ((words[a] ?? 0) < MIN_WORDS || (words[b] ?? 0) < MIN_WORDS) precision.shortWrong++;
    });
  }
  const { right, wrong, alikeByNature, shortWrong } = precision;
  return [
    `${posts.length} posts, threshold ${threshold}`,
    curve.toString(),
    recall.toString(),
    `precision ${(right / (right + wrong)).toFixed(5)}: ${right} pairs right, ${wrong} wrong, of which ${alikeByNature} are alike by nature`,
    `different posts under ${MIN_WORDS} words merged: ${shortWrong}`,
  ].join('\n');
}

class Recall {
  private readonly long = [...Array(11)].map(() => ({ found: 0, all: 0 }));
  private readonly short = [...Array(11)].map(() => ({ found: 0, all: 0 }));

  count(isLong: boolean, similarity: number, isFound: boolean): void {
    const cell = (isLong ? this.long : this.short)[Math.floor(similarity * 10)];
    if (cell === undefined) return;
    cell.all++;
    if (isFound) cell.found++;
  }

  toString(): string {
    const from = (cells: typeof this.long, tenth: number) => {
      const all = cells.slice(tenth).reduce((sum, cell) => sum + cell.all, 0);
      const found = cells.slice(tenth).reduce((sum, cell) => sum + cell.found, 0);
      return `${(found / all).toFixed(4)} of ${all}`;
    };
    return [
      'Jaccard ≥   recall, both of 8 words and more   recall, one shorter',
      ...[9, 8, 7, 6, 5, 4, 3].map(
        (tenth) => `  0.${tenth}       ${from(this.long, tenth)}   ${from(this.short, tenth)}`,
      ),
    ].join('\n');
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
