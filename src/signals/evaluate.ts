import { setImmediate } from 'node:timers/promises';
import type { Store } from '../store/store.ts';
import type { Signal, Window } from '../weigh/signal.ts';
import { weighCell } from '../weigh/weigh-cell.ts';
import { type GatherOptions, gatherEvidence } from './collect.ts';
import { type Run, runOf } from './runs.ts';
import type { Weighing } from './weighing.ts';

/**
 * Weighs every cell of a window from its rows: best score first, then by id. The same rows and `nowMs` give the same bytes.
 *
 * @param nowMs the clock: of a window that is not over, the part that has passed is held against the baseline
 *
 * Rejects with `SLM_STORE`.
 *
 * @example
 * const [first] = await evaluateWindow(store, { fromMs, toMs }, weighing, { nowMs });
 */
export async function evaluateWindow(
  store: Store,
  window: Window,
  weighing: Weighing,
  { nowMs }: { nowMs: number },
): Promise<Signal[]> {
  const { windows } = await evaluateRun(store, runOf(window), weighing, { nowMs });
  return windows[0] ?? [];
}

/** Cells that are weighed without a pause: tens of milliseconds. */
const AT_ONCE = 500;

/** The signals of each window of a run, and whether cells that have the same rows as before are left out. */
export interface Evaluated {
  isPartial: boolean;
  windows: Signal[][];
}

/** The same for each window of a run; with a memory of the last round, perhaps of the cells alone that have other rows since. */
export async function evaluateRun(
  store: Store,
  run: Run,
  { frame, settings }: Weighing,
  options: GatherOptions,
): Promise<Evaluated> {
  const { isPartial, windows } = await gatherEvidence(store, run, { frame, settings }, options);
  const weighed: Signal[][] = [];
  for (const cells of windows) {
    const signals: Signal[] = [];
    for (const cell of cells) {
      signals.push(weighCell(cell, frame, settings));
      // Records wait meanwhile, and so does whoever asks the API.
      if (signals.length % AT_ONCE === 0) await setImmediate();
    }
    weighed.push(signals.sort(byScore));
  }
  return { isPartial, windows: weighed };
}

function byScore(a: Signal, b: Signal): number {
  return b.verdict.score - a.verdict.score || (a.id < b.id ? -1 : 1);
}
