import type { Window } from '../weigh/signal.ts';
import { DAY_MS, HOUR_MS } from './windows.ts';

/** Windows of one length, one after another; read from the store together, which costs hardly more than one of them. */
export interface Run {
  fromMs: number;
  lengthMs: number;
  count: number;
}

export function runOf({ fromMs, toMs }: Window): Run {
  return { fromMs, lengthMs: toMs - fromMs, count: 1 };
}

export function endOf({ fromMs, lengthMs, count }: Run): number {
  return fromMs + count * lengthMs;
}

export function windowOf({ fromMs, lengthMs }: Run, slot: number): Window {
  return { fromMs: fromMs + slot * lengthMs, toMs: fromMs + (slot + 1) * lengthMs };
}

/**
 * Takes the hours of a day that are over together, from the first to the last of them; every other window alone. What a run holds besides
 * the windows asked for is the caller's to leave out.
 */
export function gatherRuns(windows: readonly Window[], nowMs: number): Run[] {
  const runs: Run[] = [];
  for (const window of windows) {
    const last = runs.at(-1);
    const isHour = window.toMs - window.fromMs === HOUR_MS && window.toMs <= nowMs;
    const isSameDay = (run: Run) =>
      run.lengthMs === HOUR_MS && Math.floor(run.fromMs / DAY_MS) === Math.floor(window.fromMs / DAY_MS);
    if (isHour && last !== undefined && isSameDay(last)) last.count = (window.toMs - last.fromMs) / HOUR_MS;
    else runs.push(runOf(window));
  }
  return runs;
}
