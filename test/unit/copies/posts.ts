import type {
  ClusterLink,
  CopyAssignment,
  CopyCandidate,
  CopyIndex,
  StoredFingerprint,
} from '../../../src/copies/copies.ts';
import { createCopyIndex } from '../../../src/copies/index.ts';
import { joinLinks } from '../../../src/copies/join-links.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';

export const HOUR_MS = 3_600_000;
export const SETTINGS = { windowMs: 72 * HOUR_MS, slackMs: 24 * HOUR_MS, threshold: 0.55 };

export interface Sample extends CopyCandidate {
  text: string;
}

const batch = new TextBatch();

export function assign(index: CopyIndex, posts: readonly Sample[]): CopyAssignment[] {
  return index.assign(batch.fill(posts.map((post) => post.text)), posts);
}

/** The clusters of some texts posted one after another, an hour apart: of each text, the number of the first of its cluster. */
export function clustersOf(...texts: readonly string[]): number[] {
  const posts = texts.map((text, i) => ({ key: `vk:${i}`, publishedAtMs: i * HOUR_MS, text }));
  const index = createCopyIndex(SETTINGS);
  const assigned = assign(index, posts);
  const rootOf = joinLinks(index.takeLinks());
  const resolved = assigned.map(({ cluster }) => rootOf(cluster));
  return resolved.map((cluster) => resolved.indexOf(cluster));
}

/** What is in the store: rows by key, the last one written standing, and links. */
export class StoreTwin {
  readonly rows = new Map<string, StoredFingerprint>();
  readonly links: ClusterLink[] = [];

  write(posts: readonly Sample[], assignments: readonly CopyAssignment[], links: readonly ClusterLink[]): void {
    this.links.push(...links);
    for (const [i, { cluster, publishedAtMs, fingerprint }] of assignments.entries()) {
      const { key = '', repostOf } = posts[i] ?? {};
      const row = { key, cluster, publishedAtMs, fingerprint };
      this.rows.set(key, repostOf === undefined ? row : { ...row, repostOf });
    }
  }

  /** Groups of keys that are one cluster once links are resolved, in a comparable form. */
  components(): string[] {
    const rootOf = joinLinks(this.links);
    const groups = new Map<string, string[]>();
    for (const { key, cluster } of this.rows.values()) {
      const root = rootOf(cluster);
      groups.set(root, [...(groups.get(root) ?? []), key]);
    }
    return [...groups.values()].map((keys) => keys.sort().join(' ')).sort();
  }
}
