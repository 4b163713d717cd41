import { changedHours, lastCount, RECOUNT_HOURS } from '../store/queries/history.ts';
import { dirtyHours } from '../store/queries/signals.ts';
import type { Store } from '../store/store.ts';
import { createTurns } from '../turns.ts';
import { LATEST_VISIBLE_MS } from './fresh.ts';

/** Four weeks: what one statement holds in memory. */
const HOURS_AT_ONCE = 672;

interface Counting {
  inTurn: ReturnType<typeof createTurns>;
  countedMs: number;
}

const countings = new WeakMap<Store, Counting>();

/**
 * Counts the hours anew in which posts were written since they were last counted; at first, all of them. Everything that asks what is usual does so
 * beforehand, so that it holds whoever has written. Rejects with `SLM_STORE`.
 */
export async function countHours(store: Store): Promise<void> {
  const counting = countings.get(store) ?? { inTurn: createTurns(), countedMs: 0 };
  countings.set(store, counting);
  await counting.inTurn(async () => {
    const startedAtMs = Date.now();
    const [last] = await store.query(lastCount, { since: counting.countedMs });
    // The table tells when counts last changed; this process knows that it has looked since.
    const countedMs = last?.isCounted ? Math.max(counting.countedMs, last.countedMs) : 0;
    const dirty = await store.query(dirtyHours, { since: Math.max(0, countedMs - LATEST_VISIBLE_MS) });
    const hours = dirty.map(({ hourMs }) => hourMs / 1000).filter((hour) => hour >= 0);
    for (let i = 0; i < hours.length; i += HOURS_AT_ONCE) {
      await store.command(RECOUNT_HOURS, { hours: hours.slice(i, i + HOURS_AT_ONCE) });
    }
    counting.countedMs = startedAtMs;
  });
}

/** Hours, in Unix milliseconds, that hold other counts than before a time. */
export async function hoursChangedSince(store: Store, sinceMs: number): Promise<number[]> {
  return (await store.query(changedHours, { since: sinceMs })).map(({ hourMs }) => hourMs);
}
