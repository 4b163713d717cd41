import { lastVerdicts, storedCells } from '../store/queries/signals.ts';
import { postTimes } from '../store/queries/totals.ts';
import type { SignalRow, VerdictRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { noEvidence } from '../weigh/evidence.ts';
import type { Signal, Window } from '../weigh/signal.ts';
import { weighCell } from '../weigh/weigh-cell.ts';
import { evaluateRun } from './evaluate.ts';
import { freshHours } from './fresh.ts';
import { countHours, hoursChangedSince } from './hours.ts';
import { named, type Place, placeKey } from './place.ts';
import { forgetRun, forgetWhatMoved, memoryOf, type RoundMemory, unsettled, windowKey } from './round-memory.ts';
import { endOf, gatherRuns, type Run, windowOf } from './runs.ts';
import type { Weighing } from './weighing.ts';
import { DAY_MS, laterWindows, type StandingDuration, touchedWindows, windowsLookingBack } from './windows.ts';

/** What one round of weighing did. */
export interface Round {
  /** Windows weighed again. */
  windows: Window[];
  /** Their signals, window by window; a cell in which nothing is left comes last, with no posts. */
  signals: Signal[];
}

export interface RoundOptions {
  nowMs: number;
  durations?: readonly StandingDuration[];
  hourlyForMs?: number;
  memory?: RoundMemory;
}

/**
 * Weighs the standing windows that rows written since `sinceIngestedMs` touch, each once, and stores their signals; then the later windows,
 * of the last `baseline.lateDays` days, for which late rows change what is usual, and those that look back on late appeals. Each change of a
 * verdict is kept.
 *
 * Rejects with `SLM_STORE`.
 *
 * @param options.durations only windows of these lengths
 * @param options.hourlyForMs how long before the newest post hours are kept weighed one by one
 * @param options.memory of the rounds before, kept up by this one; to be emptied when a round fails. Of a window that was weighed before,
 *   only the cells with other rows are weighed again, until it is in full: see `WindowMemory`
 *
 * @example
 * const { signals } = await weighDirty(store, lastRoundMs, weighing, { nowMs: Date.now() });
 */
export async function weighDirty(
  store: Store,
  sinceIngestedMs: number,
  weighing: Weighing,
  options: RoundOptions,
): Promise<Round> {
  const { memory } = options;
  const fresh = await freshHours(store, sinceIngestedMs, memory);
  await countHours(store);
  const hourlySinceMs = await hourlySince(store, options.hourlyForMs);
  const touched = touchedWindows(fresh.all, options.nowMs, options.durations, hourlySinceMs);
  const { lateDays, weeks } = weighing.settings.baseline;
  const later = laterWindows(await hoursChangedSince(store, sinceIngestedMs), {
    nowMs: options.nowMs,
    sinceMs: options.nowMs - lateDays * DAY_MS,
    hourlySinceMs,
    weeks,
    ...(options.durations === undefined ? {} : { durations: options.durations }),
  });
  const lookingBack = windowsLookingBack(fresh.appeals, {
    ...options,
    hourlySinceMs,
    days: weighing.settings.appeals.days,
  });
  if (memory !== undefined) forgetWhatMoved(memory, [...later, ...lookingBack], fresh.appeals.length > 0);
  const windows = uniqueWindows([...touched, ...later, ...lookingBack, ...unsettled(memory, touched)]);
  const wanted = new Set(windows.map(windowKey));
  const signals: Signal[] = [];
  for (const run of gatherRuns(windows, options.nowMs)) {
    const isWanted = (window: Window) => wanted.has(windowKey(window));
    for (const signal of await weighRun(store, run, isWanted, weighing, options)) signals.push(signal);
  }
  if (memory !== undefined) memory.batches = fresh.batches;
  return { windows, signals };
}

async function hourlySince(store: Store, hourlyForMs: number | undefined): Promise<number> {
  if (hourlyForMs === undefined) return Number.NEGATIVE_INFINITY;
  const [times] = await store.query(postTimes, {});
  return (times?.lastMs ?? Number.POSITIVE_INFINITY) - hourlyForMs;
}

/** Weighs the wanted windows of a run and stores their signals. A cell stored before of which nothing is left is stored as empty. */
async function weighRun(
  store: Store,
  run: Run,
  isWanted: (window: Window) => boolean,
  weighing: Weighing,
  { nowMs, memory }: RoundOptions,
): Promise<Signal[]> {
  const evaluated = await evaluateRun(store, run, weighing, { nowMs, isCounted: true, memory: memoryOf(memory, run) });
  if (evaluated.isPartial && evaluated.windows[0]?.length === 0) return [];
  const stored = await store.query(storedCells, { from: run.fromMs, to: endOf(run), lengthMs: run.lengthMs });
  // The clock may stand still or have been set back; a row must still win over the one it replaces.
  let version = BigInt(nowMs) << 20n;
  for (const row of stored) if (row.version >= version) version = row.version + 1n;

  const all: Signal[] = [];
  const rows: SignalRow[] = [];
  const changes: VerdictRow[] = [];
  const verdicts = await store.query(lastVerdicts, { from: run.fromMs, to: endOf(run), lengthMs: run.lengthMs });
  const before = new Map(verdicts.map((row) => [`${row.fromMs}\0${placeKey(row)}`, row]));
  const { step } = weighing.settings.history;
  for (const [slot, signals] of evaluated.windows.entries()) {
    const window = windowOf(run, slot);
    if (!isWanted(window)) continue;
    const present = new Set(signals.map((signal) => placeKey(unnamed(signal))));
    const gone = evaluated.isPartial ? [] : stored;
    const vanished = gone
      .filter((row) => row.fromMs === window.fromMs && !present.has(placeKey(row)))
      .map((row) => weighCell(noEvidence({ ...named(row), window }), weighing.frame, weighing.settings));
    for (const signal of [...signals, ...vanished]) {
      all.push(signal);
      rows.push(toSignalRow(signal, window, nowMs, version));
      const last = before.get(`${window.fromMs}\0${placeKey(unnamed(signal))}`);
      if (isChange(signal, last, step)) changes.push(toVerdictRow(signal, window, nowMs, version));
    }
  }
  // The history goes first: when the process ends in between, the same change is found, and written, again.
  await store.insert('verdicts', changes);
  await store.insert('signals', rows);
  if (memory !== undefined && run.count > 1) forgetRun(memory, run, isWanted);
  return all;
}

/** By length, then by time. */
function uniqueWindows(windows: readonly Window[]): Window[] {
  const byKey = new Map(windows.map((window) => [windowKey(window), window]));
  return [...byKey.values()].toSorted((a, b) => a.toMs - a.fromMs - (b.toMs - b.fromMs) || a.fromMs - b.fromMs);
}

function isChange(
  { verdict }: Signal,
  last: { label: string; score: number; rule: string } | undefined,
  step: number,
): boolean {
  if (last === undefined || last.label !== verdict.label || last.rule !== verdict.rule) return true;
  return Math.abs(last.score - verdict.score) >= step;
}

function unnamed({ agency, region, theme }: Pick<Signal, 'agency' | 'region' | 'theme'>): Place {
  return { agency: agency ?? '', region: region ?? '', theme: theme ?? '' };
}

function toSignalRow(signal: Signal, window: Window, nowMs: number, version: bigint): SignalRow {
  return {
    id: signal.id,
    ...unnamed(signal),
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

function toVerdictRow(signal: Signal, window: Window, nowMs: number, version: bigint): VerdictRow {
  const { label, score, rule } = signal.verdict;
  return {
    ...unnamed(signal),
    window_from: window.fromMs,
    window_to: window.toMs,
    label,
    score,
    rule,
    ...signal.volume,
    appeals: signal.appeals.count,
    evaluated_at: nowMs,
    version,
  };
}
