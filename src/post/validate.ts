import { type Appeal, appealSchema } from './appeal.ts';
import { type Checked, createCheck } from './check.ts';
import { type Parsed, parseRecord, parseRecords } from './parse.ts';
import { MAX_AHEAD_MS, type Post, postSchema } from './post.ts';

export { describeIssues } from './check.ts';

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

type Bytes = Uint8Array | null;

const checkPost = createCheck(postSchema);
const checkAppeal = createCheck(appealSchema);

/** Parses and checks post records. `nowMs` is the clock that `publishedAt` must not run ahead of. Never throws. */
export function validatePosts(records: readonly Bytes[], nowMs: number): Validated<Post>[] {
  return parseRecords(records).map((parsed) => toPost(parsed, nowMs));
}

/** Parses and checks one post record. */
export function validatePost(record: Bytes, nowMs: number): Validated<Post> {
  return toPost(parseRecord(record), nowMs);
}

/** Parses and checks appeal records. Never throws. */
export function validateAppeals(records: readonly Bytes[], nowMs: number): Validated<Appeal>[] {
  return parseRecords(records).map((parsed) => toAppeal(parsed, nowMs));
}

/** Parses and checks one appeal record. */
export function validateAppeal(record: Bytes, nowMs: number): Validated<Appeal> {
  return toAppeal(parseRecord(record), nowMs);
}

function toPost(parsed: Parsed, nowMs: number): Validated<Post> {
  return validate(parsed, checkPost, (post) => post.publishedAt, nowMs);
}

function toAppeal(parsed: Parsed, nowMs: number): Validated<Appeal> {
  return validate(parsed, checkAppeal, (appeal) => appeal.receivedAt, nowMs);
}

function validate<T>(
  parsed: Parsed,
  check: (json: unknown) => Checked<T>,
  timeOf: (value: T) => string,
  nowMs: number,
): Validated<T> {
  if (!('json' in parsed)) return { ok: false, refusal: parsed };
  const checked = check(parsed.json);
  if (!checked.ok) return { ok: false, refusal: { reason: 'schema', message: checked.message } };
  const time = timeOf(checked.value);
  if (Date.parse(time) > nowMs + MAX_AHEAD_MS) {
    const message = `${time} is more than 10 minutes ahead of the clock`;
    return { ok: false, refusal: { reason: 'future-time', message } };
  }
  return checked;
}
