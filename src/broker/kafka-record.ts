import type kafkajs from 'kafkajs';
import type { BrokerRecord } from './broker.ts';
import type { FetchedRecords } from './consumption.ts';

const NO_HEADERS: BrokerRecord['headers'] = Object.freeze({});

/** What kafkajs fetched of one partition, in our terms; `undefined` when there is nothing to show. */
export function fetchedFrom(batch: kafkajs.Batch): FetchedRecords | undefined {
  const { topic, partition, messages } = batch;
  const [first] = messages;
  if (first === undefined) return undefined;
  const records: BrokerRecord[] = messages.map(({ offset, key, value, timestamp, headers }) => ({
    topic,
    partition,
    offset: BigInt(offset),
    key,
    value,
    timestampMs: Number(timestamp),
    headers: headers === undefined ? NO_HEADERS : headersOf(headers),
  }));
  // Not among its types, but it alone tells a gap from records that compaction has removed.
  const from = 'fetchedOffset' in batch ? String(batch.fetchedOffset) : first.offset;
  return { topic, partition, from: BigInt(from), next: BigInt(batch.lastOffset()) + 1n, records };
}

function headersOf(headers: kafkajs.IHeaders): BrokerRecord['headers'] {
  const names = Object.keys(headers);
  if (names.length === 0) return NO_HEADERS;
  const plain: Record<string, Uint8Array> = {};
  for (const name of names) {
    const header = headers[name];
    const value = Array.isArray(header) ? header.at(-1) : header;
    if (value !== undefined) plain[name] = typeof value === 'string' ? Buffer.from(value) : value;
  }
  return plain;
}
