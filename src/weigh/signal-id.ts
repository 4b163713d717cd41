import type { Window } from './signal.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Thousands of cells of one window name the same two times. */
const written = new Map<number, string>();
const MOST_WRITTEN = 100;

/** A time in UTC as RFC 3339, milliseconds only where there are any: `2026-03-01T00:00:00Z`. */
export function isoTime(timeMs: number): string {
  const known = written.get(timeMs);
  if (known !== undefined) return known;
  if (written.size >= MOST_WRITTEN) written.clear();
  const text = new Date(timeMs).toISOString().replace('.000Z', 'Z');
  written.set(timeMs, text);
  return text;
}

/** Length of a window as an ISO 8601 duration: whole days `P7D`, whole hours below a day `PT1H`, else seconds `PT90S`. */
export function isoDuration({ fromMs, toMs }: Window): string {
  const lengthMs = toMs - fromMs;
  if (lengthMs > 0 && lengthMs % DAY_MS === 0) return `P${lengthMs / DAY_MS}D`;
  if (lengthMs > 0 && lengthMs < DAY_MS && lengthMs % HOUR_MS === 0) return `PT${lengthMs / HOUR_MS}H`;
  return `PT${lengthMs / SECOND_MS}S`;
}

/** `agency/region/theme/start/duration`, `-` for null: the id of a signal. */
export function signalId(cell: {
  agency: string | null;
  region: string | null;
  theme: string | null;
  window: Window;
}): string {
  const part = (value: string | null) => value ?? '-';
  const { agency, region, theme, window } = cell;
  return [part(agency), part(region), part(theme), isoTime(window.fromMs), isoDuration(window)].join('/');
}

const ID = /^([^/]+)\/([^/]+)\/([^/]+)\/([^/]+)\/(?:P(\d{1,5})D|PT(\d{1,5})H|PT(\d{1,9}(?:\.\d{1,3})?)S)$/;

/** What a signal id names; null when it is none. */
export function parseSignalId(id: string) {
  const [, agency = '', region = '', theme = '', from = '', days = 0, hours = 0, seconds = 0] = ID.exec(id) ?? [];
  const fromMs = Date.parse(from);
  // A duration tells milliseconds as a decimal fraction, which a product need not meet exactly.
  const toMs = fromMs + Math.round(Number(days) * DAY_MS + Number(hours) * HOUR_MS + Number(seconds) * SECOND_MS);
  const named = (part: string) => (part === '-' ? null : part);
  // What `Date.parse` takes besides, such as the 31st of February, is the time of no signal.
  return fromMs >= 0 && toMs > fromMs && isoTime(fromMs) === from
    ? { agency: named(agency), region: named(region), theme: named(theme), window: { fromMs, toMs } }
    : null;
}
