import { setTimeout as sleep } from 'node:timers/promises';
import type { Assembly } from './assembly.ts';
import type { Broker, BrokerRecord, RecordBatch } from './broker/broker.ts';
import type { Outcome } from './pipeline.ts';
import type { SourceRecord } from './post/source-record.ts';
import type { DeadLetter } from './store/dead-letter-row.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';
import type { Weigher } from './weigher.ts';

/** Memory that a gathering may take. */
const GATHER_BYTES = 64 * 1024 * 1024;

export interface WorkerParts {
  assembly: Assembly;
  broker: Broker;
  weigher: Weigher;
  log: Logger;
  metrics: Metrics;
}

/** What others may know of a worker while it runs. */
export interface WorkerState {
  /** Whether it is a member of the group and has been given its partitions. */
  isConsuming: boolean;
  /** Whether it owns partition 0 of the posts, and so weighs the cells. */
  isWeigher: boolean;
}

/**
 * Consumes posts and appeals until `signal` aborts, then drains. The owner of partition 0 of the posts weighs the cells
 * that were touched, once a period, and publishes the alerts.
 *
 * Rejects with the first thing that fails for good: the broker, the store, or `SLM_INVALID_SHARE`.
 */
export async function runWorker(
  { assembly, broker, weigher, log, metrics }: WorkerParts,
  state: WorkerState,
  signal: AbortSignal,
): Promise<void> {
  const { config, pipeline, rooms } = assembly;
  const { topics } = config;
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);

  const consuming = broker.consume({
    topics: [topics.posts, topics.appeals],
    groupId: config.kafka.groupId,
    fromBeginning: true,
    gather: { maxRecords: config.batch.rows, maxBytes: GATHER_BYTES, maxWaitMs: config.batch.waitMs },
    signal: either,
    onAssignment(owned) {
      state.isConsuming = owned.length > 0;
      state.isWeigher = owned.some(({ topic, partition }) => topic === topics.posts && partition === 0);
      const partitions = owned.map(({ topic, partition }) => `${topic}/${partition}`);
      log.info({ partitions, isWeigher: state.isWeigher }, state.isConsuming ? 'consuming' : 'no partitions');
    },
    onBatch: (batch) => take(batch),
  });
  const weighing = weighEachPeriod();

  try {
    await Promise.race([consuming, weighing]);
  } finally {
    stop.abort();
    await Promise.allSettled([consuming, weighing]);
  }
  await Promise.all([consuming, weighing]);

  async function take({ records, lease }: RecordBatch): Promise<void> {
    const done = metrics.batchSeconds.startTimer();
    const posts = records.filter(({ topic }) => topic === topics.posts).map(toSourceRecord);
    const appeals = records.filter(({ topic }) => topic === topics.appeals).map(toSourceRecord);
    const outcome = await pipeline.process({ posts, appeals }, () => lease.assertHeld());
    done();
    metrics.recordsConsumed.inc({ topic: topics.posts }, posts.length);
    metrics.recordsConsumed.inc({ topic: topics.appeals }, appeals.length);
    countOutcome(metrics, outcome);
    metrics.copyIndexPosts.set(rooms.copies.size);
    metrics.copyIndexBytes.set(rooms.copies.bytes);
    log.debug({ posts: outcome.posts, appeals: outcome.appeals, refused: outcome.refused.length }, 'batch stored');
  }

  async function weighEachPeriod(): Promise<void> {
    while (!either.aborted) {
      await sleep(config.evaluation.everyMs, undefined, { signal: either, ref: false }).catch(() => {});
      if (!either.aborted && state.isWeigher) await weigher.weigh();
    }
  }
}

function toSourceRecord({ topic, partition, offset, key, value, timestampMs }: BrokerRecord): SourceRecord {
  return { topic, partition, offset, key, value, observedAtMs: timestampMs };
}

/** Adds what became of an intake to the counters. */
export function countOutcome(metrics: Metrics, outcome: Outcome): void {
  metrics.postsStored.inc(outcome.posts);
  metrics.copiesFound.inc(outcome.copies);
  metrics.mentionsUnresolved.inc(outcome.unresolved);
  metrics.appealsStored.inc(outcome.appeals);
  for (const { kind, reason } of outcome.refused) metrics.deadLetters.inc({ kind, reason });
}

/** Tells the dead-letter topics of refused records: the original bytes, with why and where from in the headers. */
export function createDeadLetterPublisher(
  broker: Pick<Broker, 'publish'>,
  topics: { postsDead: string; appealsDead: string },
  isTooLarge: (error: unknown) => boolean,
): (letters: readonly DeadLetter[]) => Promise<void> {
  const publish = async (topic: string, letters: readonly DeadLetter[]) => {
    if (letters.length === 0) return;
    try {
      await broker.publish(
        topic,
        letters.map((letter) => toMessage(letter)),
      );
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      // The table holds all the bytes; the topic takes as many as fit, one record after another.
      for (const letter of letters) await broker.publish(topic, [toMessage(letter, TRUNCATED_BYTES)]);
    }
  };
  return async (letters) => {
    await publish(
      topics.postsDead,
      letters.filter(({ kind }) => kind === 'post'),
    );
    await publish(
      topics.appealsDead,
      letters.filter(({ kind }) => kind === 'appeal'),
    );
  };
}

/** Fits the smallest usual limit of a topic, 1 MB, with room for headers. */
const TRUNCATED_BYTES = 500_000;

function toMessage({ record, reason, message }: DeadLetter, maxBytes = Number.POSITIVE_INFINITY) {
  const bytes = record.original ?? record.value;
  const isCut = bytes !== null && bytes.length > maxBytes;
  return {
    ...(record.key === null ? {} : { key: record.key }),
    value: isCut ? bytes.subarray(0, maxBytes) : bytes,
    headers: {
      reason,
      message: message.slice(0, 1_000),
      topic: record.topic,
      partition: String(record.partition),
      offset: String(record.offset),
      ...(isCut ? { truncated: `${maxBytes} of ${bytes.length} bytes; the table dead_letters holds them all` } : {}),
    },
  };
}
