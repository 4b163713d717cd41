import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** From an embedded insert of a few rows (35 ms) to a store that keeps a batch waiting for a minute. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/**
 * All that a worker counts, in a registry of its own. Counters are raised once a batch (`inc(n)`), not once a record.
 *
 * The defaults of the process (CPU, memory, event-loop lag, garbage collection) keep their usual names, `process_*` and
 * `nodejs_*`, so that ready-made dashboards find them.
 *
 * @example
 * const metrics = createMetrics({ version: '0.1.0' });
 * metrics.recordsConsumed.inc({ topic: 'posts.raw' }, batch.length);
 * const stop = metrics.insertSeconds.startTimer({ table: 'posts' });
 */
export function createMetrics({ version }: { version: string }) {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'salmaq_build_info',
    help: 'Always 1; the label tells the version.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1);

  return {
    registry,
    recordsConsumed: new Counter({
      name: 'salmaq_records_consumed_total',
      help: 'Records read from a source, valid or not.',
      labelNames: ['topic'],
      registers,
    }),
    postsStored: new Counter({
      name: 'salmaq_posts_stored_total',
      help: 'Posts that ClickHouse has acknowledged, repeated observations included.',
      registers,
    }),
    copiesFound: new Counter({
      name: 'salmaq_copies_found_total',
      help: 'Stored posts that are copies of an earlier one.',
      registers,
    }),
    mentionsUnresolved: new Counter({
      name: 'salmaq_mentions_unresolved_total',
      help: 'Stored posts in which no agency was found.',
      registers,
    }),
    appealsStored: new Counter({
      name: 'salmaq_appeals_stored_total',
      help: 'Appeals that ClickHouse has acknowledged, repeated observations included.',
      registers,
    }),
    deadLetters: new Counter({
      name: 'salmaq_dead_letters_total',
      help: 'Refused records.',
      labelNames: ['kind', 'reason'],
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'salmaq_batch_seconds',
      help: 'A batch from its last record read to its rows acknowledged.',
      buckets: SECONDS,
      registers,
    }),
    insertSeconds: new Histogram({
      name: 'salmaq_insert_seconds',
      help: 'One insert into ClickHouse.',
      labelNames: ['table'],
      buckets: SECONDS,
      registers,
    }),
    copyIndexPosts: new Gauge({
      name: 'salmaq_copy_index_posts',
      help: 'Posts that the copy index remembers.',
      registers,
    }),
    copyIndexBytes: new Gauge({
      name: 'salmaq_copy_index_bytes',
      help: 'Memory of the copy index.',
      registers,
    }),
    signalsEvaluated: new Counter({
      name: 'salmaq_signals_evaluated_total',
      help: 'Cells weighed, once for each time.',
      registers,
    }),
    evaluationSeconds: new Histogram({
      name: 'salmaq_evaluation_seconds',
      help: 'Weighing all cells touched in one period, or of one window asked for.',
      buckets: SECONDS,
      registers,
    }),
    alertsPublished: new Counter({
      name: 'salmaq_alerts_published_total',
      help: 'Alert messages that the broker has acknowledged.',
      labelNames: ['subscription', 'change'],
      registers,
    }),
    consumerLag: new Gauge({
      name: 'salmaq_consumer_lag_records',
      help: 'Records between the committed offset and the end of a partition owned by this worker.',
      labelNames: ['topic', 'partition'],
      registers,
    }),
    httpRequestSeconds: new Histogram({
      name: 'salmaq_http_request_seconds',
      help: 'HTTP requests answered.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    }),
  } as const;
}

export type Metrics = ReturnType<typeof createMetrics>;
