import type { Exposure } from '../weigh/usual.ts';
import { endOf, type Run } from './runs.ts';
import { DAY_MS, HOUR_MS } from './windows.ts';

const WEEK_MS = 7 * DAY_MS;
const OTHER_DAYS = 6;

/** Hours in which the usual volume of a run's windows is looked for; parallel arrays. */
export interface EarlierHours {
  /** Unix seconds, ascending. */
  hours: number[];
  /** The window of the run that an hour is like. */
  slots: number[];
  /** What part of the hour lies in a window of the same hours of the week. */
  weekly: number[];
  /** What part lies in a window of the same hours of another day of the last week. */
  daily: number[];
}

/**
 * Where the usual volume is looked for: windows whole weeks earlier, as many as begin within `weeks`, none for longer ones; of windows of at most a
 * day also those of the six days before. Of a window that is not over, only the part that has passed.
 */
export function earlierHours(run: Run, weeks: number, nowMs: number): EarlierHours {
  const { fromMs, lengthMs } = run;
  const toMs = nowMs > fromMs ? Math.min(nowMs, endOf(run)) : endOf(run);
  const coveredMs = toMs - fromMs;
  const stepMs = Math.ceil(coveredMs / WEEK_MS) * WEEK_MS;
  const found = new Map<number, { slot: number; weekly: number; daily: number }>();
  const look = (backMs: number, kind: 'weekly' | 'daily') => {
    const startMs = fromMs - backMs;
    for (let at = Math.floor(startMs / HOUR_MS) * HOUR_MS; at < startMs + coveredMs; at += HOUR_MS) {
      if (at < 0) continue;
      const share = (Math.min(at + HOUR_MS, startMs + coveredMs) - Math.max(at, startMs)) / HOUR_MS;
      const slot = Math.floor(Math.max(0, at - startMs) / lengthMs);
      const hour = found.get(at / 1000) ?? { slot, weekly: 0, daily: 0 };
      hour[kind] += share;
      found.set(at / 1000, hour);
    }
  };
  for (let i = 1; i * stepMs <= weeks * WEEK_MS; i++) look(i * stepMs, 'weekly');
  if (coveredMs <= DAY_MS) for (let day = 1; day <= OTHER_DAYS; day++) look(day * DAY_MS, 'daily');
  const sorted = [...found].toSorted(([a], [b]) => a - b);
  return {
    hours: sorted.map(([hour]) => hour),
    slots: sorted.map(([, { slot }]) => slot),
    weekly: sorted.map(([, { weekly }]) => weekly),
    daily: sorted.map(([, { daily }]) => daily),
  };
}

/** How many earlier windows there is data of, for each window of the run: hours of a day that holds anything are held, from the first on. */
export function exposures(
  { hours, slots, weekly, daily }: EarlierHours,
  run: Run,
  nowMs: number,
  days: readonly { day: number; firstHour: number }[],
): Exposure[] {
  const held = new Set(days.map(({ day }) => day));
  const firstHour = days[0]?.firstHour ?? Number.POSITIVE_INFINITY;
  const result = Array.from({ length: run.count }, () => ({ weekly: 0, daily: 0 }));
  hours.forEach((hour, i) => {
    const exposure = result[slots[i] ?? 0];
    if (exposure === undefined || hour < firstHour || !held.has(Math.floor(hour / 86_400) * 86_400)) return;
    exposure.weekly += weekly[i] ?? 0;
    exposure.daily += daily[i] ?? 0;
  });
  for (const [slot, exposure] of result.entries()) {
    const startMs = run.fromMs + slot * run.lengthMs;
    const coveredMs = nowMs > startMs ? Math.min(nowMs - startMs, run.lengthMs) : run.lengthMs;
    exposure.weekly *= HOUR_MS / coveredMs;
    exposure.daily *= HOUR_MS / coveredMs;
  }
  return result;
}
