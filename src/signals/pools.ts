import { dayDigests, sharedMoments } from '../store/queries/co-shares.ts';
import { accountMatters, allAppearances, matterAccounts } from '../store/queries/coordination.ts';
import type { Store } from '../store/store.ts';
import { createTurns } from '../turns.ts';
import type { Moment } from '../weigh/coordination/co-shares.ts';
import { findMeetings, type Speaker } from '../weigh/coordination/meetings.ts';
import { findPools, type Pool } from '../weigh/coordination/pools.ts';
import { findRings, type Ring } from '../weigh/coordination/rings.ts';
import type { WeighSettings } from '../weigh/settings.ts';
import type { Window } from '../weigh/signal.ts';
import { DAY_MS } from './windows.ts';

/** Accounts in few hands, as far as they show it over some days. Never leaves the process. */
export interface Hands {
  /** Those that appear together on matters of different regions. */
  pools: readonly Pool[];
  /** Those that share the same things at the same time. */
  rings: readonly Ring[];
}

/** What was read while no row has changed since. */
interface Memory {
  inTurn: ReturnType<typeof createTurns>;
  hands: Map<string, { digest: string; value: Hands }>;
  moments: Map<string, { digest: string; value: readonly Moment[] }>;
}

/** Windows in work at one time look at few ranges of days: those of today's hours, of the day and of the week, which goes back the furthest. */
const MOST_RANGES = 8;
const MOST_DAYS = 16;

const memories = new WeakMap<WeighSettings['amplification'], WeakMap<Store, Memory>>();

/**
 * Finds pools and rings in a range of time. What was read of a day is remembered while no row of it changes, and what was found in a range likewise: the windows
 * of a day, weighed again and again, all look at the same days before it. Rejects with `SLM_STORE`.
 */
export async function findHands(store: Store, look: Window, settings: WeighSettings['amplification']): Promise<Hands> {
  const memory = memoryOf(store, settings);
  return memory.inTurn(async () => {
    const range = { from: look.fromMs, to: look.toMs };
    const days = await store.query(dayDigests, range);
    const digest = days.map((day) => `${day.dayMs} ${day.digest}`).join();
    return remember(memory.hands, `${range.from} ${range.to}`, digest, MOST_RANGES, async () => {
      const moments: Moment[] = [];
      for (const day of days) for (const moment of await momentsOf(day)) moments.push(moment);
      return { pools: await poolsIn(store, range, settings.pools), rings: findRings(moments, settings.shares) };
    });
  });

  function momentsOf(day: { dayMs: number; digest: string }): Promise<readonly Moment[]> {
    const { withinMinutes, mostSharers } = settings.shares;
    const range = { from: Math.max(look.fromMs, day.dayMs), to: Math.min(look.toMs, day.dayMs + DAY_MS) };
    return remember(memory.moments, `${range.from} ${range.to}`, day.digest, MOST_DAYS, () =>
      store.query(sharedMoments, { ...range, withinMinutes, mostSharers }),
    );
  }
}

async function remember<T>(
  known: Map<string, { digest: string; value: T }>,
  key: string,
  digest: string,
  most: number,
  read: () => Promise<T>,
): Promise<T> {
  const before = known.get(key);
  known.delete(key);
  const value = before?.digest === digest ? before.value : await read();
  known.set(key, { digest, value });
  const [oldest] = known.keys();
  if (known.size > most && oldest !== undefined) known.delete(oldest);
  return value;
}

function memoryOf(store: Store, settings: WeighSettings['amplification']): Memory {
  const byStore = memories.get(settings) ?? new WeakMap<Store, Memory>();
  memories.set(settings, byStore);
  const memory = byStore.get(store) ?? { inTurn: createTurns(), hands: new Map(), moments: new Map() };
  byStore.set(store, memory);
  return memory;
}

async function poolsIn(
  store: Store,
  range: { from: number; to: number },
  settings: WeighSettings['amplification']['pools'],
): Promise<Pool[]> {
  const { mostMatters } = settings;
  const speakers = (await store.query(accountMatters, { ...range, mostMatters })).map(
    ({ author, matters }): Speaker => ({ author, matters: matters.map(([matter, region]) => ({ matter, region })) }),
  );
  const met = findMeetings(speakers, settings);
  if (met.meetings.length === 0) return [];
  const matters = [...new Set(met.meetings.flatMap(({ a, b }) => [a.matter, b.matter]))].map(BigInt);
  const counted = await store.query(matterAccounts, { ...range, matters });
  const [all] = await store.query(allAppearances, range);
  const accounts = new Map(counted.map((row) => [row.matter, row.accounts]));
  return findPools(speakers, met, { accounts, everywhere: all?.appearances ?? 0 }, settings);
}
