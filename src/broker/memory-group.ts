import type { ConsumeOptions, TopicPartition } from './broker.ts';
import { Consumption } from './consumption.ts';
import { missingTopic } from './failures.ts';
import type { NextOffset } from './lease.ts';
import type { BrokerLogger } from './logger.ts';
import type { MemoryTopic } from './memory-topic.ts';
import { partitionKey } from './positions.ts';

/** How many records one fetch returns. */
const FETCH_RECORDS = 500;

interface Member {
  options: ConsumeOptions;
  topics: readonly MemoryTopic[];
  consumption: Consumption;
  owned: readonly TopicPartition[];
  generation: number;
  /** Where the next fetch of each partition starts. */
  positions: Map<string, bigint>;
  wake(): void;
}

/** A consumer group of the broker in memory: its members, its generation and its committed offsets. */
export class MemoryGroup {
  private readonly rebalanceTimeoutMs: number;
  private readonly logger: BrokerLogger;
  private readonly members = new Set<Member>();
  private readonly committed = new Map<string, bigint>();
  private generation = 0;
  private rebalanced: Promise<void> = Promise.resolve();

  constructor(rebalanceTimeoutMs: number, logger: BrokerLogger) {
    this.rebalanceTimeoutMs = rebalanceTimeoutMs;
    this.logger = logger;
  }

  committedOf({ topic, partition }: TopicPartition): bigint | undefined {
    return this.committed.get(partitionKey(topic, partition));
  }

  /** Runs one member until its signal is aborted and it is drained. */
  async consume(options: ConsumeOptions, topicOf: (topic: string) => MemoryTopic): Promise<void> {
    const topics = options.topics.map(topicOf);
    const source = {
      commit: async (offsets: readonly NextOffset[]) => this.commit(member, offsets),
      seek: ({ topic, partition, offset }: NextOffset) => {
        member.positions.set(partitionKey(topic, partition), offset);
        member.wake();
      },
      isSessionAlive: () => true,
    };
    const consumption = new Consumption(options, source, this.logger);
    const member: Member = { options, topics, consumption, owned: [], generation: -1, positions: new Map(), wake() {} };
    const stop = new AbortController();
    const close = () => consumption.close();
    options.signal.addEventListener('abort', close);
    if (options.signal.aborted) close();

    this.members.add(member);
    const unwatch = topics.map((topic) => topic.watch(() => member.wake()));
    const reading = this.rebalance().then(() => this.read(member, stop.signal));
    try {
      await consumption.run();
    } finally {
      options.signal.removeEventListener('abort', close);
      for (const end of unwatch) end();
      stop.abort();
      member.wake();
      await reading;
      this.members.delete(member);
      // As in Kafka, whoever leaves does not wait for the others.
      void this.rebalance();
    }
    await consumption.left();
  }

  private commit(member: Member, offsets: readonly NextOffset[]): void {
    if (member.generation !== this.generation) throw new Error('the generation is over');
    for (const { topic, partition, offset } of offsets) this.committed.set(partitionKey(topic, partition), offset);
  }

  /** One after another: all members drain, then the partitions are dealt out anew. */
  private rebalance(): Promise<void> {
    this.rebalanced = this.rebalanced.then(async () => {
      const members = [...this.members];
      await Promise.all(members.map(({ consumption }) => consumption.revoke(this.rebalanceTimeoutMs)));
      this.generation++;
      const remaining = [...this.members];
      remaining.forEach((member, turn) => {
        const all = member.topics.flatMap((topic) => topic.partitions);
        member.owned = all.filter((_, i) => i % remaining.length === turn);
        member.generation = this.generation;
        member.consumption.assign(member.owned);
        member.wake();
      });
    });
    return this.rebalanced;
  }

  private async read(member: Member, signal: AbortSignal): Promise<void> {
    let generation = -1;
    while (!signal.aborted) {
      const changed = new Promise<void>((resolve) => {
        member.wake = resolve;
      });
      if (generation !== member.generation) {
        generation = member.generation;
        const positions = new Map<string, bigint>();
        member.positions = positions;
        for (const part of member.owned)
          positions.set(partitionKey(part.topic, part.partition), this.start(member, part));
      }
      const deleted = member.topics.find((topic) => topic.isDeleted);
      if (deleted !== undefined) return member.consumption.crash(missingTopic([deleted.topic]));
      if (!(await this.fetch(member))) await changed;
    }
  }

  /** Offers what is new in each partition. False when there was nothing, or the member is not to read now. */
  private async fetch(member: Member): Promise<boolean> {
    const { positions } = member;
    let isAny = false;
    for (const { topic, partition } of member.owned) {
      const key = partitionKey(topic, partition);
      const from = positions.get(key) ?? 0n;
      const log = member.topics.find((candidate) => candidate.topic === topic)?.partitions[partition]?.records ?? [];
      const records = log.slice(Number(from), Number(from) + FETCH_RECORDS);
      if (records.length === 0) continue;
      const next = from + BigInt(records.length);
      const offered = await member.consumption.offer({ topic, partition, from, next, records });
      if (offered.outcome === 'closed') return false;
      positions.set(key, offered.outcome === 'taken' ? next : (offered.seek ?? from));
      isAny = true;
    }
    return isAny;
  }

  private start(member: Member, part: TopicPartition): bigint {
    const log = member.topics.find(({ topic }) => topic === part.topic)?.partitions[part.partition];
    const newest = BigInt(log?.records.length ?? 0);
    return this.committedOf(part) ?? (member.options.fromBeginning ? 0n : newest);
  }
}
