import { SalmaqError } from '../errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const LINE_FEED = 0x0a;
const SPACES: readonly number[] = [0x20, 0x09, LINE_FEED, 0x0d];

/** What a client may send records as. */
export const RECORD_TYPES = ['application/json', 'application/x-ndjson'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/**
 * The bytes of each record in a body, as they came: a refused one is kept as it was sent. Views, no copies.
 *
 * JSON is an array of objects or a single one. Of NDJSON each line is a record, good or bad; blank lines are passed by.
 *
 * @throws SalmaqError `SLM_INPUT` for a body that is empty or no JSON, or an array of something else.
 */
export function splitRecords(type: RecordType, body: Uint8Array): Uint8Array[] {
  const bytes = withoutMark(body);
  return type === 'application/json' ? splitJson(bytes) : splitLines(bytes);
}

function splitJson(bytes: Uint8Array): Uint8Array[] {
  const json = parse(bytes);
  const values: unknown[] = Array.isArray(json) ? json : [json];
  const stranger = values.findIndex((value) => typeof value !== 'object' || value === null || Array.isArray(value));
  if (stranger >= 0) {
    const what = Array.isArray(json) ? `element ${stranger} of the array` : 'the body';
    throw new SalmaqError('SLM_INPUT', `${what} is no JSON object`, { hint: 'send an object or an array of objects' });
  }
  return Array.isArray(json) ? splitArray(bytes) : [bytes];
}

/** Bytes that are no UTF-8 pass here, inside of strings, so that only the record they stand in is refused. */
function parse(bytes: Uint8Array): unknown {
  if (bytes.every((byte) => SPACES.includes(byte))) throw new SalmaqError('SLM_INPUT', 'the body is empty');
  try {
    return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'not JSON';
    throw new SalmaqError('SLM_INPUT', `the body is not JSON: ${reason}`, {
      hint: 'send one object a line as application/x-ndjson to have bad ones refused one by one',
    });
  }
}

/** The elements of an array known to be valid JSON and to hold objects only. */
function splitArray(bytes: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  let depth = 0;
  let start = -1;
  let isString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (isString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) isString = false;
      continue;
    }
    if (byte === QUOTE) isString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth++;
      if (depth === 2) start = i;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      depth--;
      if (depth === 1) records.push(bytes.subarray(start, i + 1));
    }
  }
  return records;
}

function splitLines(bytes: Uint8Array): Uint8Array[] {
  const records: Uint8Array[] = [];
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const line = trimmed(bytes.subarray(start, end));
    if (line.length > 0) records.push(line);
    start = end + 1;
  }
  return records;
}

function trimmed(line: Uint8Array): Uint8Array {
  let from = 0;
  let to = line.length;
  while (from < to && SPACES.includes(line[from] ?? 0)) from++;
  while (to > from && SPACES.includes(line[to - 1] ?? 0)) to--;
  return line.subarray(from, to);
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}
