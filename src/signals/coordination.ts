import { coSharedPosts } from '../store/queries/co-shares.ts';
import { cellHours, hourlyStatements, pooledPosts } from '../store/queries/coordination.ts';
import type { Store } from '../store/store.ts';
import { expectHours } from '../weigh/coordination/bursts.ts';
import type { Pool } from '../weigh/coordination/pools.ts';
import type { Ring } from '../weigh/coordination/rings.ts';
import type { ConcertEvidence } from '../weigh/evidence.ts';
import type { WeighSettings } from '../weigh/settings.ts';
import { findHands } from './pools.ts';
import { endOf, type Run } from './runs.ts';
import { DAY_MS, HOUR_MS } from './windows.ts';

/** Parameters have to fit into an address. */
const MOST_SENT = 10_000;

/** What is known of concert in the cells of a run, by the key of the cell. */
export interface Concerts {
  /** Posts by accounts of a pool. */
  pooled: ReadonlyMap<string, number>;
  /** Posts by which accounts of a ring share what the ring shares. */
  coShared: ReadonlyMap<string, number>;
  /** In how many hours its statements came, and would have come. */
  hours: ReadonlyMap<string, ConcertEvidence['hours']>;
}

/**
 * Pools and rings are looked for in whole days before the run and, where its windows are as long as a day, in the window itself: the hours of a
 * day, weighed together or one by one, see the same. Rejects with `SLM_STORE`.
 */
export async function collectConcerts(
  store: Store,
  run: Run,
  settings: WeighSettings['amplification'],
): Promise<Concerts> {
  const dayMs = Math.floor(run.fromMs / DAY_MS) * DAY_MS;
  const look = { fromMs: dayMs - settings.pools.days * DAY_MS, toMs: run.lengthMs < DAY_MS ? dayMs : endOf(run) };
  const { pools, rings } = await findHands(store, look, settings);
  return {
    pooled: await countPooled(store, run, pools, settings.pools),
    coShared: await countCoShared(store, run, rings, settings.shares),
    hours: await collectHours(store, run, settings),
  };
}

async function collectHours(
  store: Store,
  run: Run,
  { burstSize, insistent, accounts }: WeighSettings['amplification'],
): Promise<Concerts['hours']> {
  // An hour has no hours to compare.
  if (run.lengthMs <= HOUR_MS) return new Map();
  const range = { from: run.fromMs, to: endOf(run) };
  const rhythm = (await store.query(hourlyStatements, range)).map(({ said }) => said);
  const expected = expectHours(rhythm, burstSize);
  // Where fewer were made, too few accounts insist for a burst to be asked about.
  const cells = await store.query(cellHours, { ...range, least: insistent.statements * accounts });
  return new Map(cells.map(({ cell, said, hours }) => [cell, { seen: hours, expected: expected(said) }]));
}

/** Posts of each cell of a run by accounts of a pool. */
async function countPooled(
  store: Store,
  run: Run,
  pools: readonly Pool[],
  { leastAccounts }: WeighSettings['amplification']['pools'],
): Promise<Map<string, number>> {
  const range = { from: run.fromMs, to: endOf(run), lengthMs: run.lengthMs };
  const pooled = new Map<string, number>();
  for (const { accounts, groups } of parcels(pools.map((pool) => ({ accounts: pool, objects: [] })))) {
    add(pooled, await store.query(pooledPosts, { ...range, accounts, groups, leastAccounts }));
  }
  return pooled;
}

/** Posts of each cell of a run by which accounts of a ring share what the ring shares. */
async function countCoShared(
  store: Store,
  run: Run,
  rings: readonly Ring[],
  { leastAccounts }: WeighSettings['amplification']['shares'],
): Promise<Map<string, number>> {
  const range = { from: run.fromMs, to: endOf(run), lengthMs: run.lengthMs };
  const coShared = new Map<string, number>();
  for (const sent of parcels(rings)) {
    const { accounts, groups, objects } = sent;
    add(coShared, await store.query(coSharedPosts, { ...range, accounts, groups, objects, leastAccounts }));
  }
  return coShared;
}

function add(sums: Map<string, number>, rows: readonly { cell: string; posts: number }[]): void {
  for (const { cell, posts } of rows) sums.set(cell, (sums.get(cell) ?? 0) + posts);
}

interface Parcel {
  /** With the number of the group of each, in parallel. */
  accounts: bigint[];
  groups: number[];
  objects: bigint[];
}

/** Groups sent together, as many as parameters hold; of larger ones what they hold: the rest would change no verdict. */
function parcels(groups: readonly { accounts: readonly bigint[]; objects: readonly bigint[] }[]): Parcel[] {
  const sent: Parcel[] = [];
  for (const [i, group] of groups.entries()) {
    const accounts = group.accounts.slice(0, MOST_SENT);
    const objects = group.objects.slice(0, MOST_SENT);
    let last = sent.at(-1);
    if (
      last === undefined ||
      last.accounts.length + accounts.length > MOST_SENT ||
      last.objects.length + objects.length > MOST_SENT
    ) {
      last = { accounts: [], groups: [], objects: [] };
      sent.push(last);
    }
    last.accounts.push(...accounts);
    last.groups.push(...accounts.map(() => i + 1));
    last.objects.push(...objects);
  }
  return sent;
}

/** Posts of persons in a cell, by what their accounts tell. */
export interface AccountCounts {
  personPosts: number;
  aged: number;
  young: number;
  youngAccounts: number;
  sized: number;
  small: number;
  smallAccounts: number;
}

/** Share of posts by young and by small accounts where nothing is amplified. */
export interface UsualShares {
  young: number;
  small: number;
}

/** A cell with fewer posts whose account tells says nothing of what is usual. */
const LEAST_KNOWN = 5;

/** The lower quartile over the cells of a window, so that not even campaigns in half of them pass for usual; never below the setting. */
export function usualShares(
  cells: readonly AccountCounts[],
  { young, small }: Pick<WeighSettings['amplification'], 'young' | 'small'>,
): UsualShares {
  return {
    young: Math.max(young.usual, lowerQuartile(cells.map((cell) => [cell.young, cell.aged]))),
    small: Math.max(small.usual, lowerQuartile(cells.map((cell) => [cell.small, cell.sized]))),
  };
}

function lowerQuartile(counts: readonly (readonly [number, number])[]): number {
  const shares = counts.filter(([, known]) => known >= LEAST_KNOWN).map(([having, known]) => having / known);
  return shares.toSorted((a, b) => a - b)[Math.floor(shares.length / 4)] ?? 0;
}

/** The signs of concert of one cell. */
export function concertOf(
  cell: AccountCounts & { cell: string },
  usual: UsualShares,
  pasted: number,
  { pooled, coShared, hours }: Concerts,
): ConcertEvidence {
  return {
    persons: cell.personPosts,
    // Rows may have come between two queries.
    pasted: Math.min(pasted, cell.personPosts),
    pooled: Math.min(pooled.get(cell.cell) ?? 0, cell.personPosts),
    coShared: Math.min(coShared.get(cell.cell) ?? 0, cell.personPosts),
    hours: hours.get(cell.cell) ?? { seen: 0, expected: 0 },
    young: { known: cell.aged, posts: cell.young, accounts: cell.youngAccounts, usual: usual.young },
    small: { known: cell.sized, posts: cell.small, accounts: cell.smallAccounts, usual: usual.small },
  };
}
