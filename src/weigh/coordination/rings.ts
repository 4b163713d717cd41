import { joinLinks } from '../../copies/join-links.ts';
import { benjaminiHochberg } from '../benjamini-hochberg.ts';
import { betaCdf } from '../beta.ts';
import type { WeighSettings } from '../settings.ts';
import { gather, type Moment, type Pair, rarityOf, type SharedObject, weighPairs } from './co-shares.ts';

/** Accounts that share the same things at the same time again and again, and these things. Never leaves the process. */
export interface Ring {
  accounts: readonly bigint[];
  objects: readonly bigint[];
}

/** What all accounts did together. */
export interface Totals {
  /** Accounts in a moment: each counts once for each. */
  acts: number;
  /** The weight of all ordered pairs in all moments, and of the squares. */
  weight: number;
  squares: number;
}

/** More pairs of acts than this take seconds: what is shared most widely, and so tells least, is then left out. */
const MOST_PAIRS = 2_000_000;

/**
 * Which accounts share the same things at the same time more often than chance would have them do. A pair weighs the sum of the rarity of its
 * common objects. By chance (the bipartite configuration model of accounts and moments) it would weigh kₐ·k_b/K² of the weight of all
 * ordered pairs, with k the acts of an account and K those of all. The weight is held against a negative binomial of that
 * mean and of size `dispersion`, counted in units of variance over mean, as is usual for weighted counts (Bohm & Zech 2014). Over all pairs of accounts, those with a
 * Benjamini–Hochberg q below `falseDiscoveryRate` and at least `leastObjects` common objects are joined; rings of at least `leastAccounts` are given.
 *
 * @param moments in an order that the same moments always have, since sums of fractions depend on it
 */
export function findRings(moments: readonly Moment[], settings: WeighSettings['amplification']['shares']): Ring[] {
  const { mostSharers, leastAccounts, leastObjects, dispersion, falseDiscoveryRate } = settings;
  const { accounts, objects } = gather(moments, mostSharers);
  const looked = rarest(objects);
  const acts = countActs(looked, accounts.length);
  const pairs = weighPairs(looked, acts).filter((pair) => pair.objects >= leastObjects);
  const totals = totalsOf(looked);
  // Pairs without common objects were tested, too: their p-value is taken as 1.
  const family = (accounts.length * (accounts.length - 1)) / 2 / Math.max(1, pairs.length);
  const actsOf = ({ a, b }: Pair) => (acts[a] ?? 0) * (acts[b] ?? 0);
  const q = benjaminiHochberg(pairs.map((pair) => family * chanceOf(pair.weight, actsOf(pair), totals, dispersion)));
  const found = pairs.filter((_, i) => (q[i] ?? 1) < falseDiscoveryRate);

  const rootOf = joinLinks(found.map(({ a, b }) => ({ cluster: String(a), root: String(b) })));
  const members = new Map<string, Set<number>>();
  for (const account of found.flatMap(({ a, b }) => [a, b])) {
    const root = rootOf(String(account));
    members.set(root, (members.get(root) ?? new Set()).add(account));
  }
  return [...members.values()]
    .filter(({ size }) => size >= leastAccounts)
    .map((ring) => ({
      accounts: [...ring].map((account) => BigInt(accounts[account] ?? 0)),
      objects: sharedIn(ring, objects).map(BigInt),
    }));
}

/** As many of the objects as make not too many pairs. */
function rarest(objects: readonly SharedObject[]): readonly SharedObject[] {
  let pairs = 0;
  const end = objects.findIndex(({ moments }) => {
    pairs += moments.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
    return pairs > MOST_PAIRS;
  });
  return end === -1 ? objects : objects.slice(0, end);
}

function countActs(objects: readonly SharedObject[], accounts: number): number[] {
  const acts = new Array<number>(accounts).fill(0);
  for (const { moments } of objects) {
    for (const together of moments) for (const account of together) acts[account] = (acts[account] ?? 0) + 1;
  }
  return acts;
}

function totalsOf(objects: readonly SharedObject[]): Totals {
  const totals = { acts: 0, weight: 0, squares: 0 };
  for (const { sharers, moments } of objects) {
    const rarity = rarityOf(sharers);
    for (const { length } of moments) {
      totals.acts += length;
      totals.weight += length * (length - 1) * rarity;
      totals.squares += length * (length - 1) * rarity ** 2;
    }
  }
  return totals;
}

/**
 * P(at least such a weight by chance) of a pair.
 *
 * @param acts the acts of the one times those of the other
 */
export function chanceOf(weight: number, acts: number, totals: Totals, dispersion: number): number {
  const unit = totals.squares / totals.weight;
  const mean = (acts * totals.weight) / totals.acts ** 2 / unit;
  return betaCdf(mean / (mean + dispersion), weight / unit, dispersion);
}

/** What at least two of a ring shared at one moment: what most of them did first. */
function sharedIn(ring: ReadonlySet<number>, objects: readonly SharedObject[]): string[] {
  return objects
    .map(({ object, moments }) => {
      const together = moments.map((accounts) => accounts.filter((account) => ring.has(account)).length);
      return { object, accounts: Math.max(...together) };
    })
    .filter(({ accounts }) => accounts > 1)
    .sort((a, b) => b.accounts - a.accounts)
    .map(({ object }) => object);
}
