import { isUtf8, transcode } from 'node:buffer';
import { randomInt } from 'node:crypto';
import type { Refusal } from './validate.ts';

/** The largest record parsed, in bytes: a text of 65,536 units takes at most 400 KB with every unit escaped. */
const MAX_RECORD_BYTES = 1_048_576;

/** Records parsed as one: most of the cost of a short record is the call. */
const MAX_AT_ONCE = 100;
const MAX_BYTES_AT_ONCE = 262_144;

const OPENING = Buffer.from('[');
const CLOSING = Buffer.from(']');

/** The JSON value of a record, or why it has none. */
export type Parsed = { json: unknown } | Refusal;

/**
 * Parses records, a hundred at once as one JSON array where they let themselves be parsed so: three times as fast as one
 * after another. Each has the outcome it has alone.
 */
export function parseRecords(records: readonly (Uint8Array | null)[]): Parsed[] {
  const parsed: Parsed[] = [];
  for (let from = 0; from < records.length; ) {
    const to = endOfPortion(records, from);
    const portion = records.slice(from, to);
    parsed.push(...(parseTogether(portion) ?? portion.map(parseRecord)));
    from = to;
  }
  return parsed;
}

/** Parses one record. */
export function parseRecord(record: Uint8Array | null): Parsed {
  if (record === null || record.length === 0) {
    const message = record === null ? 'a tombstone: the record has no value' : 'the record is empty';
    return { reason: 'empty', message };
  }
  if (record.length > MAX_RECORD_BYTES) {
    return { reason: 'too-large', message: `${record.length} bytes, at most ${MAX_RECORD_BYTES} are read` };
  }
  if (!isUtf8(record)) return { reason: 'invalid-utf8', message: 'the record is not valid UTF-8' };
  try {
    return { json: JSON.parse(decode(withoutByteOrderMark(record))) };
  } catch (error) {
    // V8 quotes the input in its message; the payload is stored beside the reason, so only the gist is kept.
    const message = error instanceof Error ? error.message.slice(0, 200) : 'not JSON';
    return { reason: 'malformed-json', message };
  }
}

function endOfPortion(records: readonly (Uint8Array | null)[], from: number): number {
  let bytes = 0;
  let to = from;
  while (to < records.length && to < from + MAX_AT_ONCE && bytes < MAX_BYTES_AT_ONCE)
    bytes += records[to++]?.length ?? 0;
  return to;
}

/**
 * Parses `[record, mark, record, mark …]`, where no record can know the mark. When every second element is the mark, each
 * record was one JSON value by itself, and no two broken ones have mended each other. Undefined when it is not so.
 */
function parseTogether(records: readonly (Uint8Array | null)[]): Parsed[] | undefined {
  const mark = randomInt(2 ** 29, 2 ** 30);
  const separator = Buffer.from(`,${mark},`);
  const pieces: Uint8Array[] = [];
  for (const record of records) {
    if (record === null || record.length === 0 || record.length > MAX_RECORD_BYTES) return undefined;
    pieces.push(pieces.length === 0 ? OPENING : separator, withoutByteOrderMark(record));
  }
  const joined = Buffer.concat([...pieces, CLOSING]);
  if (!isUtf8(joined)) return undefined;
  const values = parseArray(joined);
  if (values.length !== 2 * records.length - 1) return undefined;
  const parsed: Parsed[] = [];
  for (let i = 0; i < values.length; i += 2) {
    if (i > 0 && values[i - 1] !== mark) return undefined;
    parsed.push({ json: values[i] });
  }
  return parsed;
}

/** Empty where the bytes are no JSON array. */
function parseArray(utf8: Uint8Array): unknown[] {
  try {
    const values: unknown = JSON.parse(decode(utf8));
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}

function withoutByteOrderMark(utf8: Uint8Array): Uint8Array {
  const hasByteOrderMark = utf8[0] === 0xef && utf8[1] === 0xbb && utf8[2] === 0xbf;
  return hasByteOrderMark ? utf8.subarray(3) : utf8;
}

/** A quarter faster than `TextDecoder`, which matters since decoding is most of parsing. */
function decode(utf8: Uint8Array): string {
  return transcode(utf8, 'utf8', 'utf16le').toString('utf16le');
}
