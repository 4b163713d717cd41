import { dirtyHours, storedCells } from '../store/queries/signals.ts';
import { postTimes } from '../store/queries/totals.ts';
import type { SignalRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { noEvidence } from '../weigh/evidence.ts';
import type { Signal, Window } from '../weigh/signal.ts';
import { weighCell } from '../weigh/weigh-cell.ts';
import { evaluateWindow } from './evaluate.ts';
import type { Weighing } from './weighing.ts';
import { type StandingDuration, touchedWindows } from './windows.ts';

/** What one round of weighing did. */
export interface Round {
  /** Windows weighed again. */
  windows: Window[];
  /** Their signals, window by window; a cell in which nothing is left comes last, with no posts. */
  signals: Signal[];
}

/**
 * Weighs the standing windows that rows written since `sinceIngestedMs` touch, each once, and stores their signals.
 *
 * Rejects with `SLM_STORE`.
 *
 * @param options.durations only windows of these lengths
 * @param options.hourlyForMs how long before the newest post hours are kept weighed one by one
 *
 * @example
 * const { signals } = await weighDirty(store, lastRoundMs, weighing, { nowMs: Date.now() });
 */
export async function weighDirty(
  store: Store,
  sinceIngestedMs: number,
  weighing: Weighing,
  options: { nowMs: number; durations?: readonly StandingDuration[]; hourlyForMs?: number },
): Promise<Round> {
  const hours = await store.query(dirtyHours, { since: sinceIngestedMs });
  const windows = touchedWindows(
    hours.map(({ hourMs }) => hourMs),
    options.nowMs,
    options.durations,
    await hourlySince(store, options.hourlyForMs),
  );
  const signals: Signal[] = [];
  for (const window of windows) {
    for (const signal of await weighWindow(store, window, weighing, options)) signals.push(signal);
  }
  return { windows, signals };
}

async function hourlySince(store: Store, hourlyForMs: number | undefined): Promise<number> {
  if (hourlyForMs === undefined) return Number.NEGATIVE_INFINITY;
  const [times] = await store.query(postTimes, {});
  return (times?.lastMs ?? Number.POSITIVE_INFINITY) - hourlyForMs;
}

/** Weighs one window and stores its signals. A cell stored before of which nothing is left is stored as empty. */
export async function weighWindow(
  store: Store,
  window: Window,
  weighing: Weighing,
  { nowMs }: { nowMs: number },
): Promise<Signal[]> {
  const signals = await evaluateWindow(store, window, weighing, { nowMs });
  const stored = await store.query(storedCells, { from: window.fromMs, to: window.toMs });
  const present = new Set(
    signals.map(({ agency, region, theme }) => `${agency ?? ''}\0${region ?? ''}\0${theme ?? ''}`),
  );
  const vanished = stored
    .filter(({ agency, region, theme }) => !present.has(`${agency}\0${region}\0${theme}`))
    .toSorted((a, b) => (`${a.agency}\0${a.region}\0${a.theme}` < `${b.agency}\0${b.region}\0${b.theme}` ? -1 : 1))
    .map(({ agency, region, theme }) => {
      const cell = { agency: agency || null, region: region || null, theme: theme || null, window };
      return weighCell(noEvidence(cell), weighing.frame, weighing.settings);
    });
  const all = [...signals, ...vanished];
  // The clock may stand still or have been set back; a row must still win over the one it replaces.
  let newest = BigInt(nowMs) << 20n;
  for (const { version } of stored) if (version > newest) newest = version;
  await store.insert(
    'signals',
    all.map((signal) => toSignalRow(signal, window, nowMs, newest + 1n)),
  );
  return all;
}

function toSignalRow(signal: Signal, window: Window, nowMs: number, version: bigint): SignalRow {
  return {
    id: signal.id,
    agency: signal.agency ?? '',
    region: signal.region ?? '',
    theme: signal.theme ?? '',
    window_from: window.fromMs,
    window_to: window.toMs,
    ...signal.volume,
    net_reach: signal.reach.net.mid,
    rate_per_100k: signal.representativeness.rate.per100k,
    label: signal.verdict.label,
    score: signal.verdict.score,
    rule: signal.verdict.rule,
    signal: JSON.stringify(signal),
    evaluated_at: nowMs,
    version,
  };
}
