import { joinLinks } from '../../copies/join-links.ts';
import { benjaminiHochberg } from '../benjamini-hochberg.ts';
import { betaCdf } from '../beta.ts';
import type { WeighSettings } from '../settings.ts';

/** A stretch of time in which several accounts shared one object: a link, a post that is reposted, a text that is pasted. Never leaves the process. */
export interface Moment {
  object: string;
  /** Accounts, at least two. */
  size: number;
  /** Each once; none where they are more than are looked at. */
  accounts: readonly string[];
}

/** Accounts that share the same things at the same time again and again, and these things. Never leaves the process. */
export interface Ring {
  accounts: readonly bigint[];
  objects: readonly bigint[];
}

/** Two accounts, the lesser first, with the number of their common objects and what these weigh. */
export interface Pair {
  a: string;
  b: string;
  objects: number;
  weight: number;
}

/** What all accounts did together. */
export interface Totals {
  /** Accounts in a moment: each counts once for each. */
  acts: number;
  /** The weight of all ordered pairs in all moments, and of the squares. */
  weight: number;
  squares: number;
}

/** More pairs of acts than this would not fit into the memory of a process: what is shared most widely, and so tells least, is left out. */
const MOST_PAIRS = 3_000_000;

/** What a common object of so many sharers tells: 1/ln of their number, at least 2 (Adamic & Adar 2003). */
export function rarityOf(sharers: number): number {
  return 1 / Math.log(sharers);
}

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
  const objects = gatherObjects(moments, mostSharers);
  const acts = countActs(objects);
  const pairs = weighPairs(objects, acts).filter((pair) => pair.objects >= leastObjects);
  const totals = totalsOf(objects);
  // Pairs without common objects were tested, too: their p-value is taken as 1.
  const family = (acts.size * (acts.size - 1)) / 2 / Math.max(1, pairs.length);
  const actsOf = ({ a, b }: Pair) => (acts.get(a) ?? 0) * (acts.get(b) ?? 0);
  const q = benjaminiHochberg(pairs.map((pair) => family * chanceOf(pair.weight, actsOf(pair), totals, dispersion)));
  const found = pairs.filter((_, i) => (q[i] ?? 1) < falseDiscoveryRate);

  const rootOf = joinLinks(found.map(({ a, b }) => ({ cluster: a, root: b })));
  const members = new Map<string, Set<string>>();
  for (const account of found.flatMap(({ a, b }) => [a, b])) {
    const root = rootOf(account);
    members.set(root, (members.get(root) ?? new Set()).add(account));
  }
  return [...members.values()].filter(({ size }) => size >= leastAccounts).map((ring) => ringOf(ring, objects));
}

/** An object, how many accounts share it together with others, and the accounts of each of its moments. */
export interface SharedObject {
  object: string;
  sharers: number;
  moments: readonly (readonly string[])[];
}

/** The objects of at most so many sharers, the rarest first. An account counts as a sharer once for each moment. */
export function gatherObjects(moments: readonly Moment[], mostSharers: number): SharedObject[] {
  const byObject = new Map<string, { object: string; sharers: number; moments: (readonly string[])[] }>();
  for (const { object, size, accounts } of moments) {
    const known = byObject.get(object);
    if (known === undefined) byObject.set(object, { object, sharers: size, moments: [accounts] });
    else {
      known.sharers += size;
      known.moments.push(accounts);
    }
  }
  return [...byObject.values()]
    .filter(({ sharers }) => sharers <= mostSharers)
    .sort((one, other) => one.sharers - other.sharers);
}

function countActs(objects: readonly SharedObject[]): Map<string, number> {
  const acts = new Map<string, number>();
  for (const { moments } of objects) {
    for (const accounts of moments) for (const account of accounts) acts.set(account, (acts.get(account) ?? 0) + 1);
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
 * Weighs the pairs of accounts that were in one moment of an object. An object counts once for a pair, however often both share it.
 *
 * @param acts of each account: with a single one it can have no second object in common with anybody, and is left out
 */
export function weighPairs(objects: readonly SharedObject[], acts: ReadonlyMap<string, number>): Pair[] {
  const pairs = new Map<string, Pair>();
  let looked = 0;
  for (const { sharers, moments } of objects) {
    const rarity = rarityOf(sharers);
    const seen = new Set<string>();
    for (const accounts of moments) {
      const busy = accounts.filter((account) => (acts.get(account) ?? 0) > 1).sort();
      looked += (busy.length * (busy.length - 1)) / 2;
      if (looked > MOST_PAIRS) return [...pairs.values()];
      for (const [i, a] of busy.entries()) {
        for (const b of busy.slice(i + 1)) {
          const key = `${a} ${b}`;
          if (seen.has(key)) continue;
          if (moments.length > 1) seen.add(key);
          const pair = pairs.get(key);
          if (pair === undefined) pairs.set(key, { a, b, objects: 1, weight: rarity });
          else {
            pair.objects++;
            pair.weight += rarity;
          }
        }
      }
    }
  }
  return [...pairs.values()];
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

/** The accounts, and what at least two of them shared at one moment: what most of them did first. */
function ringOf(ring: ReadonlySet<string>, objects: readonly SharedObject[]): Ring {
  const shared = objects
    .map(({ object, moments }) => {
      const together = moments.map((accounts) => accounts.filter((account) => ring.has(account)).length);
      return { object, accounts: Math.max(...together) };
    })
    .filter(({ accounts }) => accounts > 1)
    .sort((a, b) => b.accounts - a.accounts);
  return { accounts: [...ring].map(BigInt), objects: shared.map(({ object }) => BigInt(object)) };
}
