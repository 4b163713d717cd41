/**
 * Union–find over links: the function that gives the root of a cluster, the least name of all that are joined with it. Links
 * are taken without regard to their direction, since two workers may link the same two clusters in opposite ways, and the
 * same set of links gives the same roots in any order.
 */
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
