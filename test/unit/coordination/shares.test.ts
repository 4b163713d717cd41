import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type RefusedShare, readShares } from '../../../src/shares.ts';
import type { Share } from '../../../src/weigh/coordination/share.ts';

const folder = mkdtempSync(join(tmpdir(), 'salmaq-shares-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOW_MS = Date.UTC(2026, 2, 2);
const HEADER = 'object_id,account_id,content_id,timestamp_share';

async function read(name: string, content: string | Uint8Array): Promise<{ shares: Share[]; refused: RefusedShare[] }> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const all: { shares: Share[]; refused: RefusedShare[] } = { shares: [], refused: [] };
  const noPosts = () => {
    throw new Error('there are no posts');
  };
  for await (const { shares, refused } of readShares(path, noPosts, NOW_MS)) {
    all.shares.push(...shares);
    all.refused.push(...refused);
  }
  return all;
}

test('shares of any names come back from CSV as they were written: quotes, commas, line breaks, with either line end, with or without a mark', async () => {
  const name = fc
    .string({ unit: fc.constantFrom('a', 'ә', '😀', '"', ',', '\n', ' '), minLength: 1, maxLength: 8 })
    .map((text) => `x${text}x`);
  const shares = fc.array(
    fc.record({
      object: name,
      account: name,
      content: name,
      atMs: fc.nat({ max: 1e9 }).map((seconds) => seconds * 1000),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(shares, fc.boolean(), fc.boolean(), async (all, isMarked, isGzip) => {
      const lines = all.map(({ object, account, content, atMs }) =>
        [...[object, account, content].map(quoted), atMs / 1000].join(','),
      );
      const text = `${isMarked ? '\ufeff' : ''}${[HEADER, ...lines].join('\r\n')}`;
      const file = isGzip ? gzipSync(text) : text;
      expect(await read(isGzip ? 'any.csv.gz' : 'any.csv', file)).toEqual({ shares: all, refused: [] });
    }),
    { numRuns: 40 },
  );
});

test('a row that is no share is told by its line, and those around it are read', async () => {
  const rows = [
    `timestamp_share,"content_id",account_id,object_id,extra`,
    '1,p1,a,o,x',
    '',
    ',p2,a,o',
    '2,p3,,o,x',
    '1700000000000,p4,a,o',
    'yesterday,p5,a,o',
    '2026-03-01T05:00:00+05:00,p6,b,o,"two',
    'lines"',
    '3,p7,"never closed,o',
  ];
  const { shares, refused } = await read('bad.csv', rows.join('\n'));
  expect(shares).toEqual([
    { object: 'o', account: 'a', content: 'p1', atMs: 1000 },
    { object: 'o', account: 'b', content: 'p6', atMs: Date.UTC(2026, 2, 1) },
  ]);
  const NO_TIME = 'timestamp_share: is neither Unix seconds nor an RFC 3339 time';
  expect(refused).toEqual([
    { line: 4, reason: NO_TIME },
    { line: 5, reason: 'account_id: is empty' },
    { line: 6, reason: NO_TIME },
    { line: 7, reason: NO_TIME },
    { line: 10, reason: 'record: a quote is opened and never closed' },
  ]);
});

test('NDJSON takes the same rows, and tells the line of each that is neither a share nor a post', async () => {
  const rows = [
    '{"object_id":7,"account_id":"a","content_id":"p1","timestamp_share":1.5}',
    '{"object_id":"o","account_id":"a","content_id":"p1"}',
    '{"object_id":',
    '[]',
    '{"object_id":"o","account_id":"b","content_id":"p2","timestamp_share":"2026-03-01T00:00:00Z"}',
  ];
  const { shares, refused } = await read('rows.ndjson', rows.join('\n'));
  expect(shares.map(({ object, atMs }) => [object, atMs])).toEqual([
    ['7', 1500],
    ['o', Date.UTC(2026, 2, 1)],
  ]);
  expect(refused.map(({ line }) => line)).toEqual([2, 3, 4]);
  expect(refused[0]?.reason).toMatch(/^timestamp_share: /);
});

test('a CSV without a column, one broken off, and none at all are said to be so; an empty one holds nothing', async () => {
  await expect(read('columns.csv', 'object_id;account_id;content_id;timestamp_share\n1;2;3;4')).rejects.toMatchObject({
    code: 'SLM_INPUT',
    message: expect.stringContaining('columns.csv:1: no column "object_id" among object_id;account_id'),
  });
  const packed = gzipSync(`${HEADER}\no,a,p,1\n`.repeat(1000));
  await expect(read('broken.csv.gz', packed.subarray(0, packed.length - 12))).rejects.toMatchObject({
    code: 'SLM_INPUT',
  });
  await expect(readShares(join(folder, 'none.csv'), never, NOW_MS).next()).rejects.toMatchObject({ code: 'SLM_INPUT' });
  expect(await read('empty.csv', '')).toEqual({ shares: [], refused: [] });
  expect(await read('header.csv', HEADER)).toEqual({ shares: [], refused: [] });
});

function never(): never {
  throw new Error('there are no posts');
}
