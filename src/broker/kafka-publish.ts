import kafkajs from 'kafkajs';
import type { OutgoingRecord } from './broker.ts';
import { brokerError, isRecordTooLarge, missingTopic, recordTooLarge } from './failures.ts';
import type { KafkaAdmin } from './kafka-admin.ts';
import type { KafkaSettings } from './settings.ts';

/** kafkajs sends what it is given for a partition as one batch, and a topic limits batches, so they are kept small. */
const REQUEST_BYTES = 512 * 1_024;
const REQUEST_RECORDS = 1_000;
/** What Kafka's format adds to the key, the value and the headers of a record, at most. */
const RECORD_OVERHEAD_BYTES = 64;

/** Publishes to Kafka: idempotently, acknowledged by all in-sync replicas, compressed with gzip. */
export class KafkaPublisher {
  private readonly kafka: kafkajs.Kafka;
  private readonly admin: KafkaAdmin;
  private readonly settings: KafkaSettings;
  /** Topics known to exist, and how much is sent to each at once. */
  private readonly requestBytes = new Map<string, number>();
  private connected: Promise<kafkajs.Producer> | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(kafka: kafkajs.Kafka, admin: KafkaAdmin, settings: KafkaSettings) {
    this.kafka = kafka;
    this.admin = admin;
    this.settings = settings;
  }

  /** As `Broker.publish` says. Calls are carried out one after another. */
  publish(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    const published = this.last.then(() => this.publishNow(topic, records));
    this.last = published.catch(() => {});
    return published;
  }

  async close(): Promise<void> {
    await this.last;
    await this.replace();
  }

  private async publishNow(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    if (records.length === 0) return;
    const maxBytes = this.requestBytes.get(topic) ?? (await this.look(topic));
    for (const messages of requestsOf(records, maxBytes)) await this.send(topic, messages);
  }

  /** Asks for a topic before writing to it: kafkajs would try a missing one again and again. */
  private async look(topic: string): Promise<number> {
    const { topics } = await this.admin.inspect({ topics: [topic] });
    const [found] = topics;
    if (found === undefined || !found.exists) throw missingTopic([topic]);
    const maxBytes = Math.min(REQUEST_BYTES, found.maxMessageBytes ?? REQUEST_BYTES);
    this.requestBytes.set(topic, maxBytes);
    return maxBytes;
  }

  private async send(topic: string, messages: kafkajs.Message[]): Promise<void> {
    try {
      this.connected ??= this.connect();
      const producer = await this.connected;
      await producer.send({ topic, messages, acks: -1, compression: kafkajs.CompressionTypes.GZIP });
    } catch (error) {
      await this.replace();
      // The topic may have been deleted, or its limit lowered.
      this.requestBytes.delete(topic);
      const tooLarge = recordTooLarge(topic, Math.max(...messages.map(sizeOf)), error);
      throw isRecordTooLarge(tooLarge) ? tooLarge : brokerError(`publishing to "${topic}" failed`, error);
    }
  }

  private async connect(): Promise<kafkajs.Producer> {
    const producer = this.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: stablePartitioner,
      retry: { retries: this.settings.retries },
    });
    await producer.connect();
    return producer;
  }

  /**
   * Gives a producer up. After a failure its sequence numbers are behind those of the partitions that took their share:
   * the broker would take the next records for repetitions and drop them with a success.
   */
  private async replace(): Promise<void> {
    const producer = await this.connected?.catch(() => undefined);
    this.connected = undefined;
    await producer?.disconnect().catch(() => {});
  }
}

/**
 * Kafka's own partitioning, decided once a record. kafkajs asks again when it repeats a request, and deals records
 * without a key out anew: under the sequence numbers of the first attempt that loses some and doubles others.
 */
function stablePartitioner(): ReturnType<kafkajs.ICustomPartitioner> {
  const partitionOf = kafkajs.Partitioners.DefaultPartitioner();
  const decided = new WeakMap<kafkajs.Message, number>();
  return (args) => {
    const partition = decided.get(args.message) ?? partitionOf(args);
    decided.set(args.message, partition);
    return partition;
  };
}

function* requestsOf(records: readonly OutgoingRecord[], maxBytes: number): Generator<kafkajs.Message[]> {
  let messages: kafkajs.Message[] = [];
  let bytes = 0;
  for (const record of records) {
    const message = messageOf(record);
    const size = sizeOf(message);
    if (messages.length > 0 && (bytes + size > maxBytes || messages.length >= REQUEST_RECORDS)) {
      yield messages;
      messages = [];
      bytes = 0;
    }
    messages.push(message);
    bytes += size;
  }
  yield messages;
}

function messageOf({ key, value, headers, timestampMs }: OutgoingRecord): kafkajs.Message {
  return {
    key: key === undefined ? null : bufferOf(key),
    value: value === null ? null : bufferOf(value),
    ...(timestampMs === undefined ? {} : { timestamp: String(timestampMs) }),
    ...(headers === undefined
      ? {}
      : { headers: Object.fromEntries(Object.entries(headers).map(([name, header]) => [name, bufferOf(header)])) }),
  };
}

function bufferOf(value: string | Uint8Array): Buffer {
  return typeof value === 'string' ? Buffer.from(value) : Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

function sizeOf({ key, value, headers }: kafkajs.Message): number {
  let bytes = RECORD_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, header] of Object.entries(headers ?? {})) bytes += 3 * name.length + (header?.length ?? 0);
  return bytes;
}
