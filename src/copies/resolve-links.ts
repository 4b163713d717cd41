import type { ClusterLink } from './copies.ts';

/**
 * Maps each cluster that a link names to the one that stands for all those linked with it, the links taken together and
 * without regard to their direction: two workers may link the same two clusters in opposite ways. Clusters that no link
 * names stand for themselves and are not in the map. The one that stands is the root of the link that is earliest by
 * `linkedAtMs`, then by name, so that the same set of links gives the same map.
 */
export function resolveLinks(links: readonly ClusterLink[]): Map<string, string> {
  const above = new Map<string, string>();
  const find = (cluster: string): string => {
    let at = cluster;
    for (let up = above.get(at) ?? at; up !== at; up = above.get(at) ?? at) {
      above.set(at, above.get(up) ?? up);
      at = up;
    }
    return at;
  };
  const ordered = [...links].sort(
    (a, b) => a.linkedAtMs - b.linkedAtMs || compare(a.root, b.root) || compare(a.cluster, b.cluster),
  );
  for (const { root, cluster } of ordered) {
    const stays = find(root);
    if (!above.has(stays)) above.set(stays, stays);
    above.set(find(cluster), stays);
  }
  return new Map([...above.keys()].map((cluster) => [cluster, find(cluster)]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
