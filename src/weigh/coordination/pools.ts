import { joinLinks } from '../../copies/join-links.ts';
import { benjaminiHochberg } from '../benjamini-hochberg.ts';
import { betaCdf } from '../beta.ts';
import type { WeighSettings } from '../settings.ts';
import type { Matter, Meeting, Meetings, Speaker } from './meetings.ts';

/** How many accounts there are at all, those that no meeting is made of as well. */
export interface Crowds {
  /** Accounts on a matter. */
  accounts: ReadonlyMap<string, number>;
  /** Appearances of accounts on matters: each account counts once for each matter. */
  everywhere: number;
}

/** Accounts that appear together where chance would not bring them. Never leaves the process. */
export type Pool = readonly bigint[];

/**
 * Which meetings are no chance. The shared accounts are held against what chance gives: what the accounts of the one matter do elsewhere,
 * times the share of the other in the appearances of everyone else (the configuration model of the bipartite network of accounts and
 * matters, each tested without the accounts of the other), as a negative binomial of size `dispersion`, since people
 * share interests; the larger of both directions counts. Of meetings with a Benjamini–Hochberg q below `falseDiscoveryRate` that take at
 * least `leastShare` of the smaller matter, the accounts that spoke on both make a pool; pools that
 * share accounts are one.
 *
 * Source: Pacheco et al. (2021), who project such bipartite networks and filter their edges; the null model is that of Neal (2014).
 */
export function findPools(
  speakers: readonly Speaker[],
  met: Meetings,
  crowds: Crowds,
  { leastShare, dispersion, falseDiscoveryRate }: WeighSettings['amplification']['pools'],
): Pool[] {
  // Pairs that too few accounts share were tested, too: their p-value is taken as 1.
  const family = met.tests / Math.max(1, met.meetings.length);
  const q = benjaminiHochberg(met.meetings.map((meeting) => family * chanceOf(meeting, met, crowds, dispersion)));
  const found = met.meetings.filter(({ a, b, shared }, i) => {
    const smaller = Math.min(crowds.accounts.get(a.matter) ?? 0, crowds.accounts.get(b.matter) ?? 0);
    return (q[i] ?? 1) < falseDiscoveryRate && shared >= leastShare * smaller;
  });
  return membersOf(found, speakers);
}

/** P(at least so many shared accounts by chance). */
function chanceOf({ a, b, shared }: Meeting, { elsewhere }: Meetings, crowds: Crowds, dispersion: number): number {
  const expected = (from: Matter, to: Matter): number => {
    const appearances = elsewhere.get(from.matter) ?? 0;
    const others = Math.max(1, crowds.everywhere - (crowds.accounts.get(from.matter) ?? 0) - appearances);
    return appearances * Math.min(1, Math.max(0.5, (crowds.accounts.get(to.matter) ?? 0) - shared + 0.5) / others);
  };
  const mean = Math.max(expected(a, b), expected(b, a));
  return betaCdf(mean / (mean + dispersion), shared, dispersion);
}

function membersOf(meetings: readonly Meeting[], speakers: readonly Speaker[]): Pool[] {
  const partners = new Map<string, Set<string>>();
  for (const { a, b } of meetings) partners.set(a.matter, (partners.get(a.matter) ?? new Set()).add(b.matter));

  const links: { cluster: string; root: string }[] = [];
  const members: { author: bigint; pair: string }[] = [];
  for (const { author, matters } of speakers) {
    const own = new Set(matters.map(({ matter }) => matter));
    const pairs = [...own].flatMap((a) =>
      [...(partners.get(a) ?? [])].filter((b) => own.has(b)).map((b) => `${a} ${b}`),
    );
    const [first] = pairs;
    if (first === undefined) continue;
    members.push({ author, pair: first });
    for (const pair of pairs) links.push({ cluster: pair, root: first });
  }
  const rootOf = joinLinks(links);
  const pools = new Map<string, bigint[]>();
  for (const { author, pair } of members) {
    const pool = pools.get(rootOf(pair)) ?? [];
    pools.set(rootOf(pair), pool);
    pool.push(author);
  }
  return [...pools.values()];
}
