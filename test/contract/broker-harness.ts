import kafkajs from 'kafkajs';
import type { Broker } from '../../src/broker/broker.ts';
import { createKafkaBroker } from '../../src/broker/kafka.ts';
import { MemoryBroker } from '../../src/broker/memory.ts';
import { startKafka } from '../support/kafka.ts';

/** How long a rebalance may wait in these tests. */
export const REBALANCE_TIMEOUT_MS = 6_000;
/** Kafka's own lower bound, unless a broker is set otherwise. */
export const SESSION_TIMEOUT_MS = 6_000;

/** A kind of broker that the contract suite runs over. */
export interface BrokerHarness {
  name: string;
  start(): Promise<void>;
  /** A client of the broker; each may be a member of a group. */
  connect(): Broker;
  /** Takes a topic away from under its readers. */
  deleteTopic(topic: string): Promise<void>;
}

export function memoryHarness(): BrokerHarness {
  const broker = new MemoryBroker({ rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS });
  return {
    name: 'memory',
    start: async () => {},
    connect: () => broker,
    deleteTopic: async (topic) => broker.deleteTopic(topic),
  };
}

export function kafkaHarness(version: string): BrokerHarness {
  let brokers: string[] = [];
  return {
    name: `Apache Kafka ${version}`,
    start: async () => {
      ({ brokers } = await startKafka(version));
    },
    connect: () =>
      createKafkaBroker({
        brokers,
        clientId: 'contract',
        sessionTimeoutMs: SESSION_TIMEOUT_MS,
        heartbeatMs: 500,
        rebalanceTimeoutMs: REBALANCE_TIMEOUT_MS,
        retries: 4,
      }),
    deleteTopic: async (topic) => {
      const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
      await admin.connect();
      await admin.deleteTopics({ topics: [topic] });
      await admin.disconnect();
    },
  };
}
