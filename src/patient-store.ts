import type { RetrySettings } from './store/retry.ts';
import { withRetry } from './store/retry.ts';
import type { Store } from './store/store.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';

/**
 * The same store, whose inserts are timed by table and tried again while ClickHouse is away or overloaded. Whoever waits
 * for an insert waits that long, and reads no further: that is how a slow store holds consumption back.
 */
export function patientStore(
  store: Store,
  retry: RetrySettings,
  log: Pick<Logger, 'warn'>,
  { insertSeconds }: Pick<Metrics, 'insertSeconds'>,
): Store {
  return {
    kind: store.kind,
    dataDir: store.dataDir,
    query: (query, params) => store.query(query, params),
    async insert(table, rows) {
      if (rows.length === 0) return;
      const stop = insertSeconds.startTimer({ table });
      await withRetry(
        () => store.insert(table, rows),
        retry,
        (error, pauseMs) => log.warn({ err: error, table, rows: rows.length, pauseMs }, 'insert failed, trying again'),
      );
      stop();
    },
    command: (sql, params) => store.command(sql, params),
    ping: () => store.ping(),
    close: () => store.close(),
  };
}
