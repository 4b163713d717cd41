import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { appealSchema } from '../../../src/post/appeal.ts';
import { compile, createCheck } from '../../../src/post/check.ts';
import { postSchema } from '../../../src/post/post.ts';
import { validateAppeal, validateAppeals, validatePost, validatePosts } from '../../../src/post/validate.ts';
import { BAD_RECORDS_NOW_MS, badAppeals, badPosts, bytesOf, goodAppeal, goodPost } from '../../support/bad-records.ts';

/** Values at the edges of what some field may hold. */
const edge = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'a',
    'я'.repeat(64),
    'я'.repeat(65),
    '😀'.repeat(128),
    '😀'.repeat(129),
    'x'.repeat(1_024),
  ),
  fc.constantFrom<unknown>(
    'x'.repeat(1_025),
    'x'.repeat(4_097),
    'x'.repeat(65_536),
    'x'.repeat(65_537),
    '\ud83d',
    'su\udc00',
  ),
  fc.constantFrom<unknown>(
    'KZ-75',
    'KZ-7',
    'KZ-75 ',
    'kz-75',
    'vk',
    'ikomek',
    'other',
    'comment',
    'complaint',
    'urban',
  ),
  fc.constantFrom<unknown>(
    '2026-03-01T08:00:00Z',
    '2026-03-01T08:00:00+05:00',
    '2026-02-29T08:00:00Z',
    '2024-02-29T08:00Z',
  ),
  fc.constantFrom<unknown>(
    '1970-01-01T23:59:59Z',
    '1970-01-02T00:00:00Z',
    '2200-01-01T00:00:00Z',
    '2199-12-31T23:59:59.9Z',
  ),
  fc.constantFrom<unknown>(
    0,
    -0,
    -1,
    0.5,
    1,
    2 ** 32 - 1,
    2 ** 32,
    2 ** 53 - 1,
    2 ** 53,
    1e21,
    true,
    false,
    null,
    undefined,
  ),
  fc.constantFrom<unknown>([], {}, { id: 'u' }, { id: '' }, { views: 1 }, { id: 'u', verified: null }, [{ id: 'u' }]),
);

function recordsLike(good: object, optional: readonly string[], parts: Record<string, string[]>) {
  const fields = [...Object.keys(good), ...Object.keys(parts), ...optional, 'unknown'];
  const changed = fc.dictionary(fc.constantFrom(...fields), edge, { maxKeys: 3 });
  const parted = Object.entries(parts).map(([part, names]) =>
    fc.dictionary(fc.constantFrom(...names), edge, { maxKeys: 3 }).map((value) => ({ [part]: { id: 'u', ...value } })),
  );
  return fc
    .tuple(changed, fc.oneof(fc.constant({}), ...parted))
    .map(([fieldsChanged, partChanged]) => JSON.stringify({ ...good, ...partChanged, ...fieldsChanged }));
}

const postLike = recordsLike(goodPost(), ['kind', 'url', 'repostOf', 'inReplyTo', 'region'], {
  author: ['id', 'followers', 'createdAt', 'verified', 'region', 'settlement', 'unknown'],
  channel: ['id', 'name', 'kind', 'members', 'region'],
  metrics: ['views', 'likes', 'comments', 'shares', 'id'],
});
const appealLike = recordsLike(
  goodAppeal(),
  ['agencyName', 'text', 'count', 'kind', 'escalated', 'status', 'region'],
  {},
);

function expectAgreement<T>(schema: z.ZodType<T>, like: fc.Arbitrary<string>): void {
  const isValid = compile(schema);
  const seen = { true: 0, false: 0 };
  fc.assert(
    fc.property(like, (record) => {
      const checked: unknown = JSON.parse(record);
      const parsed = schema.safeParse(JSON.parse(record));
      expect(isValid(checked), record).toBe(parsed.success);
      if (parsed.success) expect(checked).toEqual(parsed.data);
      seen[`${parsed.success}`]++;
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(seen.true, seen.false)).toBeGreaterThan(100);
}

describe('a record is checked by ajv', () => {
  it('as zod would check a post', () => expectAgreement(postSchema, postLike));

  it('as zod would check an appeal', () => expectAgreement(appealSchema, appealLike));

  it('and is none the worse for null where a field may be missing', () => {
    const check = createCheck(postSchema);
    expect(check({ ...goodPost(), url: null, metrics: { views: null, likes: 2 } })).toEqual({
      ok: true,
      value: { ...goodPost(), kind: 'post', metrics: { likes: 2 } },
    });
  });
});

describe('records parsed together', () => {
  /** Records that could mend or break one another when joined. */
  const fragments = [
    '[1',
    '2]',
    '{"a":1},{"b":2}',
    '1,2',
    '"',
    ' ',
    '\n',
    '',
    '{',
    '}',
    '//',
    '0,',
    ',0',
    '\ufeff1',
    'null',
    '\0',
  ];
  const record = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...badPosts, ...badAppeals).map(({ bytes }) => bytes) },
    { weight: 1, arbitrary: fc.constantFrom(...fragments).map((text) => Buffer.from(text)) },
    { weight: 4, arbitrary: postLike.map((text) => Buffer.from(text)) },
    { weight: 2, arbitrary: fc.constant(bytesOf(goodAppeal())) },
  );

  it('have each the outcome that they have alone', () => {
    const nowMs = BAD_RECORDS_NOW_MS;
    const small = record.filter((bytes) => (bytes?.length ?? 0) < 100_000);
    fc.assert(
      fc.property(fc.array(fc.oneof(record, small, small), { maxLength: 12 }), (records) => {
        expect(validatePosts(records, nowMs)).toEqual(records.map((bytes) => validatePost(bytes, nowMs)));
        expect(validateAppeals(records, nowMs)).toEqual(records.map((bytes) => validateAppeal(bytes, nowMs)));
      }),
    );
  });

  it('keep their places when there are many more than are parsed at once', () => {
    const records = Array.from({ length: 1_234 }, (_, i) => bytesOf(goodPost({ id: `p${i}` })));
    const ids = validatePosts(records, BAD_RECORDS_NOW_MS).map((result) => result.ok && result.value.id);
    expect(ids).toEqual(records.map((_, i) => `p${i}`));
  });
});
