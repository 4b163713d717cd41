import type { Broker, BrokerRecord, ConsumeOptions, OutgoingRecord } from './broker.ts';
import { missingTopic, recordTooLarge } from './failures.ts';
import type { BrokerInspection, InspectOptions, TopicSpec } from './inspection.ts';
import { type BrokerLogger, silentLogger } from './logger.ts';
import { MemoryGroup } from './memory-group.ts';
import { type MemoryPartition, MemoryTopic } from './memory-topic.ts';

export interface MemoryBrokerOptions {
  /** How long a rebalance waits for what is at work, milliseconds. Default 10,000. */
  rebalanceTimeoutMs?: number;
  logger?: BrokerLogger;
}

/**
 * A broker inside the process, for replays, tests and trying things out: topics, partitions, groups, generations and
 * committed offsets as in Kafka, without the network and without keeping anything. Each `consume` of the same group is
 * a member of it.
 */
export class MemoryBroker implements Broker {
  private readonly logs = new Map<string, MemoryTopic>();
  private readonly groups = new Map<string, MemoryGroup>();
  private readonly rebalanceTimeoutMs: number;
  private readonly logger: BrokerLogger;

  constructor(options: MemoryBrokerOptions = {}) {
    this.rebalanceTimeoutMs = options.rebalanceTimeoutMs ?? 10_000;
    this.logger = options.logger ?? silentLogger;
  }

  async consume(options: ConsumeOptions): Promise<void> {
    for (const topic of options.topics) this.log(topic);
    const group = this.groups.get(options.groupId) ?? new MemoryGroup(this.rebalanceTimeoutMs, this.logger);
    this.groups.set(options.groupId, group);
    await group.consume(options, (topic) => this.log(topic));
  }

  async publish(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    const log = this.log(topic);
    for (const record of records) {
      const bytes = (record.key?.length ?? 0) + (record.value?.length ?? 0);
      if (!log.append(record)) throw recordTooLarge(topic, bytes);
    }
  }

  async topics(): Promise<string[]> {
    return [...this.logs.keys()].sort();
  }

  async createTopics(topics: readonly TopicSpec[]): Promise<string[]> {
    const missing = topics.filter(({ topic }) => !this.logs.has(topic));
    for (const spec of missing) this.logs.set(spec.topic, new MemoryTopic(spec));
    return missing.map(({ topic }) => topic);
  }

  /** Deletes a topic. Members that read it fail. */
  deleteTopic(topic: string): void {
    this.logs.get(topic)?.delete();
    this.logs.delete(topic);
  }

  async inspect({ topics, groupId }: InspectOptions): Promise<BrokerInspection> {
    const group = groupId === undefined ? undefined : this.groups.get(groupId);
    const logs = topics.flatMap((topic) => this.logs.get(topic) ?? []);
    return {
      clusterId: 'memory',
      brokers: [],
      topics: topics.map((topic) => {
        const log = this.logs.get(topic);
        return {
          topic,
          exists: log !== undefined,
          partitions: log?.partitions.length ?? 0,
          maxMessageBytes: log?.maxMessageBytes ?? null,
        };
      }),
      lag: groupId === undefined ? [] : logs.flatMap((log) => log.partitions.map((part) => lagOf(part, group))),
    };
  }

  async close(): Promise<void> {}

  /** Everything in a topic, for assertions and for replays that want it back. */
  recordsOf(topic: string): BrokerRecord[] {
    return this.log(topic).partitions.flatMap((partition) => partition.records);
  }

  private log(topic: string): MemoryTopic {
    const log = this.logs.get(topic);
    if (log === undefined) throw missingTopic([topic]);
    return log;
  }
}

function lagOf(part: MemoryPartition, group: MemoryGroup | undefined) {
  const committed = group?.committedOf(part) ?? null;
  const end = BigInt(part.records.length);
  return { topic: part.topic, partition: part.partition, committed, end, lag: end - (committed ?? 0n) };
}
