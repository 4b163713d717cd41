import { z } from 'zod';
import { createApi } from '../../../src/api/create-api.ts';
import type { ApiDeps, RecordKind } from '../../../src/api/deps.ts';
import { type ServerSettings, serverSettingsSchema } from '../../../src/api/settings.ts';
import { validateAppeal, validatePost } from '../../../src/post/validate.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { type PastVerdict, pastVerdictSchema } from '../../../src/weigh/past-verdict.ts';
import { type Signal, signalSchema } from '../../../src/weigh/signal.ts';
import { type StratumSilence, silenceSchema } from '../../../src/weigh/silence.ts';
import { signal } from '../alerts/support.ts';

export const NOW_MS = Date.parse('2026-03-02T12:00:00Z');

export const SIGNALS: readonly Signal[] = [
  signal({ label: 'amplified', score: 0.1 }),
  signal({ theme: 'heating', score: 0.9 }),
  signal({ agency: 'moh', region: null, theme: 'healthcare', label: 'silent', score: 0.7 }),
  signal({ agency: null, theme: 'roads', label: 'emerging', score: 0.5 }),
];

const rested = { rule: 'additive-2', posts: 9, statements: 8, authors: 7, appeals: 0 };
/** Of every signal. */
export const HISTORY: readonly PastVerdict[] = [
  { evaluatedAt: '2026-03-02T10:00:00Z', label: 'insufficient', score: 0.2, ...rested },
  { evaluatedAt: '2026-03-02T11:00:00Z', label: 'emerging', score: 0.6, ...rested },
];

const stratum = { settlement: 'rural', language: 'kk', residents: 90_000 } as const;
export const STRATA: readonly StratumSilence[] = [
  { region: 'KZ-61', ...stratum, writers: null, participation: 0.2, partial: -0.4, atMost: true },
  { region: 'KZ-75', ...stratum, writers: 300, participation: 0.9, partial: -0.1 },
];

/** An API over records that are validated for real and kept in a list, over four signals, a history of each, and two strata. */
export function createTestApi(settings: Record<string, unknown> = {}, changes: Partial<ApiDeps> = {}) {
  const taken: { kind: RecordKind; record: Uint8Array }[] = [];
  const asked: Parameters<ApiDeps['evaluate']>[] = [];
  const logged: unknown[] = [];
  const deps: ApiDeps = {
    version: '1.2.3',
    latestSignals: async (window) => SIGNALS.filter(({ id }) => id.endsWith(`/${window}`)),
    evaluate: async (window, filter) => {
      asked.push([window, filter]);
      return SIGNALS;
    },
    signalById: async (id) => SIGNALS.find((one) => one.id === id),
    history: async (id, limit) => (SIGNALS.some((one) => one.id === id) ? HISTORY.slice(-limit) : []),
    silence: async () => STRATA,
    ingest: async (kind, records) => {
      const validate = kind === 'post' ? validatePost : validateAppeal;
      return records.flatMap((record, index) => {
        taken.push({ kind, record });
        const validated = validate(record, NOW_MS);
        return validated.ok ? [] : [{ index, ...validated.refusal }];
      });
    },
    checks: { store: async () => {} },
    metrics: createMetrics({ version: '1.2.3' }),
    log: { error: (...args: unknown[]) => void logged.push(args) },
    ...changes,
  };
  const parsed: ServerSettings = serverSettingsSchema.parse(settings);
  return { app: createApi(deps, parsed), settings: parsed, taken, asked, logged };
}

export function post(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    platform: 'instagram',
    text: 'Суды қашан қосасыздар?',
    publishedAt: '2026-03-02T08:00:00Z',
    author: { id: `a${id}` },
    ...more,
  };
}

export function appeal(id: string): Record<string, unknown> {
  return { id, system: 'e-otinish', receivedAt: '2026-03-02T08:00:00Z', agency: 'akimat_almaty', theme: 'water' };
}

export function sent(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  type = 'application/json',
  headers: Record<string, string> = {},
): RequestInit {
  return { method: 'POST', body, headers: { 'content-type': type, ...headers } };
}

export const listSchema = z.strictObject({
  signals: z.array(signalSchema),
  window: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
});
export const historySchema = z.strictObject({ id: z.string(), verdicts: z.array(pastVerdictSchema) });
export const mapSchema = z.strictObject({
  strata: z.array(silenceSchema),
  window: z.strictObject({ from: z.string(), to: z.string() }),
});
export const outcomeSchema = z.strictObject({
  accepted: z.number(),
  refused: z.array(z.strictObject({ index: z.number(), reason: z.string(), message: z.string() })),
});
export const problemSchema = z.looseObject({
  detail: z.string(),
  code: z.string(),
  checks: z.record(z.string(), z.string()).optional(),
});
export const indexSchema = z.looseObject({ routes: z.array(z.object({ method: z.string(), path: z.string() })) });

/** The JSON of a response, held to a schema. */
export async function read<S extends z.ZodType>(response: Response, schema: S): Promise<z.output<S>> {
  return schema.parse(await response.json());
}
