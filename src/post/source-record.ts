import type { Refusal } from './validate.ts';

/** A record as a source delivers it, with where it came from. The origin is its natural key. */
export interface SourceRecord {
  /** Kafka topic, `file:<path>` or `http`. */
  topic: string;
  partition: number;
  /** Kafka offset, line number from 1, or a hash of the bytes. */
  offset: bigint;
  key: Uint8Array | null;
  value: Uint8Array | null;
  /** The bytes as they came, where `value` is a translation of them (a CSV line as JSON). */
  original?: Uint8Array;
  /** Set where the source could not translate it: the record is refused unread. */
  refusal?: Refusal;
  /** When the record was written, in Unix milliseconds. */
  observedAtMs: number;
}

const POSITION_BITS = 20n;

/**
 * The order of observation of a record: the later one of two observations of a post has the higher version. The same
 * record always has the same version, so that processing it twice changes nothing.
 */
export function versionOf(record: Pick<SourceRecord, 'observedAtMs' | 'offset'>): bigint {
  return (BigInt(record.observedAtMs) << POSITION_BITS) + BigInt.asUintN(Number(POSITION_BITS), record.offset);
}
