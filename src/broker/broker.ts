import type { BrokerInspection, InspectOptions, TopicSpec } from './inspection.ts';

export interface TopicPartition {
  topic: string;
  partition: number;
}

/** A record as it was read. A tombstone has a `null` value. */
export interface BrokerRecord extends TopicPartition {
  offset: bigint;
  key: Uint8Array | null;
  value: Uint8Array | null;
  /** When the record was produced, or appended if the topic says so; milliseconds since 1970. */
  timestampMs: number;
  /** Of a header given more than once, the last one. */
  headers: Readonly<Record<string, Uint8Array>>;
}

export interface OutgoingRecord {
  /** Records of one key go to one partition, in order. Without a key any partition is taken. */
  key?: string | Uint8Array;
  value: string | Uint8Array | null;
  headers?: Readonly<Record<string, string | Uint8Array>>;
  /** Default: now. */
  timestampMs?: number;
}

/** Who may still write what was read from a partition, as far as this process can know. */
export interface Lease {
  /**
   * Whether the partition is still ours: the group's generation in which its records were read is still the current one,
   * and the coordinator heard of us within the session timeout.
   */
  isHeld(topic: string, partition: number): boolean;
  /**
   * To be called right before an insert. Throws `SLM_FENCED` when any partition of the gathering is lost; let it
   * out of `onBatch`: the gathering is then given up and consuming goes on with what is owned now.
   */
  assertHeld(): void;
}

/** Records of all partitions owned, gathered for one insert; in offset order within a partition. Never empty. */
export interface RecordBatch {
  readonly records: readonly BrokerRecord[];
  readonly lease: Lease;
}

/** A gathering is handed over when one of these is reached. */
export interface GatherLimits {
  maxRecords: number;
  /** Bytes of keys and values. A single larger record makes a gathering of its own. */
  maxBytes: number;
  /** Since the first record of the gathering was read, milliseconds. */
  maxWaitMs: number;
}

export interface ConsumeOptions {
  topics: readonly string[];
  groupId: string;
  /** Where a group that has never committed starts: at the oldest record, or after the newest. */
  fromBeginning: boolean;
  gather: GatherLimits;
  /** Aborting drains: what was gathered is handed over and committed, then the group is left. */
  signal: AbortSignal;
  /** Called with one gathering at a time. Its offsets are committed after it resolves, and only then. */
  onBatch(batch: RecordBatch): Promise<void>;
  /**
   * Called with all partitions now owned, in every new generation of the group and with none when partitions are lost or
   * the group is left. Records of the new generation are handed over after it resolves.
   */
  onAssignment?(owned: readonly TopicPartition[]): Promise<void> | void;
}

/**
 * A message broker: Kafka, or its twin in memory.
 *
 * What {@link Broker.consume} guarantees is *at least once*: every record is handed to an `onBatch` that resolves, by
 * some member of the group, before its offset is committed. A record is handed over again after a crash, after
 * `onBatch` rejected, or when a partition was lost while it was at work; so what `onBatch` writes has to be idempotent.
 * In an orderly stop or rebalance nothing is handed over twice: the gathering at work is finished and committed first.
 */
export interface Broker {
  /**
   * Reads the topics as a member of the group. Resolves when `signal` has been aborted and all is drained.
   *
   * While `onBatch` is at work the next gathering is filled, then reading waits: at most two gatherings and what one
   * fetch returned are in memory, and nothing is dropped. Heartbeats go on all the while, so `onBatch` may take its time,
   * but only until a rebalance has waited `rebalanceTimeoutMs` for it: then its partitions are lost.
   *
   * Rejects with what `onBatch` rejected with (nothing of that gathering is committed), unless it is `SLM_FENCED`;
   * with `SLM_BROKER` when a topic is missing, the broker cannot be reached at start, or reading fails for good.
   */
  consume(options: ConsumeOptions): Promise<void>;
  /**
   * Writes records and resolves when all in-sync replicas have them. Rejects with `SLM_BROKER`, when some of
   * the records may have been written; `isRecordTooLarge` tells whether one was larger than the topic takes.
   */
  publish(topic: string, records: readonly OutgoingRecord[]): Promise<void>;
  /** Names of the topics there are, internal ones left out. */
  topics(): Promise<string[]>;
  /** Creates those that are missing and returns their names. The only call that creates a topic. */
  createTopics(topics: readonly TopicSpec[]): Promise<string[]>;
  inspect(options: InspectOptions): Promise<BrokerInspection>;
  /** Ends the connections of publishing and inspecting. A consumer is ended by its signal. */
  close(): Promise<void>;
}
