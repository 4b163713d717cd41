import type { ApiDeps, StandingWindow } from './api/deps.ts';
import type { Assembly } from './assembly.ts';
import { createIngest } from './ingest.ts';
import { VERSION } from './root.ts';
import { evaluateWindow } from './signals/evaluate.ts';
import { readHistory, readSignals } from './signals/read.ts';
import { silenceMap } from './signals/silence.ts';
import type { Weighing } from './signals/weighing.ts';
import { newestWindow } from './store/queries/weigher.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';
import { countOutcome } from './worker.ts';

const HOUR_MS = 3_600_000;
const LENGTH_MS: Record<StandingWindow, number> = { PT1H: HOUR_MS, P1D: 24 * HOUR_MS, P7D: 7 * 24 * HOUR_MS };

export interface ApiParts {
  assembly: Assembly;
  weighing: Weighing;
  metrics: Metrics;
  log: Logger;
  checks: ApiDeps['checks'];
}

/** What the HTTP API stands on, over a pipeline that is put together. */
export function createApiDeps({ assembly, weighing, metrics, log, checks }: ApiParts): ApiDeps {
  const { store, pipeline, clock } = assembly;
  return {
    version: VERSION,
    checks,
    metrics,
    log,
    async latestSignals(window, { label, ...filter }) {
      const lengthMs = LENGTH_MS[window];
      const [newest] = await store.query(newestWindow, { lengthMs });
      if (newest === undefined) return [];
      // The hours of a day lie within it, too.
      const range = { fromMs: newest.fromMs, toMs: newest.fromMs + lengthMs, lengthMs };
      return readSignals(store, { ...filter, ...range, ...(label === undefined ? {} : { labels: [label] }) });
    },
    async evaluate(window) {
      const stop = metrics.evaluationSeconds.startTimer();
      const signals = await evaluateWindow(store, window, weighing, { nowMs: clock() });
      stop();
      metrics.signalsEvaluated.inc(signals.length);
      return signals;
    },
    async signalById(id) {
      return (await readSignals(store, { id }))[0];
    },
    history: (id, limit) => readHistory(store, id, { limit }),
    silence: (window) => silenceMap(store, window, weighing),
    ingest: createIngest(pipeline, (outcome, records) => {
      metrics.recordsConsumed.inc({ topic: 'http' }, records);
      countOutcome(metrics, outcome);
    }),
  };
}
