import type { BrokerRecord, OutgoingRecord, TopicPartition } from './broker.ts';
import type { TopicSpec } from './inspection.ts';

/** Kafka's default of `max.message.bytes`. */
const MAX_MESSAGE_BYTES = 1_048_588;

export interface MemoryPartition extends TopicPartition {
  records: BrokerRecord[];
}

/** A topic of the broker in memory. */
export class MemoryTopic {
  readonly topic: string;
  readonly partitions: readonly MemoryPartition[];
  readonly maxMessageBytes: number;
  isDeleted = false;
  private turn = 0;
  private readonly listeners = new Set<() => void>();

  constructor({ topic, partitions, config }: TopicSpec) {
    this.topic = topic;
    this.partitions = Array.from({ length: partitions }, (_, partition) => ({ topic, partition, records: [] }));
    this.maxMessageBytes = Number(config?.['max.message.bytes'] ?? MAX_MESSAGE_BYTES);
  }

  /** False when the record is too large. */
  append(record: OutgoingRecord): boolean {
    const key = record.key === undefined ? null : bytesOf(record.key);
    const value = record.value === null ? null : bytesOf(record.value);
    if ((key?.length ?? 0) + (value?.length ?? 0) > this.maxMessageBytes) return false;
    const headers: Record<string, Uint8Array> = {};
    for (const [name, header] of Object.entries(record.headers ?? {})) headers[name] = bytesOf(header);
    const index = (key === null ? this.turn++ : hashOf(key)) % this.partitions.length;
    const part = this.partitions[index];
    part?.records.push({
      topic: this.topic,
      partition: index,
      offset: BigInt(part.records.length),
      key,
      value,
      timestampMs: record.timestampMs ?? Date.now(),
      headers,
    });
    this.notify();
    return true;
  }

  delete(): void {
    this.isDeleted = true;
    this.notify();
  }

  /** Calls back at each change, until what it returns is called. */
  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

function bytesOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

/** FNV-1a: which partition a key goes to need not be Kafka's, only always the same. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
