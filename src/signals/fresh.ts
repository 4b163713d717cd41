import { dirtyAppealHours, dirtyHours, writtenBatches } from '../store/queries/signals.ts';
import type { Store } from '../store/store.ts';
import type { RoundMemory } from './round-memory.ts';

/** Longer than an insert is tried again: rows become visible a while after they are stamped, by clocks that are not the engine's. */
export const LATEST_VISIBLE_MS = 150_000;

/** Hours of event time that rows touch, in Unix milliseconds. */
export interface FreshHours {
  /** Of posts and appeals. */
  all: number[];
  appeals: number[];
  /** What the next round is to remember. */
  batches: ReadonlyMap<string, number>;
}

/**
 * Hours that rows written since a time touch. Where a round went before, also those of rows that were stamped earlier but could not be seen
 * then, as their insert was tried again for up to {@link LATEST_VISIBLE_MS}.
 */
export async function freshHours(store: Store, sinceMs: number, memory: RoundMemory | undefined): Promise<FreshHours> {
  const isFirst = memory === undefined || memory.batches.size === 0;
  // Before the hours: what comes in between is found the next time.
  const lookedBackMs = Math.max(0, (isFirst ? Date.now() : sinceMs) - LATEST_VISIBLE_MS);
  const written = memory === undefined ? [] : await store.query(writtenBatches, { since: lookedBackMs });
  const batches = new Map<string, number>();
  const all = new Set<number>();
  const appeals = new Set<number>();
  for (const { kind, hourMs, writtenMs, rows } of written) {
    const key = `${kind} ${hourMs} ${writtenMs}`;
    const seen = memory?.batches.get(key) ?? 0;
    batches.set(key, Math.max(rows, seen));
    if (isFirst || rows <= seen) continue;
    all.add(hourMs);
    if (kind === 'appeals') appeals.add(hourMs);
  }
  if (isFirst) {
    const since = memory === undefined ? sinceMs : Math.max(0, sinceMs - LATEST_VISIBLE_MS);
    for (const { hourMs } of await store.query(dirtyHours, { since })) all.add(hourMs);
    for (const { hourMs } of await store.query(dirtyAppealHours, { since })) appeals.add(hourMs);
  }
  return { all: ascending(all), appeals: ascending(appeals), batches };
}

function ascending(values: Iterable<number>): number[] {
  return [...values].sort((a, b) => a - b);
}
