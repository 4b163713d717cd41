import { endOf, type Run } from './runs.ts';
import { DAY_MS, HOUR_MS } from './windows.ts';

/**
 * Where the usual volume of a run's windows is looked for: as long, whole days earlier, as often as fits into `days` but at
 * least once; with the hours they touch, in Unix seconds. Of a window that is not over, only the part that has passed.
 */
export function earlierWindows(run: Run, days: number, nowMs: number) {
  const { fromMs, lengthMs } = run;
  const toMs = nowMs > fromMs ? Math.min(nowMs, endOf(run)) : endOf(run);
  const coveredMs = toMs - fromMs;
  const stepMs = Math.ceil(coveredMs / DAY_MS) * DAY_MS;
  const hours = new Set<number>();
  for (let i = 1; i <= Math.max(1, Math.floor((days * DAY_MS) / stepMs)); i++) {
    const startMs = fromMs - i * stepMs;
    for (let at = Math.floor(startMs / HOUR_MS) * HOUR_MS; at < startMs + coveredMs; at += HOUR_MS) {
      if (at >= 0) hours.add(at / 1000);
    }
  }
  // Of windows of several days the days with data are counted, of shorter ones those that hold any.
  const pieceMs = coveredMs > DAY_MS ? DAY_MS : stepMs;
  return { from: fromMs, lengthMs, coveredMs, stepMs, pieceMs, hours: [...hours].toSorted((a, b) => a - b) };
}

/** How many windows the pieces with data amount to. */
export function windowsCovered(pieces: number, { coveredMs, pieceMs }: { coveredMs: number; pieceMs: number }): number {
  return (pieces * pieceMs) / Math.max(coveredMs, pieceMs);
}
