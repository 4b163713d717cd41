import { joinLinks } from '../../copies/join-links.ts';
import type { CoShare } from './share.ts';

/** Two accounts and how often they shared together; `from` < `to`. */
export interface Edge {
  from: string;
  to: string;
  /** Co-shares of the two. */
  weight: number;
  meanDeltaMs: number;
  /** Heavier than the threshold. */
  isCoordinated: boolean;
}

/** What a network of co-shares amounts to; no account is named. */
export interface CoordinationSummary {
  pairs: number;
  accounts: number;
  contents: number;
  objects: number;
  edges: number;
  maxWeight: number;
  meanWeight: number;
  /** The quantile of the weights that an edge must be above. */
  weightThreshold: number;
  /** Edges above the threshold, the accounts they join, and into how many groups. */
  coordinated: { edges: number; accounts: number; components: number; largestComponent: number };
}

/**
 * The network of accounts behind co-shares, as CooRTweet's `generate_coordinated_network` builds it: an edge's weight is its number of
 * pairs, and an edge is coordinated when its weight is strictly greater than the `edgeWeight` quantile (R's type 7) of all.
 *
 * @param edgeWeight quantile, 0 … 1
 */
export function networkOf(
  pairs: readonly CoShare[],
  edgeWeight: number,
): { edges: Edge[]; summary: CoordinationSummary } {
  const byAccounts = new Map<string, Edge>();
  for (const { older, newer, deltaMs } of pairs) {
    const [from, to] = older.account < newer.account ? [older.account, newer.account] : [newer.account, older.account];
    const key = JSON.stringify([from, to]);
    const edge = byAccounts.get(key) ?? { from, to, weight: 0, meanDeltaMs: 0, isCoordinated: false };
    byAccounts.set(key, edge);
    edge.weight++;
    edge.meanDeltaMs += deltaMs;
  }
  const edges = [...byAccounts.values()];
  const weights = Float64Array.from(edges, ({ weight }) => weight).sort();
  const threshold = quantile(weights, edgeWeight);
  for (const edge of edges) {
    edge.meanDeltaMs /= edge.weight;
    edge.isCoordinated = edge.weight > threshold;
  }
  const countOf = (select: (pair: CoShare) => readonly string[]) => new Set(pairs.flatMap(select)).size;
  return {
    edges,
    summary: {
      pairs: pairs.length,
      accounts: countOf(({ older, newer }) => [older.account, newer.account]),
      contents: countOf(({ older, newer }) => [older.content, newer.content]),
      objects: countOf(({ older }) => [older.object]),
      edges: edges.length,
      maxWeight: weights.at(-1) ?? 0,
      meanWeight: edges.length === 0 ? 0 : pairs.length / edges.length,
      weightThreshold: threshold,
      coordinated: groupsOf(edges.filter(({ isCoordinated }) => isCoordinated)),
    },
  };
}

function groupsOf(edges: readonly Edge[]): CoordinationSummary['coordinated'] {
  const rootOf = joinLinks(edges.map(({ from, to }) => ({ cluster: from, root: to })));
  const accounts = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const sizes = new Map<string, number>();
  for (const account of accounts) {
    const root = rootOf(account);
    sizes.set(root, (sizes.get(root) ?? 0) + 1);
  }
  const largestComponent = [...sizes.values()].reduce((largest, size) => Math.max(largest, size), 0);
  return { edges: edges.length, accounts: accounts.size, components: sizes.size, largestComponent };
}

/** Linear interpolation between order statistics: R's type 7 (Hyndman & Fan 1996). 0 of nothing. */
function quantile(ascending: Float64Array, share: number): number {
  const position = share * Math.max(0, ascending.length - 1);
  const below = ascending[Math.floor(position)] ?? 0;
  const above = ascending[Math.ceil(position)] ?? below;
  return below + (position - Math.floor(position)) * (above - below);
}
