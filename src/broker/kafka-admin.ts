import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { brokerError, typeOf } from './failures.ts';
import type { BrokerInspection, InspectOptions, PartitionLag, TopicInspection, TopicSpec } from './inspection.ts';

/** Kafka's own topics. */
const INTERNAL = /^__/;

/** Questions about a Kafka cluster, and the creation of topics. Connects on the first one. */
export class KafkaAdmin {
  private readonly kafka: kafkajs.Kafka;
  private connected: Promise<kafkajs.Admin> | undefined;

  constructor(kafka: kafkajs.Kafka) {
    this.kafka = kafka;
  }

  async topics(): Promise<string[]> {
    const topics = await this.ask('listing topics', (admin) => admin.listTopics());
    return topics.filter((topic) => !INTERNAL.test(topic)).sort();
  }

  /** Those of the topics that are not there. */
  async missing(topics: readonly string[]): Promise<string[]> {
    const present = new Set(await this.topics());
    return topics.filter((topic) => !present.has(topic));
  }

  async createTopics(specs: readonly TopicSpec[]): Promise<string[]> {
    const missing = new Set(await this.missing(specs.map(({ topic }) => topic)));
    if (missing.size === 0) return [];
    const topics = specs
      .filter(({ topic }) => missing.has(topic))
      .map(({ topic, partitions, replicationFactor, config }) => ({
        topic,
        numPartitions: partitions,
        // -1: what the broker is set to.
        replicationFactor: replicationFactor ?? -1,
        configEntries: Object.entries(config ?? {}).map(([name, value]) => ({ name, value })),
      }));
    await this.ask('creating topics', (admin) => admin.createTopics({ topics, waitForLeaders: true }));
    return topics.map(({ topic }) => topic);
  }

  async inspect({ topics, groupId }: InspectOptions): Promise<BrokerInspection> {
    return this.ask('inspecting Kafka', async (admin) => {
      const cluster = await admin.describeCluster();
      const present = new Set(await admin.listTopics());
      const found = topics.filter((topic) => present.has(topic));
      const described = await describeTopics(admin, found);
      return {
        clusterId: cluster.clusterId,
        brokers: cluster.brokers.map(({ host, port }) => `${host}:${port}`),
        topics: topics.map(
          (topic) => described.get(topic) ?? { topic, exists: false, partitions: 0, maxMessageBytes: null },
        ),
        lag: groupId === undefined ? [] : await lagOf(admin, groupId, found),
      };
    });
  }

  async close(): Promise<void> {
    const admin = await this.connected?.catch(() => undefined);
    this.connected = undefined;
    await admin?.disconnect();
  }

  private async ask<T>(doing: string, question: (admin: kafkajs.Admin) => Promise<T>): Promise<T> {
    try {
      this.connected ??= this.connect();
      return await question(await this.connected);
    } catch (error) {
      throw brokerError(`${doing} failed`, error);
    }
  }

  private async connect(): Promise<kafkajs.Admin> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      return admin;
    } catch (error) {
      // The next question tries again.
      this.connected = undefined;
      throw error;
    }
  }
}

async function describeTopics(admin: kafkajs.Admin, topics: string[]): Promise<Map<string, TopicInspection>> {
  const described = new Map<string, TopicInspection>();
  // An empty list would ask for all.
  if (topics.length === 0) return described;
  const metadata = await admin.fetchTopicMetadata({ topics });
  for (const { name, partitions } of metadata.topics) {
    described.set(name, { topic: name, exists: true, partitions: partitions.length, maxMessageBytes: null });
  }
  const configs = await describeConfigs(admin, topics);
  for (const { resourceName, configEntries } of configs) {
    const topic = described.get(resourceName);
    const limit = configEntries.find(({ configName }) => configName === 'max.message.bytes');
    if (topic !== undefined && limit !== undefined) topic.maxMessageBytes = Number(limit.configValue);
  }
  return described;
}

async function describeConfigs(admin: kafkajs.Admin, topics: string[]) {
  const type = kafkajs.ConfigResourceTypes.TOPIC;
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: topics.map((name) => ({ type, name, configNames: ['max.message.bytes'] })),
    });
    return resources;
  } catch {
    // Reading settings is a right of its own, which a worker need not have.
    return [];
  }
}

async function lagOf(admin: kafkajs.Admin, groupId: string, topics: string[]): Promise<PartitionLag[]> {
  if (topics.length === 0) return [];
  const offsets = await admin.fetchOffsets({ groupId, topics });
  const lag: PartitionLag[] = [];
  for (const topic of topics) {
    const committed = new Map(
      offsets.find((entry) => entry.topic === topic)?.partitions.map(({ partition, offset }) => [partition, offset]),
    );
    for (const { partition, high, low } of await onceLed(() => admin.fetchTopicOffsets(topic))) {
      const offset = BigInt(committed.get(partition) ?? -1);
      const end = BigInt(high);
      const from = offset < 0n ? BigInt(low) : offset;
      lag.push({ topic, partition, committed: offset < 0n ? null : offset, end, lag: end - from });
    }
  }
  return lag.sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
}

const LEADER_TRIES = 20;
const LEADER_PAUSE_MS = 250;

/** A topic created a moment ago may not have its leaders yet, and kafkajs does not wait for that here. */
async function onceLed<T>(question: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await question();
    } catch (error) {
      const isUnled = /^(NOT_LEADER_FOR_PARTITION|LEADER_NOT_AVAILABLE)$/.test(typeOf(error) ?? '');
      if (!isUnled || tries === LEADER_TRIES) throw error;
      await sleep(LEADER_PAUSE_MS);
    }
  }
}
