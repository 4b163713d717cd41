import { setTimeout as sleep } from 'node:timers/promises';
import type kafkajs from 'kafkajs';
import type { ConsumeOptions, TopicPartition } from './broker.ts';
import { Consumption } from './consumption.ts';
import { brokerError, isTransient, typeOf } from './failures.ts';
import { drainBeforeJoin } from './kafka-assigner.ts';
import { fetchedFrom } from './kafka-record.ts';
import { KafkaSession } from './kafka-session.ts';
import type { NextOffset } from './lease.ts';
import type { BrokerLogger } from './logger.ts';
import type { KafkaSettings } from './settings.ts';

/** Of the time that a rebalance waits for its members, what the batch at work is given; the rest is for joining. */
const DRAIN_SHARE = 0.7;
/** Between two looks at partitions that may not be read now. */
const IDLE_MS = 50;
const COMMIT_RETRY_MS = [200, 400, 800, 1_600];
/** The coordinator will not take a commit of this member, however often it is asked. */
const FENCED = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS', 'FENCED_INSTANCE_ID']);
/** Partitions may already have been given to others. */
const EXPELLED = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'FENCED_INSTANCE_ID']);
const REBALANCING = new Set(['REBALANCE_IN_PROGRESS', 'NOT_COORDINATOR_FOR_GROUP']);

/** Runs one member of a Kafka consumer group, as `Broker.consume` says. The topics must exist. */
export async function consumeFromKafka(
  kafka: kafkajs.Kafka,
  settings: KafkaSettings,
  options: ConsumeOptions,
  logger: BrokerLogger,
): Promise<void> {
  await new KafkaConsumer(kafka, settings, options, logger).run();
}

class KafkaConsumer {
  private readonly settings: KafkaSettings;
  private readonly options: ConsumeOptions;
  private readonly logger: BrokerLogger;
  private readonly consumer: kafkajs.Consumer;
  private readonly consumption: Consumption;
  private readonly session: KafkaSession;
  /** The latest batch's way to the coordinator: kafkajs offers heartbeats and checked commits nowhere else. */
  private link: kafkajs.EachBatchPayload | undefined;
  /** What told us of a rebalance, for kafkajs to learn it too. */
  private noticed: unknown;
  /** True from before a join request to the new assignment. */
  private isJoining = true;
  private isEnding = false;
  /** Settles when the join under way has come to something. */
  private joining: Promise<void> = Promise.resolve();
  private endJoining: () => void = () => {};
  private release: () => void = () => {};
  private readonly released = new Promise<void>((resolve) => {
    this.release = resolve;
  });

  constructor(kafka: kafkajs.Kafka, settings: KafkaSettings, options: ConsumeOptions, logger: BrokerLogger) {
    this.settings = settings;
    this.options = options;
    this.logger = logger;
    this.session = new KafkaSession(settings.sessionTimeoutMs);
    const source = { commit: this.commit, seek: this.seek, isSessionAlive: this.session.isAlive };
    this.consumption = new Consumption(options, source, logger);
    this.consumer = kafka.consumer({
      groupId: options.groupId,
      sessionTimeout: settings.sessionTimeoutMs,
      heartbeatInterval: settings.heartbeatMs,
      rebalanceTimeout: settings.rebalanceTimeoutMs,
      maxBytes: settings.fetch.maxBytes,
      maxBytesPerPartition: settings.fetch.maxBytesPerPartition,
      maxWaitTimeInMs: settings.fetch.maxWaitMs,
      allowAutoTopicCreation: false,
      partitionAssigners: [drainBeforeJoin(this.drain)],
      retry: { retries: settings.retries, restartOnFailure: async (error) => !this.isEnding && isTransient(error) },
    });
    this.session.watch(this.consumer);
    this.listen();
  }

  async run(): Promise<void> {
    const close = () => this.consumption.close();
    this.options.signal.addEventListener('abort', close);
    if (this.options.signal.aborted) close();
    const beat = setInterval(() => void this.beat(), this.settings.heartbeatMs / 2);
    try {
      await this.start();
      await this.consumption.run();
    } finally {
      this.options.signal.removeEventListener('abort', close);
      clearInterval(beat);
      await this.end();
    }
    await this.consumption.left();
  }

  private async start(): Promise<void> {
    try {
      await this.consumer.connect();
      await this.consumer.subscribe({ topics: [...this.options.topics], fromBeginning: this.options.fromBeginning });
    } catch (error) {
      throw brokerError('connecting to Kafka failed', error);
    }
    const running = this.consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // A batch only waits for room, and all wait for the same room.
      partitionsConsumedConcurrently: 4,
      eachBatch: this.take,
    });
    running.catch((error) => this.consumption.crash(brokerError('reading from Kafka failed', error)));
  }

  private listen(): void {
    const { events } = this.consumer;
    this.consumer.on(events.GROUP_JOIN, ({ payload }) => {
      this.isJoining = false;
      this.noticed = undefined;
      this.endJoining();
      const assignment: TopicPartition[] = Object.entries(payload.memberAssignment).flatMap(([topic, partitions]) =>
        partitions.map((partition) => ({ topic, partition })),
      );
      this.consumption.assign(assignment);
    });
    this.consumer.on(events.START_BATCH_PROCESS, ({ payload }) => {
      const { topic, partition, firstOffset, lastOffset, batchSize } = payload;
      // kafkajs passes over batches without a record to show by itself.
      if (batchSize > 0 || firstOffset === null) return;
      this.consumption.skip({ topic, partition, from: BigInt(firstOffset), next: BigInt(lastOffset) + 1n });
    });
    this.consumer.on(events.STOP, () => {
      this.link = undefined;
      if (!this.isEnding) this.consumption.lose();
    });
    this.consumer.on(events.CRASH, ({ payload: { error, restart } }) => {
      this.endJoining();
      this.consumption.lose();
      if (!restart) this.consumption.crash(brokerError('reading from Kafka failed for good', error));
    });
  }

  /** Before kafkajs joins the group, for the first time or again. */
  private readonly drain = async (): Promise<void> => {
    await this.consumption.revoke(this.settings.rebalanceTimeoutMs * DRAIN_SHARE);
    if (this.isEnding) throw new Error('the consumer is ending');
    this.isJoining = true;
    this.endJoining();
    this.joining = new Promise((resolve) => {
      this.endJoining = resolve;
    });
  };

  private readonly take = async (payload: kafkajs.EachBatchPayload): Promise<void> => {
    this.link = payload;
    const fetched = fetchedFrom(payload.batch);
    if (fetched === undefined) return;
    const offered = await this.consumption.offer(fetched);
    if (offered.outcome === 'taken') {
      // This moves what kafkajs fetches next; nothing is committed by it.
      if (!this.isJoining) payload.resolveOffset(payload.batch.messages.at(-1)?.offset ?? payload.batch.lastOffset());
    } else if (offered.outcome === 'again') {
      const { topic, partition } = fetched;
      if (offered.seek !== undefined) this.seek({ topic, partition, offset: offered.seek });
    } else {
      await Promise.race([this.released, sleep(IDLE_MS)]);
      if (this.options.signal.aborted) await this.released;
      // Thrown from here it makes kafkajs join again.
      if (this.noticed !== undefined && !this.isJoining) throw this.noticed;
    }
  };

  /** Heartbeats on a timer: kafkajs sends none while a batch waits for room or a rebalance for the batch at work. */
  private async beat(): Promise<void> {
    const { link } = this;
    if (link === undefined || this.isJoining) return;
    try {
      await link.heartbeat();
    } catch (error) {
      // The answer may concern a generation that has ended meanwhile.
      if (this.isJoining || link !== this.link) return;
      const type = typeOf(error) ?? '';
      this.logger.debug({ type }, 'the heartbeat was not accepted');
      if (!EXPELLED.has(type) && !REBALANCING.has(type)) return;
      this.noticed = error;
      if (EXPELLED.has(type)) this.consumption.lose();
      else this.consumption.suspend();
    }
  }

  private readonly seek = ({ topic, partition, offset }: NextOffset): void => {
    // A new generation starts from what is committed anyway.
    if (this.link === undefined || this.isJoining) return;
    this.consumer.seek({ topic, partition, offset: String(offset) });
  };

  private readonly commit = async (offsets: readonly NextOffset[], isCurrent: () => boolean): Promise<void> => {
    const topics = offsets.map(({ topic, partition, offset }) => ({
      topic,
      partitions: [{ partition, offset: String(offset) }],
    }));
    for (let attempt = 0; ; attempt++) {
      if (this.link === undefined || !isCurrent()) throw new Error('the member has left its generation');
      try {
        await this.link.commitOffsetsIfNecessary({ topics: merged(topics) });
        return;
      } catch (error) {
        const pauseMs = COMMIT_RETRY_MS[attempt];
        if (FENCED.has(typeOf(error) ?? '') || pauseMs === undefined) throw error;
        await sleep(pauseMs);
      }
    }
  };

  private async end(): Promise<void> {
    this.isEnding = true;
    // kafkajs does not stop a consumer that has not joined yet: it would join later, and stay.
    await this.joining;
    await sleep(0);
    const stopped = this.consumer.stop();
    // Batches that wait for the end hold the stop up, and must not return before it has begun.
    this.release();
    try {
      await stopped;
      await this.consumer.disconnect();
    } catch (error) {
      this.logger.warn({ error }, 'the Kafka consumer did not end in good order');
    }
  }
}

/** kafkajs keeps one entry a topic. */
function merged(topics: readonly kafkajs.TopicOffsets[]): kafkajs.TopicOffsets[] {
  const byTopic = new Map<string, kafkajs.PartitionOffset[]>();
  for (const { topic, partitions } of topics) byTopic.set(topic, [...(byTopic.get(topic) ?? []), ...partitions]);
  return [...byTopic].map(([topic, partitions]) => ({ topic, partitions }));
}
