import { z } from 'zod';
import { timestamp } from '../post/post.ts';
import { type Signal, VERDICTS, type Window } from '../weigh/signal.ts';
import { isoTime } from '../weigh/signal-id.ts';
import { type SignalFilter, STANDING_WINDOWS } from './deps.ts';
import { refuse } from './problem.ts';
import type { ServerSettings } from './settings.ts';

const UNRESOLVED = '-';
const MAX_LISTED = 10_000;
const DAY_MS = 86_400_000;

/** How many of a list are answered. */
export const limitParam = z.coerce.number().int().min(1).max(MAX_LISTED).default(100);
const part = (what: string) => z.string().min(1).max(64).optional().describe(`${what}; "-" for unresolved`);

/** The query of `GET /v1/signals`. What is not known here is refused, so that a slip does not widen the answer. */
export const signalQuerySchema = z
  .strictObject({
    from: timestamp.optional().describe('start of a window to weigh now; needs "to"'),
    to: timestamp.optional().describe('its end, exclusive'),
    window: z.enum(STANDING_WINDOWS).optional().describe('newest standing window of that length; P1D unless told'),
    agency: part('agency id'),
    region: part('ISO 3166-2 code'),
    theme: part('theme id'),
    label: z.enum(VERDICTS).optional(),
    minScore: z.coerce.number().min(0).max(1).optional(),
    limit: limitParam,
  })
  .refine((query) => (query.from === undefined) === (query.to === undefined), {
    path: ['to'],
    error: '"from" and "to" go together',
  })
  .refine((query) => query.from === undefined || query.window === undefined, {
    path: ['window'],
    error: 'is for standing windows: leave it out beside "from" and "to"',
  })
  .refine((query) => (windowOf(query)?.toMs ?? 1) > (windowOf(query)?.fromMs ?? 0), {
    path: ['to'],
    error: 'must be after "from"',
  });

export type SignalQuery = z.output<typeof signalQuerySchema>;

/** The window asked for, or `undefined` where a standing one is meant. */
export function windowOf({ from, to }: { from?: string | undefined; to?: string | undefined }): Window | undefined {
  if (from === undefined || to === undefined) return undefined;
  return { fromMs: Date.parse(from), toMs: Date.parse(to) };
}

/** @throws a refusal of a window longer than the server weighs */
export function assertWindow({ fromMs, toMs }: Window, { maxWindowDays }: Pick<ServerSettings, 'maxWindowDays'>): void {
  if (toMs - fromMs <= maxWindowDays * DAY_MS) return;
  throw refuse({ status: 400, code: 'SLM_USAGE', detail: `a window is at most ${maxWindowDays} days long` });
}

/** A window as it is answered. */
export function toAnswer({ fromMs, toMs }: Window): Signal['window'] {
  return { from: isoTime(fromMs), to: isoTime(toMs) };
}

export function filterOf({ agency, region, theme, label, minScore, limit }: SignalQuery): SignalFilter {
  return {
    ...(agency === undefined ? {} : { agency: orNull(agency) }),
    ...(region === undefined ? {} : { region: orNull(region) }),
    ...(theme === undefined ? {} : { theme: orNull(theme) }),
    ...(label === undefined ? {} : { label }),
    ...(minScore === undefined ? {} : { minScore }),
    limit,
  };
}

/** The signals that pass, best score first, ties by id. */
export function selectSignals(signals: readonly Signal[], filter: SignalFilter): Signal[] {
  return signals
    .filter((signal) => passes(signal, filter))
    .sort((a, b) => b.verdict.score - a.verdict.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .slice(0, filter.limit);
}

function passes({ verdict, ...signal }: Signal, filter: SignalFilter): boolean {
  return (
    (filter.agency === undefined || signal.agency === filter.agency) &&
    (filter.region === undefined || signal.region === filter.region) &&
    (filter.theme === undefined || signal.theme === filter.theme) &&
    (filter.label === undefined || verdict.label === filter.label) &&
    (filter.minScore === undefined || verdict.score >= filter.minScore)
  );
}

function orNull(value: string): string | null {
  return value === UNRESOLVED ? null : value;
}
