import type { Window } from '../weigh/signal.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
const WEEK_DAYS = 7;

/** The windows that are kept weighed: each hour and each day of UTC, and the seven days that end with each day. */
export const STANDING = ['PT1H', 'P1D', 'P7D'] as const;
export type StandingDuration = (typeof STANDING)[number];

/**
 * The standing windows that hold any of these hours and have begun, each once: by length, then by time.
 *
 * @param hourlySinceMs hours before this are not kept weighed one by one: nobody acts on the hour of last month, and any
 *   window can be weighed when it is asked for
 */
export function touchedWindows(
  hoursMs: readonly number[],
  nowMs: number,
  durations: readonly StandingDuration[] = STANDING,
  hourlySinceMs = Number.NEGATIVE_INFINITY,
): Window[] {
  const windows: Window[] = [];
  if (durations.includes('PT1H')) {
    const recent = hoursMs.filter((hour) => hour >= hourlySinceMs);
    for (const fromMs of starts(recent, HOUR_MS)) windows.push({ fromMs, toMs: fromMs + HOUR_MS });
  }
  const days = starts(hoursMs, DAY_MS);
  if (durations.includes('P1D')) {
    for (const fromMs of days) windows.push({ fromMs, toMs: fromMs + DAY_MS });
  }
  if (durations.includes('P7D')) {
    const lastDays = new Set(days.flatMap((day) => Array.from({ length: WEEK_DAYS }, (_, i) => day + i * DAY_MS)));
    for (const day of [...lastDays].toSorted((a, b) => a - b)) {
      // A week whose last day has not begun would only repeat the one before it.
      if (day <= nowMs || days.includes(day))
        windows.push({ fromMs: day - (WEEK_DAYS - 1) * DAY_MS, toMs: day + DAY_MS });
    }
  }
  return windows;
}

/** Which later windows are worth weighing again; see {@link laterWindows}. */
export interface LaterSettings {
  nowMs: number;
  /** Windows that end before this are left as they are. */
  sinceMs: number;
  /** Hours that begin before this are not kept weighed one by one. */
  hourlySinceMs: number;
  /** How many earlier weeks tell what is usual. */
  weeks: number;
  durations?: readonly StandingDuration[];
}

/** The standing windows for which what is usual was read from these hours: the same hours of later weeks, and of the six days after. */
export function laterWindows(hoursMs: readonly number[], settings: LaterSettings): Window[] {
  const { nowMs, sinceMs, hourlySinceMs, weeks, durations = STANDING } = settings;
  const windows: Window[] = [];
  const shifts = [1, 2, 3, 4, 5, 6, ...Array.from({ length: weeks }, (_, i) => WEEK_DAYS * (i + 1))];
  const add = (fromMs: number, lengthMs: number) => {
    // Of a week, too, the last day must have begun.
    const lastMs = fromMs + Math.max(0, lengthMs - DAY_MS);
    if (lastMs <= nowMs && fromMs + lengthMs > sinceMs) windows.push({ fromMs, toMs: fromMs + lengthMs });
  };
  for (const [duration, lengthMs] of [
    ['PT1H', HOUR_MS],
    ['P1D', DAY_MS],
  ] as const) {
    if (!durations.includes(duration)) continue;
    for (const start of starts(hoursMs, lengthMs)) {
      for (const days of shifts) {
        const fromMs = start + days * DAY_MS;
        if (duration === 'P1D' || fromMs >= hourlySinceMs) add(fromMs, lengthMs);
      }
    }
  }
  if (durations.includes('P7D')) {
    for (const day of starts(hoursMs, DAY_MS)) {
      for (let i = 1; i <= WEEK_DAYS * weeks; i++) add(day + i * DAY_MS, WEEK_DAYS * DAY_MS);
    }
  }
  return windows;
}

/** Length of each kind of standing window, and how far the next one starts after it. */
const SHAPES = [
  ['PT1H', HOUR_MS, HOUR_MS],
  ['P1D', DAY_MS, DAY_MS],
  ['P7D', WEEK_DAYS * DAY_MS, DAY_MS],
] as const;

/**
 * The standing windows, begun by now, that see what was received in these hours when they look back `days` from their end, or as far as they
 * reach: their own and those that follow.
 */
export function windowsLookingBack(
  hoursMs: readonly number[],
  { nowMs, hourlySinceMs, days, durations = STANDING }: Omit<LaterSettings, 'sinceMs' | 'weeks'> & { days: number },
): Window[] {
  return SHAPES.flatMap(([duration, lengthMs, stepMs]) => {
    if (!durations.includes(duration)) return [];
    const ends = new Set<number>();
    for (const startMs of starts(hoursMs, stepMs)) {
      const lastMs = Math.min(startMs + Math.max(lengthMs, days * DAY_MS), nowMs + stepMs);
      for (let toMs = startMs + stepMs; toMs <= lastMs; toMs += stepMs) ends.add(toMs);
    }
    return [...ends].flatMap((toMs) => {
      const fromMs = toMs - lengthMs;
      return duration === 'PT1H' && fromMs < hourlySinceMs ? [] : [{ fromMs, toMs }];
    });
  });
}

/** The standing window of a length that holds a time; of the weeks, the one that ends with its day. */
export function standingWindow(duration: StandingDuration, timeMs: number): Window {
  const hour = floorTo(timeMs, HOUR_MS);
  const day = floorTo(timeMs, DAY_MS);
  switch (duration) {
    case 'PT1H':
      return { fromMs: hour, toMs: hour + HOUR_MS };
    case 'P1D':
      return { fromMs: day, toMs: day + DAY_MS };
    case 'P7D':
      return { fromMs: day - (WEEK_DAYS - 1) * DAY_MS, toMs: day + DAY_MS };
  }
}

function starts(timesMs: readonly number[], stepMs: number): number[] {
  return [...new Set(timesMs.map((time) => floorTo(time, stepMs)))].toSorted((a, b) => a - b);
}

function floorTo(timeMs: number, stepMs: number): number {
  return Math.floor(timeMs / stepMs) * stepMs;
}
