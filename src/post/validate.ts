import { isUtf8, transcode } from 'node:buffer';
import type { z } from 'zod';
import { type Appeal, appealSchema } from './appeal.ts';
import { MAX_AHEAD_MS, type Post, postSchema } from './post.ts';

/** Why a record was refused. The codes are stable: they are stored, counted and shown. */
export type RefusalReason =
  | 'empty'
  | 'too-large'
  | 'invalid-utf8'
  | 'malformed-json'
  | 'schema'
  | 'future-time'
  | 'unknown-agency'
  | 'unknown-theme';

/** A refused record: the code and a sentence that says what is wrong with it. */
export interface Refusal {
  reason: RefusalReason;
  message: string;
}

export type Validated<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** The largest record parsed, in bytes: a text of 65,536 units takes at most 400 KB with every unit escaped. */
export const MAX_RECORD_BYTES = 1_048_576;

/** Parses and checks one post record. `nowMs` is the clock that `publishedAt` must not run ahead of. Never throws. */
export function validatePost(record: Uint8Array | null, nowMs: number): Validated<Post> {
  return validate(record, postSchema, (post) => post.publishedAt, nowMs);
}

/** Parses and checks one appeal record. Never throws. */
export function validateAppeal(record: Uint8Array | null, nowMs: number): Validated<Appeal> {
  return validate(record, appealSchema, (appeal) => appeal.receivedAt, nowMs);
}

function validate<T>(
  record: Uint8Array | null,
  schema: z.ZodType<T>,
  timeOf: (value: T) => string,
  nowMs: number,
): Validated<T> {
  if (record === null || record.length === 0) {
    return refused('empty', record === null ? 'a tombstone: the record has no value' : 'the record is empty');
  }
  if (record.length > MAX_RECORD_BYTES) {
    return refused('too-large', `${record.length} bytes, at most ${MAX_RECORD_BYTES} are read`);
  }
  if (!isUtf8(record)) return refused('invalid-utf8', 'the record is not valid UTF-8');
  let json: unknown;
  try {
    json = JSON.parse(decode(record));
  } catch (error) {
    // V8 quotes the input in its message; the payload is stored beside the reason, so only the gist is kept.
    return refused('malformed-json', error instanceof Error ? error.message.slice(0, 200) : 'not JSON');
  }
  let parsed = schema.safeParse(json);
  // Many producers write null for what they do not have. Only where it matters, since most records have none.
  if (!parsed.success && hasNull(json)) parsed = schema.safeParse(withoutNulls(json));
  if (!parsed.success) return refused('schema', describeIssues(parsed.error));
  const time = Date.parse(timeOf(parsed.data));
  if (time > nowMs + MAX_AHEAD_MS) {
    return refused('future-time', `${timeOf(parsed.data)} is more than 10 minutes ahead of the clock`);
  }
  return { ok: true, value: parsed.data };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a field of the record, or of one of its parts, is null. Nothing lies deeper. */
function hasNull(json: unknown): boolean {
  const fields = isObject(json) ? Object.values(json) : [];
  return fields.some((field) => field === null || (isObject(field) && Object.values(field).includes(null)));
}

function withoutNulls(json: unknown): unknown {
  return isObject(json)
    ? Object.fromEntries(
        Object.entries(dropNulls(json)).map(([name, field]) => [name, isObject(field) ? dropNulls(field) : field]),
      )
    : json;
}

function dropNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== null));
}

/** A quarter faster than `TextDecoder`, which matters since decoding is most of parsing. */
function decode(utf8: Uint8Array): string {
  const hasByteOrderMark = utf8[0] === 0xef && utf8[1] === 0xbb && utf8[2] === 0xbf;
  return transcode(hasByteOrderMark ? utf8.subarray(3) : utf8, 'utf8', 'utf16le').toString('utf16le');
}

/** One line for all that is wrong: `author.id: …; metrics.views: …`. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`).join('; ');
}

function refused(reason: RefusalReason, message: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { reason, message } };
}
