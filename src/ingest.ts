import type { RecordKind, RefusedRecord } from './api/deps.ts';
import type { Outcome, Pipeline } from './pipeline.ts';
import type { SourceRecord } from './post/source-record.ts';

/** Takes the records of one request in; resolves when they are stored, to those that were refused. */
export type Ingest = (kind: RecordKind, values: readonly Uint8Array[]) => Promise<RefusedRecord[]>;

interface Waiting {
  kind: RecordKind;
  records: readonly SourceRecord[];
  resolve: (refused: RefusedRecord[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Feeds a pipeline from requests. An insert costs the same for one row as for a thousand, so the requests that come while
 * one intake is at work make the next one together.
 */
export function createIngest(pipeline: Pipeline, onStored: (outcome: Outcome, records: number) => void): Ingest {
  let serial = 0;
  let waiting: Waiting[] = [];
  let isAtWork = false;

  return (kind, values) =>
    new Promise((resolve, reject) => {
      waiting.push({ kind, records: values.map(toRecord), resolve, reject });
      if (!isAtWork) void work();
    });

  async function work(): Promise<void> {
    isAtWork = true;
    while (waiting.length > 0) {
      const requests = waiting;
      waiting = [];
      const recordsOf = (kind: RecordKind) =>
        requests.filter((request) => request.kind === kind).flatMap(({ records }) => records);
      const intake = { posts: recordsOf('post'), appeals: recordsOf('appeal') };
      try {
        // The client is told of each refusal, so they are no reason to stop a pipeline that others feed.
        const outcome = await pipeline.process(intake, { countInvalid: false });
        onStored(outcome, intake.posts.length + intake.appeals.length);
        for (const request of requests) request.resolve(refusedOf(request, outcome));
      } catch (error) {
        for (const request of requests) request.reject(error);
      }
    }
    isAtWork = false;
  }

  /** HTTP gives no offset: the time and a serial number order what comes in, and name it among the dead letters. */
  function toRecord(value: Uint8Array): SourceRecord {
    const observedAtMs = Date.now();
    serial = (serial + 1) % (1 << 20);
    const offset = (BigInt(observedAtMs) << 20n) + BigInt(serial);
    return { topic: 'http', partition: 0, offset, key: null, value, observedAtMs };
  }
}

function refusedOf({ records }: Waiting, { refused }: Outcome): RefusedRecord[] {
  const index = new Map(records.map((record, i) => [record, i]));
  return refused.flatMap(({ record, reason, message }) => {
    const i = index.get(record);
    return i === undefined ? [] : [{ index: i, reason, message }];
  });
}
