import { createApi } from '../api/create-api.ts';
import { createApiDeps } from '../api-deps.ts';
import { assemble } from '../assembly.ts';
import { isRecordTooLarge } from '../broker/failures.ts';
import { createKafkaBroker } from '../broker/kafka.ts';
import { readSubscriptions } from '../config/subscriptions.ts';
import { SalmaqError } from '../errors.ts';
import { listen } from '../listen.ts';
import { readWeighing } from '../rooms.ts';
import { VERSION } from '../root.ts';
import { stopSignal } from '../stop-signal.ts';
import { serveClickHouse } from '../store/http-interface.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { assertTopics, topicsOf } from '../topics.ts';
import { createWeigher } from '../weigher.ts';
import { createDeadLetterPublisher, runWorker, type WorkerState, weigherMetrics } from '../worker.ts';
import { clockOf, readConfig, type StoreOptions } from './options.ts';

export interface RunOptions extends StoreOptions {
  clickhousePort?: number;
  clickhouseWritable?: boolean;
  at?: number;
}

/** `salmaq run`: the production worker, until SIGTERM or Ctrl-C drains it. Ends with 1 when anything fails for good. */
export async function runCommand(file: string, options: RunOptions): Promise<void> {
  const config = readConfig(file, options);
  const subscriptions = readSubscriptions(config);
  const weighing = readWeighing(config);
  const log = createLogger(config.log);
  const metrics = createMetrics({ version: VERSION });
  const stop = stopSignal(() => log.info('draining'));
  const broker = createKafkaBroker(config.kafka, log);
  const closers: (() => Promise<void>)[] = [() => broker.close()];
  try {
    await assertTopics(broker, topicsOf(config, subscriptions));
    const assembly = await assemble(config, {
      clock: clockOf(options),
      log,
      metrics,
      publishDead: createDeadLetterPublisher(broker, config.topics, isRecordTooLarge),
    });
    const { store } = assembly;
    closers.push(() => store.close());

    const state: WorkerState = { owned: new Set(), isWeigher: false };
    const checks = { clickhouse: () => store.ping(), kafka: async () => assertConsuming(state) };
    if (config.http !== undefined) {
      const deps = createApiDeps({ assembly, weighing, metrics, log, checks });
      const server = await listen(createApi(deps, config.http), config.http);
      closers.push(() => server.close());
      log.info({ url: server.url }, 'API');
    }
    if (options.clickhousePort !== undefined) {
      const server = await serveClickHouse(store, {
        port: options.clickhousePort,
        writable: options.clickhouseWritable ?? false,
      });
      closers.push(() => server.close());
      log.info({ url: server.url }, "ClickHouse's HTTP interface");
    }

    const alerts = { subscriptions, broker, topicPrefix: config.topics.alerts };
    const weigher = createWeigher({
      ...assembly,
      weighing,
      alerts,
      ...weigherMetrics(metrics),
      hourlyForMs: config.evaluation.hourlyForMs,
      resume: options.at === undefined,
    });
    await runWorker({ assembly, broker, weigher, log, metrics }, state, stop);
    log.info('drained');
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function assertConsuming({ owned }: WorkerState): void {
  if (owned.size === 0) throw new SalmaqError('SLM_NOT_READY', 'no partition has been assigned to this worker yet');
}
