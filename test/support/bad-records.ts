import type { RefusalReason } from '../../src/post/validate.ts';

/** A record as the broker may hand it over, and the one outcome it must have at {@link BAD_RECORDS_NOW_MS}. */
export interface BadRecord {
  name: string;
  /** `null` is a tombstone. */
  bytes: Uint8Array | null;
  outcome: 'accepted' | RefusalReason;
}

/** The clock the outcomes hold for. */
export const BAD_RECORDS_NOW_MS = Date.parse('2026-03-02T00:00:00Z');

const post = {
  id: 'b1',
  platform: 'telegram',
  text: 'Ауылда су жоқ',
  publishedAt: '2026-03-01T08:00:00Z',
  author: { id: 'u1' },
};
const appeal = {
  id: 'b1',
  system: 'e-otinish',
  receivedAt: '2026-03-01T08:00:00Z',
  agency: 'akimat_turkistan',
  theme: 'water',
};

/** A whole and proper post with `changes`; `undefined` takes a field away. */
export function goodPost(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...post, ...changes };
}

/** A whole and proper appeal with `changes`; `undefined` takes a field away. */
export function goodAppeal(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { ...appeal, ...changes };
}

export function bytesOf(record: unknown): Uint8Array {
  return Buffer.from(typeof record === 'string' ? record : JSON.stringify(record), 'utf8');
}

const withPost = (
  name: string,
  outcome: BadRecord['outcome'],
  changes: Readonly<Record<string, unknown>>,
): BadRecord => ({
  name,
  bytes: bytesOf(goodPost({ id: name, ...changes })),
  outcome,
});
const withAppeal = (
  name: string,
  outcome: BadRecord['outcome'],
  changes: Readonly<Record<string, unknown>>,
): BadRecord => ({
  name,
  bytes: bytesOf(goodAppeal({ id: name, ...changes })),
  outcome,
});
const raw = (name: string, outcome: BadRecord['outcome'], text: string): BadRecord => ({
  name,
  bytes: bytesOf(text),
  outcome,
});

/** Puts raw JSON where a proper post has the text `RAW`. */
const postWithRaw = (id: string, changes: Readonly<Record<string, unknown>>, json: string) =>
  JSON.stringify(goodPost({ id, ...changes })).replace('"RAW"', json);

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

export const badPosts: readonly BadRecord[] = [
  { name: 'tombstone', bytes: null, outcome: 'empty' },
  { name: 'empty record', bytes: new Uint8Array(0), outcome: 'empty' },
  raw('only spaces', 'malformed-json', '   '),
  raw('cut off', 'malformed-json', '{"id":"cut off","platform":"vk","text":"су'),
  raw('two values', 'malformed-json', `${JSON.stringify(post)}${JSON.stringify(post)}`),
  raw('single quotes', 'malformed-json', "{'id':'1'}"),
  raw('NaN as a number', 'malformed-json', postWithRaw('NaN as a number', { metrics: { likes: 'RAW' } }, 'NaN')),
  raw('raw NUL in a text', 'malformed-json', postWithRaw('raw NUL in a text', { text: 'RAW' }, '"су\u0000жоқ"')),
  raw('raw line end in a text', 'malformed-json', postWithRaw('raw line end in a text', { text: 'RAW' }, '"су\nжоқ"')),
  {
    name: 'invalid UTF-8',
    bytes: Buffer.concat([bytesOf('{"id":"invalid UTF-8","text":"'), Buffer.from([0xc3, 0x28]), bytesOf('"}')]),
    outcome: 'invalid-utf8',
  },
  {
    name: 'surrogate encoded as UTF-8',
    bytes: Buffer.concat([
      bytesOf('{"id":"surrogate encoded as UTF-8","text":"'),
      Buffer.from([0xed, 0xa0, 0x80]),
      bytesOf('"}'),
    ]),
    outcome: 'invalid-utf8',
  },
  { name: 'UTF-16', bytes: Buffer.from(`\ufeff${JSON.stringify(post)}`, 'utf16le'), outcome: 'invalid-utf8' },
  {
    name: 'windows-1251',
    bytes: Buffer.from([0x7b, 0x22, 0xf1, 0xf3, 0x22, 0x3a, 0x31, 0x7d]),
    outcome: 'invalid-utf8',
  },
  withPost('text of 5 MB', 'too-large', { text: 'су '.repeat(1_048_576) }),
  withPost('text of 65,536 units', 'accepted', { text: 'ә'.repeat(65_536) }),
  withPost('text of 65,537 units', 'schema', { text: 'ә'.repeat(65_537) }),
  withPost('empty text', 'accepted', { text: '' }),
  raw('null', 'schema', 'null'),
  raw('array', 'schema', JSON.stringify([post])),
  raw('number', 'schema', '42'),
  raw('string', 'schema', '"су жоқ"'),
  raw('empty object', 'schema', '{}'),
  raw('100,000 nested arrays', 'schema', nested(100_000)),
  raw(
    '100,000 nested arrays in an extra field',
    'accepted',
    postWithRaw('nested extra', { extra: 'RAW' }, nested(100_000)),
  ),
  raw('100,000 nested arrays for a text', 'schema', postWithRaw('nested text', { text: 'RAW' }, nested(100_000))),
  withPost('no author', 'schema', { author: undefined }),
  withPost('author is a string', 'schema', { author: 'u1' }),
  withPost('author without id', 'schema', { author: { followers: 10 } }),
  withPost('empty author id', 'schema', { author: { id: '' } }),
  withPost('author id is a number', 'schema', { author: { id: 7 } }),
  withPost('no id', 'schema', { id: undefined }),
  withPost('empty id', 'schema', { id: '' }),
  withPost('id is a number', 'schema', { id: 12 }),
  withPost('id of 256 units', 'accepted', { id: 'i'.repeat(256) }),
  withPost('id of 257 units', 'schema', { id: 'i'.repeat(257) }),
  withPost('no text', 'schema', { text: undefined }),
  withPost('text is null', 'schema', { text: null }),
  withPost('text is a list', 'schema', { text: ['су', 'жоқ'] }),
  withPost('no platform', 'schema', { platform: undefined }),
  withPost('unknown platform', 'schema', { platform: 'myspace' }),
  withPost('platform in capitals', 'schema', { platform: 'Telegram' }),
  withPost('unknown kind', 'schema', { kind: 'story' }),
  withPost('no time', 'schema', { publishedAt: undefined }),
  withPost('time without a zone', 'schema', { publishedAt: '2026-03-01T08:00:00' }),
  withPost('time as a number', 'schema', { publishedAt: 1_772_352_000 }),
  withPost('time of a day that is none', 'schema', { publishedAt: '2026-02-30T08:00:00Z' }),
  withPost('time at UTC+5', 'accepted', { publishedAt: '2026-03-01T13:00:00+05:00' }),
  withPost('time with nanoseconds', 'accepted', { publishedAt: '2026-03-01T08:00:00.123456789Z' }),
  withPost('ten minutes ahead', 'accepted', { publishedAt: '2026-03-02T00:10:00Z' }),
  withPost('ten minutes and a second ahead', 'future-time', { publishedAt: '2026-03-02T00:10:01Z' }),
  withPost('year 9999', 'future-time', { publishedAt: '9999-12-31T23:59:59Z' }),
  withPost('negative likes', 'schema', { metrics: { likes: -1 } }),
  withPost('half a share', 'schema', { metrics: { shares: 0.5 } }),
  withPost('views in words', 'schema', { metrics: { views: '10K' } }),
  raw('views of 1e400', 'schema', postWithRaw('views of 1e400', { metrics: { views: 'RAW' } }, '1e400')),
  withPost('views of 1e21', 'schema', { metrics: { views: 1e21 } }),
  withPost('views of 2^53 − 1', 'accepted', { metrics: { views: Number.MAX_SAFE_INTEGER } }),
  raw('views of 2^53', 'schema', postWithRaw('views of 2^53', { metrics: { views: 'RAW' } }, '9007199254740992')),
  withPost('negative followers', 'schema', { author: { id: 'u1', followers: -5 } }),
  withPost('metrics are a list', 'schema', { metrics: [1, 2] }),
  withPost('region by name', 'schema', { region: 'Алматы' }),
  withPost('unknown channel kind', 'schema', { channel: { id: 'c', kind: 'blog' } }),
  raw(
    'lone surrogate, escaped',
    'accepted',
    postWithRaw('lone surrogate, escaped', { text: 'RAW' }, '"су \\ud83d жоқ"'),
  ),
  raw('NUL, escaped', 'accepted', postWithRaw('NUL, escaped', { text: 'RAW' }, '"су\\u0000жоқ"')),
  raw(
    '__proto__ beside the fields',
    'accepted',
    postWithRaw('proto', { extra: 'RAW' }, '1').replace('"extra":1', '"__proto__":{"polluted":true}'),
  ),
  raw(
    'author id only in __proto__',
    'schema',
    postWithRaw('proto author', { author: 'RAW' }, '{"__proto__":{"id":"u1"}}'),
  ),
  withPost('constructor key', 'accepted', { constructor: { prototype: { polluted: true } } }),
  withPost('unknown extra fields', 'accepted', { lang: 'kk', raw: { a: [1, 2, { b: null }] } }),
  raw(
    'duplicate keys, the last counts',
    'accepted',
    `{"id":"","platform":"myspace",${JSON.stringify(goodPost({ id: 'duplicate keys' })).slice(1)}`,
  ),
  raw('byte order mark', 'accepted', `\ufeff${JSON.stringify(goodPost({ id: 'byte order mark' }))}`),
  raw('line of a CRLF file', 'accepted', `${JSON.stringify(goodPost({ id: 'line of a CRLF file' }))}\r`),
  withPost('first of an id', 'accepted', { id: 'twice' }),
  withPost('duplicate id', 'accepted', { id: 'twice', metrics: { likes: 5 } }),
];

export const badAppeals: readonly BadRecord[] = [
  { name: 'tombstone', bytes: null, outcome: 'empty' },
  { name: 'empty record', bytes: new Uint8Array(0), outcome: 'empty' },
  raw('cut off', 'malformed-json', '{"id":"cut off"'),
  { name: 'invalid UTF-8', bytes: Buffer.from([0x7b, 0xff, 0x7d]), outcome: 'invalid-utf8' },
  withAppeal('text of 5 MB', 'too-large', { text: 'су '.repeat(1_048_576) }),
  raw('null', 'schema', 'null'),
  raw('array', 'schema', JSON.stringify([appeal])),
  withAppeal('no agency', 'schema', { agency: undefined }),
  withAppeal('agency by name', 'accepted', { agency: undefined, agencyName: 'Түркістан облысының әкімдігі' }),
  withAppeal('no theme and no text', 'schema', { theme: undefined }),
  withAppeal('text for a theme', 'accepted', { theme: undefined, text: 'Ауыз су жоқ' }),
  withAppeal('unknown system', 'schema', { system: 'fax' }),
  withAppeal('unknown kind', 'schema', { kind: 'joke' }),
  withAppeal('unknown status', 'schema', { status: 'lost' }),
  withAppeal('count of 0', 'schema', { count: 0 }),
  withAppeal('count of −3', 'schema', { count: -3 }),
  withAppeal('count in words', 'schema', { count: '3' }),
  withAppeal('count of 2^32', 'schema', { count: 4_294_967_296 }),
  withAppeal('count of 2^32 − 1', 'accepted', { count: 4_294_967_295 }),
  withAppeal('escalated in words', 'schema', { escalated: 'yes' }),
  withAppeal('empty id', 'schema', { id: '' }),
  withAppeal('region by name', 'schema', { region: 'KZ-Almaty' }),
  withAppeal('tomorrow', 'future-time', { receivedAt: '2026-03-03T00:00:00Z' }),
  withAppeal('time without a zone', 'schema', { receivedAt: '2026-03-01 08:00' }),
  withAppeal('unknown extra fields', 'accepted', { operator: 'x' }),
  raw('line of a CRLF file', 'accepted', `${JSON.stringify(goodAppeal({ id: 'line of a CRLF file' }))}\r`),
];
