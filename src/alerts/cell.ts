import type { Signal, Window } from '../weigh/signal.ts';
import { ALERT_WINDOWS, type AlertWindow, UNRESOLVED } from './subscription.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a standing window is, and how far the next one of its kind starts after it. Weeks step by the day. */
const WINDOW_SHAPE: Readonly<Record<AlertWindow, { lengthMs: number; stepMs: number }>> = {
  PT1H: { lengthMs: HOUR_MS, stepMs: HOUR_MS },
  P1D: { lengthMs: DAY_MS, stepMs: DAY_MS },
  P7D: { lengthMs: 7 * DAY_MS, stepMs: DAY_MS },
};

/** A cell in one standing window, as a signal's id names it. */
export interface CellWindow {
  agency: string | null;
  region: string | null;
  theme: string | null;
  duration: AlertWindow;
  fromMs: number;
  toMs: number;
}

/** Reads a signal's id (`agency/region/theme/start/duration`), or gives `undefined` for a window that is no standing one. */
export function parseSignalId(signalId: string): CellWindow | undefined {
  const [agency, region, theme, start, duration] = signalId.split('/');
  const standing = ALERT_WINDOWS.find((window) => window === duration);
  const fromMs = Date.parse(start ?? '');
  if (agency === undefined || region === undefined || theme === undefined) return undefined;
  if (standing === undefined || Number.isNaN(fromMs)) return undefined;
  return {
    agency: agency === UNRESOLVED ? null : agency,
    region: region === UNRESOLVED ? null : region,
    theme: theme === UNRESOLVED ? null : theme,
    duration: standing,
    fromMs,
    toMs: fromMs + WINDOW_SHAPE[standing].lengthMs,
  };
}

export function signalIdOf({ agency, region, theme, duration, fromMs }: CellWindow): Signal['id'] {
  return [agency, region, theme, new Date(fromMs).toISOString().replace('.000Z', 'Z'), duration]
    .map((part) => part ?? UNRESOLVED)
    .join('/');
}

/** The key of an alert's state: `agency/region/theme/duration`, the same for every window of the cell. */
export function cellKey({ agency, region, theme, duration }: Omit<CellWindow, 'fromMs' | 'toMs'>): string {
  return [agency, region, theme, duration].map((part) => part ?? UNRESOLVED).join('/');
}

/** Whether a window is one of the {@link freshWindows} of its kind, or a later one. */
export function isFresh({ duration, toMs }: CellWindow, nowMs: number): boolean {
  return nowMs < toMs + WINDOW_SHAPE[duration].stepMs;
}

/** The two windows of a kind that are fresh at a time: the last that is over, and the current one. */
export function freshWindows(duration: AlertWindow, nowMs: number): Window[] {
  const { lengthMs, stepMs } = WINDOW_SHAPE[duration];
  const startedMs = Math.floor(nowMs / stepMs) * stepMs;
  return [startedMs, startedMs + stepMs].map((toMs) => ({ fromMs: toMs - lengthMs, toMs }));
}

/** The same cell in the last window of its kind that is over. */
export function lastComplete(window: CellWindow, nowMs: number): CellWindow {
  const { stepMs } = WINDOW_SHAPE[window.duration];
  return shifted(window, Math.floor((nowMs - window.toMs) / stepMs) * stepMs);
}

/** The same cell in the window of its kind that follows. */
export function following(window: CellWindow): CellWindow {
  return shifted(window, WINDOW_SHAPE[window.duration].stepMs);
}

function shifted(window: CellWindow, byMs: number): CellWindow {
  return { ...window, fromMs: window.fromMs + byMs, toMs: window.toMs + byMs };
}
