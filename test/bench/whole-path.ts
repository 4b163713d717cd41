import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../src/assembly.ts';
import { createKafkaBroker } from '../../src/broker/kafka.ts';
import type { PipelineConfig } from '../../src/config/pipeline.ts';
import { VERSION } from '../../src/root.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { launchKafka } from '../support/kafka/launch.ts';
import type { BenchRecord } from './records.ts';

/** What a record costs on its way, all threads of this process counted. */
export interface PathCost {
  /** CPU for all records, in microseconds. */
  us: number;
  postsPerSecond: number;
}

/** From records in memory to acknowledged rows. */
export async function timePath(
  records: readonly BenchRecord[],
  config: PipelineConfig,
  nowMs: number,
): Promise<PathCost> {
  return withAssembly(config, nowMs, async ({ pipeline }) => {
    const stop = startClock(records.length);
    for (let from = 0; from < records.length; from += config.batch.rows) {
      await pipeline.process({ posts: records.slice(from, from + config.batch.rows), appeals: [] });
    }
    return stop();
  });
}

/** From Kafka records to acknowledged rows, over a real broker: another process, which is not counted. */
export async function timeKafkaPath(
  records: readonly BenchRecord[],
  config: PipelineConfig,
  nowMs: number,
): Promise<PathCost> {
  const kafka = await launchKafka(process.env['SALMAQ_KAFKA_VERSION'] ?? '4.3.1');
  const log = createLogger({ level: 'error', pretty: false });
  const broker = createKafkaBroker({ brokers: kafka.brokers, clientId: 'bench' }, log);
  try {
    await broker.createTopics([{ topic: 'bench', partitions: 3 }]);
    for (let from = 0; from < records.length; from += 2_000) {
      const messages = records.slice(from, from + 2_000).map(({ value }, i) => ({ key: String(from + i), value }));
      await broker.publish('bench', messages);
    }
    return await withAssembly(config, nowMs, async ({ pipeline }) => {
      const stop = startClock(records.length);
      const end = new AbortController();
      let left = records.length;
      let cost = stop();
      await broker.consume({
        topics: ['bench'],
        groupId: 'bench',
        fromBeginning: true,
        gather: { maxRecords: config.batch.rows, maxBytes: 1 << 26, maxWaitMs: config.batch.waitMs },
        signal: end.signal,
        async onBatch(batch) {
          const posts = batch.records.map(({ timestampMs, ...record }) => ({ ...record, observedAtMs: timestampMs }));
          await pipeline.process({ posts, appeals: [] });
          left -= posts.length;
          if (left > 0) return;
          cost = stop();
          end.abort();
        },
      });
      return cost;
    });
  } finally {
    await broker.close();
    await kafka.stop();
  }
}

async function withAssembly<T>(
  config: PipelineConfig,
  nowMs: number,
  work: (assembly: Awaited<ReturnType<typeof assemble>>) => Promise<T>,
): Promise<T> {
  const path = mkdtempSync(join(tmpdir(), 'salmaq-bench-'));
  const log = createLogger({ level: 'error', pretty: false });
  const assembly = await assemble(
    { ...config, store: { path, maxQuerySeconds: 300 } },
    { clock: () => nowMs, log, metrics: createMetrics({ version: VERSION }) },
  );
  try {
    return await work(assembly);
  } finally {
    await assembly.store.close();
    rmSync(path, { recursive: true });
  }
}

function startClock(records: number): () => PathCost {
  const wallStart = performance.now();
  const cpuStart = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(cpuStart);
    return { us: user + system, postsPerSecond: (1000 * records) / (performance.now() - wallStart) };
  };
}
