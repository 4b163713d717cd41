import type { ClusterLink, CopySettings, StoredFingerprint } from '../../../src/copies/copies.ts';
import { Hash64 } from '../../../src/copies/hash.ts';
import { createCopyIndex } from '../../../src/copies/index.ts';
import { joinLinks } from '../../../src/copies/join-links.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';
import type { LabelledPost } from './labelled.ts';

const PARTITIONS = 3;
/** Posts a worker takes at a time. Meanwhile it sees nothing of what the others take. */
const BATCH = 500;

/**
 * The cluster of each post, links resolved, when `count` workers share the posts by partition: each takes a batch of its
 * own, and between batches reads what the others have stored.
 */
export function clustersOfWorkers(posts: readonly LabelledPost[], count: number, settings: CopySettings): string[] {
  const batch = new TextBatch();
  const workers = Array.from({ length: count }, () => createCopyIndex(settings));
  const assigned = new Map<string, string>();
  const links: ClusterLink[] = [];
  for (let start = 0; start < posts.length; start += count * BATCH) {
    const turn = posts.slice(start, start + count * BATCH);
    const stored = workers.map((worker, w) => {
      const own = turn.filter(({ key }) => partitionOf(key) % count === w);
      const rows = worker.assign(batch.fill(own.map(({ text }) => text)), own);
      return own.map(({ key }, i): StoredFingerprint => ({ key, ...rowOf(rows[i]) }));
    });
    for (const { key, cluster } of stored.flat()) assigned.set(key, cluster);
    for (const [w, worker] of workers.entries()) {
      worker.restore(stored.filter((_, other) => other !== w).flat());
      links.push(...worker.takeLinks());
    }
  }
  const rootOf = joinLinks(links);
  return posts.map(({ key }) => rootOf(assigned.get(key) ?? key));
}

/** Of the pairs that are of one cluster in `reference`, the share that is so in `clusters`, 0 … 1. */
export function sharedPairs(reference: readonly string[], clusters: readonly string[]): number {
  const both = reference.map((cluster, i) => `${cluster} ${clusters[i]}`);
  return pairsIn(both) / pairsIn(reference);
}

function pairsIn(clusters: readonly string[]): number {
  const sizes = new Map<string, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  return [...sizes.values()].reduce((pairs, size) => pairs + (size * (size - 1)) / 2, 0);
}

function partitionOf(key: string): number {
  return (new Hash64().ofString(key).low >>> 0) % PARTITIONS;
}

function rowOf(row: Omit<StoredFingerprint, 'key'> | undefined): Omit<StoredFingerprint, 'key'> {
  if (row === undefined) throw new RangeError('a post was not assigned');
  return row;
}
