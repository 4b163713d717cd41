import {
  accountMatters,
  allAppearances,
  cellHours,
  hourlyStatements,
  matterAccounts,
  pooledPosts,
} from '../store/queries/coordination.ts';
import type { Store } from '../store/store.ts';
import { expectHours } from '../weigh/coordination/bursts.ts';
import { findMeetings, type Speaker } from '../weigh/coordination/meetings.ts';
import { findPools, type Pool } from '../weigh/coordination/pools.ts';
import type { ConcertEvidence } from '../weigh/evidence.ts';
import type { WeighSettings } from '../weigh/settings.ts';
import { endOf, type Run } from './runs.ts';
import { DAY_MS, HOUR_MS } from './windows.ts';

const MOST_SENT = 10_000;

/** What is known of concert in the cells of a run, by the key of the cell. */
export interface Concerts {
  /** Posts by accounts of a pool. */
  pooled: ReadonlyMap<string, number>;
  /** In how many hours its statements came, and would have come. */
  hours: ReadonlyMap<string, ConcertEvidence['hours']>;
}

/** Rejects with `SLM_STORE`. */
export async function collectConcerts(
  store: Store,
  run: Run,
  settings: WeighSettings['amplification'],
): Promise<Concerts> {
  return { pooled: await collectPooled(store, run, settings), hours: await collectHours(store, run, settings) };
}

async function collectHours(
  store: Store,
  run: Run,
  { burstSize }: WeighSettings['amplification'],
): Promise<Concerts['hours']> {
  // An hour has no hours to compare.
  if (run.lengthMs <= HOUR_MS) return new Map();
  const range = { from: run.fromMs, to: endOf(run) };
  const rhythm = (await store.query(hourlyStatements, range)).map(({ said }) => said);
  const expected = expectHours(rhythm, burstSize);
  const cells = await store.query(cellHours, range);
  return new Map(cells.map(({ cell, said, hours }) => [cell, { seen: hours, expected: expected(said) }]));
}

/**
 * Posts of each cell of a run by accounts that appear together on matters of different regions; by the cell's key.
 * Looked for in whole days before the run and, where its windows are as long as a day, in the window itself: the hours of a day, weighed
 * together or one by one, see the same pools.
 */
async function collectPooled(
  store: Store,
  run: Run,
  { pools: settings }: WeighSettings['amplification'],
): Promise<Map<string, number>> {
  const { leastAccounts, mostMatters, days } = settings;
  const dayMs = Math.floor(run.fromMs / DAY_MS) * DAY_MS;
  const look = { from: dayMs - days * DAY_MS, to: run.lengthMs < DAY_MS ? dayMs : endOf(run) };
  const speakers = (await store.query(accountMatters, { ...look, mostMatters })).map(
    ({ author, matters }): Speaker => ({ author, matters: matters.map(([matter, region]) => ({ matter, region })) }),
  );
  const met = findMeetings(speakers, settings);
  if (met.meetings.length === 0) return new Map();
  const matters = [...new Set(met.meetings.flatMap(({ a, b }) => [a.matter, b.matter]))].map(BigInt);
  const counted = await store.query(matterAccounts, { ...look, matters });
  const [all] = await store.query(allAppearances, look);
  const accounts = new Map(counted.map((row) => [row.matter, row.accounts]));
  const found = findPools(speakers, met, { accounts, everywhere: all?.appearances ?? 0 }, settings);
  const range = { from: run.fromMs, to: endOf(run), lengthMs: run.lengthMs };
  const pooled = new Map<string, number>();
  for (const sent of parcels(found)) {
    for (const { cell, posts } of await store.query(pooledPosts, { ...range, ...sent, leastAccounts })) {
      pooled.set(cell, (pooled.get(cell) ?? 0) + posts);
    }
  }
  return pooled;
}

/** Accounts with the number of their pool, in parallel arrays of about `MOST_SENT`: parameters have to fit into an address. No pool is parted. */
function parcels(pools: readonly Pool[]): { accounts: bigint[]; pools: number[] }[] {
  const sent: { accounts: bigint[]; pools: number[] }[] = [];
  for (const [i, pool] of pools.entries()) {
    let last = sent.at(-1);
    if (last === undefined || last.accounts.length + pool.length > MOST_SENT) {
      last = { accounts: [], pools: [] };
      sent.push(last);
    }
    for (const account of pool) {
      last.accounts.push(account);
      last.pools.push(i + 1);
    }
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
  { pooled, hours }: Concerts,
): ConcertEvidence {
  return {
    persons: cell.personPosts,
    // Rows may have come between two queries.
    pasted: Math.min(pasted, cell.personPosts),
    pooled: Math.min(pooled.get(cell.cell) ?? 0, cell.personPosts),
    hours: hours.get(cell.cell) ?? { seen: 0, expected: 0 },
    young: { known: cell.aged, posts: cell.young, accounts: cell.youngAccounts, usual: usual.young },
    small: { known: cell.sized, posts: cell.small, accounts: cell.smallAccounts, usual: usual.small },
  };
}
