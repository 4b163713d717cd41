import { clusterLinks, linkedClusters } from '../store/queries/evidence-context.ts';
import type { Store } from '../store/store.ts';
import type { Window } from '../weigh/signal.ts';

/** A link joins posts at most this far apart in time, so links further from a window cannot concern it. */
const LINKS_AROUND_MS = 30 * 24 * 3_600_000;

/** Hashes of clusters that are counted as another one; parallel arrays, never empty, as SQL's `transform` wants them. */
export interface JoinedClusters {
  linked: bigint[];
  roots: bigint[];
}

const NONE: JoinedClusters = { linked: [0n], roots: [0n] };

/** Clusters of a window's posts that later links have joined. Which one of a group stands for it is fixed by the order of their names. */
export async function joinedClusters(store: Store, { fromMs, toMs }: Window): Promise<JoinedClusters> {
  const links = await store.query(clusterLinks, { from: fromMs - LINKS_AROUND_MS, to: toMs + LINKS_AROUND_MS });
  if (links.length === 0) return NONE;
  const rootOf = joinLinks(links);
  const present = await store.query(linkedClusters, { from: fromMs, to: toMs });
  const joined: JoinedClusters = { linked: [...NONE.linked], roots: [...NONE.roots] };
  const standsFor = new Map<string, bigint>();
  for (const { cluster, hash } of present) {
    const root = rootOf(cluster);
    const first = standsFor.get(root);
    if (first === undefined) standsFor.set(root, hash);
    else {
      joined.linked.push(hash);
      joined.roots.push(first);
    }
  }
  return joined;
}

/** Union–find over links: the function that gives the root of a cluster, the least name of all that are joined with it. */
export function joinLinks(links: readonly { cluster: string; root: string }[]): (cluster: string) => string {
  const parents = new Map<string, string>();
  const rootOf = (cluster: string): string => {
    let root = cluster;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    for (let at = cluster; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  for (const { cluster, root } of links) {
    const [a, b] = [rootOf(cluster), rootOf(root)];
    if (a < b) parents.set(b, a);
    else if (b < a) parents.set(a, b);
  }
  return rootOf;
}
