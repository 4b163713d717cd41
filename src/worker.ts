import { setTimeout as sleep } from 'node:timers/promises';
import type { Assembly } from './assembly.ts';
import type { Broker, BrokerRecord, RecordBatch } from './broker/broker.ts';
import type { BrokerInspection } from './broker/inspection.ts';
import type { Outcome } from './pipeline.ts';
import type { SourceRecord } from './post/source-record.ts';
import type { DeadLetter } from './store/dead-letter-row.ts';
import { isTransient } from './store/store-error.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';
import type { Weigher, WeigherParts } from './weigher.ts';

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
  /** The partitions it has been given, as `topic/partition`. */
  owned: ReadonlySet<string>;
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
      state.owned = new Set(owned.map(({ topic, partition }) => `${topic}/${partition}`));
      state.isWeigher = owned.some(({ topic, partition }) => topic === topics.posts && partition === 0);
      log.info(
        { partitions: [...state.owned], isWeigher: state.isWeigher },
        owned.length > 0 ? 'consuming' : 'no partitions',
      );
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
    const outcome = await pipeline.process({ posts, appeals }, { isHeld: () => lease.assertHeld() });
    done();
    metrics.recordsConsumed.inc({ topic: topics.posts }, posts.length);
    metrics.recordsConsumed.inc({ topic: topics.appeals }, appeals.length);
    countOutcome(metrics, outcome);
    metrics.copyIndexPosts.set(rooms.copies.size);
    metrics.copyIndexBytes.set(rooms.copies.bytes);
    log.debug({ posts: outcome.posts, appeals: outcome.appeals, refused: outcome.refused.length }, 'batch stored');
  }

  async function measureLag(): Promise<void> {
    const inspected = await broker
      .inspect({ topics: [topics.posts, topics.appeals], groupId: config.kafka.groupId })
      .catch((error) => log.warn({ err: error }, 'the lag is not known'));
    if (inspected) showLag(inspected);
  }

  function showLag({ lag }: BrokerInspection): void {
    metrics.consumerLag.reset();
    for (const { topic, partition, lag: records } of lag) {
      if (state.owned.has(`${topic}/${partition}`)) metrics.consumerLag.set({ topic, partition }, Number(records));
    }
  }

  /** What is not weighed now is weighed the next time; only what will not pass by itself ends the worker. */
  async function weighNow(): Promise<void> {
    try {
      await weigher.weigh();
    } catch (error) {
      if (!isTransient(error)) throw error;
      log.warn({ err: error }, 'weighing failed, trying again in the next period');
    }
  }

  async function weighEachPeriod(): Promise<void> {
    while (!either.aborted) {
      await sleep(config.evaluation.everyMs, undefined, { signal: either, ref: false }).catch(() => {});
      if (either.aborted) return;
      await measureLag();
      // Even without records of its own a worker meets what others have stored, and notes the links it finds.
      await pipeline.process({ posts: [], appeals: [] });
      if (state.isWeigher) await weighNow();
    }
  }
}

function toSourceRecord({ topic, partition, offset, key, value, timestampMs }: BrokerRecord): SourceRecord {
  return { topic, partition, offset, key, value, observedAtMs: timestampMs };
}

/** The callbacks of a weigher that count what it does. */
export function weigherMetrics(metrics: Metrics): Pick<WeigherParts, 'onWeighed' | 'onTold'> {
  return {
    onWeighed(signals, seconds) {
      metrics.signalsEvaluated.inc(signals.length);
      metrics.evaluationSeconds.observe(seconds);
    },
    onTold(messages) {
      for (const { value } of messages) {
        metrics.alertsPublished.inc({ subscription: value.subscription, change: value.change });
      }
    },
  };
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
