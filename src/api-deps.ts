import type { ApiDeps, SignalFilter, StandingWindow } from './api/deps.ts';
import type { Assembly } from './assembly.ts';
import type { SourceRecord } from './post/source-record.ts';
import { VERSION } from './root.ts';
import { evaluateWindow } from './signals/evaluate.ts';
import { readSignals } from './signals/read.ts';
import type { Weighing } from './signals/weighing.ts';
import { newestWindow } from './store/queries/weigher.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';
import type { Signal } from './weigh/signal.ts';
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
  let serial = 0;

  return {
    version: VERSION,
    checks,
    metrics,
    log,
    async latestSignals(window, { label, ...filter }) {
      const lengthMs = LENGTH_MS[window];
      const [newest] = await store.query(newestWindow, { lengthMs });
      if (newest === undefined) return [];
      const range = { fromMs: newest.fromMs, toMs: newest.fromMs + lengthMs };
      return readSignals(store, { ...filter, ...range, ...(label === undefined ? {} : { labels: [label] }) });
    },
    async evaluate(window, filter) {
      const stop = metrics.evaluationSeconds.startTimer();
      const signals = await evaluateWindow(store, window, weighing, { nowMs: clock() });
      stop();
      metrics.signalsEvaluated.inc(signals.length);
      return signals.filter((signal) => passes(signal, filter)).slice(0, filter.limit);
    },
    async signalById(id) {
      return (await readSignals(store, { id }))[0];
    },
    async ingest(kind, values) {
      const records = values.map(toRecord);
      const intake = { posts: [], appeals: [], [kind === 'post' ? 'posts' : 'appeals']: records };
      const outcome = await pipeline.process(intake);
      metrics.recordsConsumed.inc({ topic: 'http' }, records.length);
      countOutcome(metrics, outcome);
      return outcome.refused.map(({ record, reason, message }) => ({
        index: records.indexOf(record),
        reason,
        message,
      }));
    },
  };

  /** HTTP gives no offset: the time and a serial number order what comes in, and name it among the dead letters. */
  function toRecord(value: Uint8Array): SourceRecord {
    const observedAtMs = Date.now();
    serial = (serial + 1) % (1 << 20);
    const offset = (BigInt(observedAtMs) << 20n) + BigInt(serial);
    return { topic: 'http', partition: 0, offset, key: null, value, observedAtMs };
  }
}

function passes(signal: Signal, { agency, region, theme, label, minScore }: SignalFilter): boolean {
  return (
    (agency === undefined || signal.agency === agency) &&
    (region === undefined || signal.region === region) &&
    (theme === undefined || signal.theme === theme) &&
    (label === undefined || signal.verdict.label === label) &&
    (minScore === undefined || signal.verdict.score >= minScore)
  );
}
