import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../src/broker/broker.ts';
import { createKafkaBroker } from '../../src/broker/kafka.ts';
import { launchKafka, type RunningKafka } from '../support/kafka/launch.ts';
import { KAFKA_VERSION, uniqueName } from '../support/kafka.ts';

const SESSION_TIMEOUT_MS = 4_000;

// A broker of its own: this one is stopped under its members.
describe.skipIf(process.env['KAFKA_BROKERS'] !== undefined)('A worker whose broker hangs', () => {
  let kafka: RunningKafka;
  let broker: Broker;

  beforeAll(async () => {
    kafka = await launchKafka(KAFKA_VERSION);
    const { brokers } = kafka;
    const settings = { sessionTimeoutMs: SESSION_TIMEOUT_MS, heartbeatMs: 500, rebalanceTimeoutMs: 4_000 };
    broker = createKafkaBroker({
      brokers,
      ...settings,
      requestTimeoutMs: 2_000,
      connectionTimeoutMs: 1_000,
      retries: 2,
    });
  }, 120_000);
  afterAll(async () => {
    await broker.close();
    await kafka.stop();
  });

  it('loses its lease when the session is over, reads on when the broker is back, and loses nothing', async () => {
    const topic = uniqueName('outage');
    await broker.createTopics([{ topic, partitions: 2 }]);
    await broker.publish(topic, numbers(0, 600));
    const stop = new AbortController();
    const seen = new Set<number>();
    let isStopped = false;
    let leaseAfterOutage: boolean | undefined;
    const done = broker.consume({
      topics: [topic],
      groupId: uniqueName('group'),
      fromBeginning: true,
      gather: { maxRecords: 100, maxBytes: 1e9, maxWaitMs: 50 },
      signal: stop.signal,
      onBatch: async ({ records, lease }) => {
        if (seen.size >= 200 && !isStopped) {
          isStopped = true;
          process.kill(kafka.pid, 'SIGSTOP');
          await sleep(SESSION_TIMEOUT_MS + 1_000);
          leaseAfterOutage = records.some(({ partition }) => lease.isHeld(topic, partition));
          process.kill(kafka.pid, 'SIGCONT');
          lease.assertHeld();
        }
        for (const { value } of records) seen.add(Number(Buffer.from(value ?? []).toString()));
      },
    });
    await Promise.race([expect.poll(() => seen.size, { timeout: 50_000 }).toBe(600), done]);
    expect(leaseAfterOutage).toBe(false);
    await broker.publish(topic, numbers(600, 700));
    await Promise.race([expect.poll(() => seen.size, { timeout: 50_000 }).toBe(700), done]);
    stop.abort();
    await done;
  }, 150_000);
});

function numbers(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) => ({ key: `k${i}`, value: String(from + i) }));
}
