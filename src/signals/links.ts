import { joinLinks } from '../copies/join-links.ts';
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
