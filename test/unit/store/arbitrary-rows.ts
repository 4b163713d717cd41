import fc from 'fast-check';
import type { Tables } from '../../../src/store/rows.ts';

/** Texts on which stores have been known to stumble: broken UTF-16, NUL, quotes, lengths around those of a LEB128 group. */
const nastyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    '',
    '\ud800',
    'a\udc00b',
    '\0',
    "'",
    '\\',
    '\t\r\n',
    '😀',
    'ы'.repeat(43),
    '\u2028\ufeff',
    '\\N',
    '\ud83d',
  ),
  fc
    .constantFrom(42, 43, 127, 128, 5461, 5462, 16_384, 65_536)
    .chain((length) => fc.constantFrom('x', 'ж', '\u20ac').map((unit) => unit.repeat(length))),
);
const word = fc.constantFrom('', 'kk', 'KZ-75', 'Алматы', "o'clock", '\ud800');
const uint64 = fc.oneof(fc.bigInt(0n, 2n ** 64n - 1n), fc.constantFrom(0n, 2n ** 64n - 1n, 2n ** 63n));
const int64 = fc.oneof(fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n), fc.constantFrom(-1n, 0n));
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const count = fc.oneof(fc.nat(), fc.maxSafeNat(), fc.constant(Number.MAX_SAFE_INTEGER));
const time = fc.oneof(
  fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) }),
  fc.constantFrom(0, 1, 999, Date.UTC(2100, 0, 1), Date.UTC(2026, 1, 28, 23, 59, 59, 999)),
);
const float32 = fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const float64 = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const bytes = fc.uint8Array({ maxLength: 300 });
const words = fc.array(word, { maxLength: 4 });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });

/** Any row that a table may be given. */
const rows: { readonly [T in keyof Tables]: fc.Arbitrary<Tables[T]> } = {
  posts: fc.record({
    platform: word,
    id: nastyText,
    kind: word,
    published_at: time,
    observed_at: time,
    version: uint64,
    ingested_at: time,
    worker: word,
    topic: word,
    partition: int32,
    offset: int64,
    text: nastyText,
    url: nastyText,
    author: uint64,
    author_followers: maybe(count),
    author_created_at: maybe(time),
    author_verified: maybe(fc.boolean()),
    author_region: word,
    author_settlement: word,
    channel: uint64,
    channel_kind: word,
    channel_members: maybe(count),
    channel_region: word,
    views: maybe(count),
    likes: maybe(count),
    comments: maybe(count),
    shares: maybe(count),
    repost_of: nastyText,
    in_reply_to: nastyText,
    language: word,
    language_confidence: float32,
    language_other: word,
    script: word,
    agencies: words,
    themes: words,
    region: word,
    region_source: word,
    stance: word,
    cluster: nastyText,
    copy: fc.boolean(),
    fingerprint: bytes,
    reach_low: float32,
    reach_mid: float32,
    reach_high: float32,
    links: fc.array(uint64, { maxLength: 4 }),
  }),
  cluster_links: fc.record({ cluster: nastyText, root: nastyText, linked_at: time, version: uint64 }),
  appeals: fc.record({
    system: word,
    id: nastyText,
    received_at: time,
    observed_at: time,
    version: uint64,
    ingested_at: time,
    topic: word,
    partition: int32,
    offset: int64,
    agency: word,
    region: word,
    themes: words,
    text: nastyText,
    count: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
    kind: word,
    escalated: fc.boolean(),
    status: word,
  }),
  dead_letters: fc.record({
    topic: word,
    partition: int32,
    offset: int64,
    kind: word,
    reason: word,
    message: nastyText,
    key: nastyText,
    payload: bytes,
    observed_at: time,
    requeued_at: maybe(time),
    version: uint64,
  }),
  signals: fc.record({
    id: nastyText,
    agency: word,
    region: word,
    theme: word,
    window_from: time,
    window_to: time,
    posts: count,
    statements: count,
    authors: count,
    net_reach: float64,
    rate_per_100k: float64,
    label: word,
    score: float64,
    rule: word,
    signal: nastyText,
    evaluated_at: time,
    version: uint64,
  }),
  verdicts: fc.record({
    agency: word,
    region: word,
    theme: word,
    window_from: time,
    window_to: time,
    label: word,
    score: float64,
    rule: word,
    posts: count,
    statements: count,
    authors: count,
    appeals: count,
    evaluated_at: time,
    version: uint64,
  }),
  alerts: fc.record({
    subscription: word,
    cell: nastyText,
    signal_id: nastyText,
    change: word,
    label: word,
    score: float64,
    ce_id: nastyText,
    changed_at: time,
    version: uint64,
  }),
};

export function anyRow<T extends keyof Tables>(table: T): fc.Arbitrary<Tables[T]> {
  return rows[table];
}

const smallRows: { [T in keyof Tables]?: Tables[T] } = {};

/** One small row, the same each time it is asked for. */
export function someRow<T extends keyof Tables>(table: T, changes: Partial<Tables[T]> = {}): Tables[T] {
  return { ...smallRow(table), ...changes };
}

function smallRow<T extends keyof Tables>(table: T): Tables[T] {
  const known: Tables[T] | undefined = smallRows[table];
  if (known !== undefined) return known;
  const drawn = fc.sample(anyRow(table), { numRuns: 100, seed: 1 });
  const smallest = drawn.reduce((least, row) => (textLength(row) < textLength(least) ? row : least));
  smallRows[table] = smallest;
  return smallest;
}

function textLength(row: object): number {
  return Object.values(row).reduce((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0);
}
