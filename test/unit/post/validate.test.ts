import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateAppeal, validatePost } from '../../../src/post/validate.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { badRecordFiles } from '../../support/bad-record-files.ts';
import {
  BAD_RECORDS_NOW_MS,
  type BadRecord,
  badAppeals,
  badPosts,
  bytesOf,
  goodAppeal,
  goodPost,
} from '../../support/bad-records.ts';

const nowMs = BAD_RECORDS_NOW_MS;

type Validate = typeof validatePost | typeof validateAppeal;

function outcomeOf(validate: Validate, { bytes }: BadRecord): string {
  const result = validate(bytes, nowMs);
  return result.ok ? 'accepted' : result.refusal.reason;
}

describe('a post record', () => {
  it.each(badPosts.map((record) => [record.name, record] as const))('%s has its one outcome', (_, record) => {
    expect(outcomeOf(validatePost, record)).toBe(record.outcome);
  });

  it('comes through unchanged but for its default kind and its unknown fields', () => {
    const whole = goodPost({
      kind: 'comment',
      url: 'https://telegram.example/1',
      author: {
        id: 'u1',
        followers: 3,
        createdAt: '2020-01-01T00:00:00Z',
        verified: true,
        region: 'KZ-61',
        settlement: 'rural',
      },
      channel: { id: 'c', name: 'Ауыл үні', kind: 'group', members: 10, region: 'KZ-61' },
      metrics: { views: 1, likes: 2, comments: 3, shares: 4 },
      repostOf: '1',
      inReplyTo: '2',
      region: 'KZ-61',
    });
    expect(validatePost(bytesOf({ ...whole, unknown: 1 }), nowMs)).toEqual({ ok: true, value: whole });
    expect(validatePost(bytesOf(goodPost()), nowMs)).toEqual({ ok: true, value: { ...goodPost(), kind: 'post' } });
  });

  it('keeps its text to the unit, lone surrogates and NUL included', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const result = validatePost(bytesOf(goodPost({ text })), nowMs);
        expect(result.ok && result.value.text).toBe(text);
      }),
    );
  });

  it('takes the last of duplicate keys', () => {
    const twice = `{"text":"бірінші",${JSON.stringify(goodPost({ text: 'екінші' })).slice(1)}`;
    const result = validatePost(bytesOf(twice), nowMs);
    expect(result.ok && result.value.text).toBe('екінші');
  });

  it('cannot reach the prototype of anything', () => {
    for (const { bytes } of badPosts) validatePost(bytes, nowMs);
    expect('polluted' in {}).toBe(false);
  });
});

describe('an appeal record', () => {
  it.each(badAppeals.map((record) => [record.name, record] as const))('%s has its one outcome', (_, record) => {
    expect(outcomeOf(validateAppeal, record)).toBe(record.outcome);
  });

  it('counts once and is a complaint unless it says otherwise', () => {
    expect(validateAppeal(bytesOf(goodAppeal()), nowMs)).toEqual({
      ok: true,
      value: { ...goodAppeal(), count: 1, kind: 'complaint' },
    });
  });
});

describe('any record at all', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.jsonValue().map(bytesOf),
    fc
      .dictionary(
        fc.constantFrom(...Object.keys(goodPost()), 'metrics', 'channel', 'kind', '__proto__'),
        fc.jsonValue(),
      )
      .map((changes) => bytesOf(goodPost(changes))),
  );

  it('is accepted or refused with a reason and a message that fits a log line, and nothing is thrown', () => {
    fc.assert(
      fc.property(anything, (bytes) => {
        for (const validate of [validatePost, validateAppeal]) {
          const result = validate(bytes, nowMs);
          if (result.ok) continue;
          expect(result.refusal.message).not.toBe('');
          expect(result.refusal.message.length).toBeLessThan(2_000);
        }
      }),
    );
  });

  it('has the outcome that the sample files of bad records state', () => {
    for (const { name, content } of badRecordFiles()) {
      expect(
        readFileSync(join(PACKAGE_ROOT, 'fixtures', name)).equals(content),
        `fixtures/${name} is out of date`,
      ).toBe(true);
    }
  });
});

/** Any UTF-16, unpaired surrogates and control characters included. */
function anyText() {
  return fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 0xd800, 0xdfff, 0x4d9)), { maxLength: 60 })
    .map((units) => String.fromCharCode(...units));
}
