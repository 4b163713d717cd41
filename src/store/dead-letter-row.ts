import { type SourceRecord, versionOf } from '../post/source-record.ts';
import type { Refusal } from '../post/validate.ts';
import type { DeadLetterRow } from './rows.ts';

/** A refused record, with why and where it came from. */
export interface DeadLetter extends Refusal {
  kind: 'post' | 'appeal';
  record: SourceRecord;
}

/** The row of table `dead_letters` that holds a refused record. A tombstone has an empty payload. */
export function toDeadLetterRow({ kind, record, reason, message }: DeadLetter): DeadLetterRow {
  return {
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    kind,
    reason,
    message,
    key: record.key === null ? '' : Buffer.from(record.key).toString('utf8'),
    payload: record.original ?? record.value ?? new Uint8Array(0),
    observed_at: record.observedAtMs,
    requeued_at: null,
    version: versionOf(record),
  };
}
