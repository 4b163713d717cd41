import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type ClickHouseServer, serveClickHouse } from '../../src/store/http-interface.ts';
import { migrate, readMigrations } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { deadLetterReasons, deadLetters, markRequeued } from '../../src/store/queries/dead-letters.ts';
import { fingerprintsOfOthers, readFingerprints } from '../../src/store/queries/fingerprints.ts';
import { appealTimes, postTimes, serverInfo, storeTotals } from '../../src/store/queries/totals.ts';
import { alertStates } from '../../src/store/queries/weigher.ts';
import { applyRetention } from '../../src/store/retention.ts';
import type { Tables } from '../../src/store/rows.ts';
import { defineQuery, type Store } from '../../src/store/store.ts';
import { tables } from '../../src/store/tables.ts';
import { anyRow, someRow } from '../unit/store/arbitrary-rows.ts';
import { readBack, storedForm } from '../unit/store/read-back.ts';

const TABLES: readonly (keyof Tables)[] = [
  'posts',
  'cluster_links',
  'appeals',
  'dead_letters',
  'signals',
  'verdicts',
  'alerts',
];

const ways = [
  { way: 'in this process', overHttp: false },
  { way: 'over HTTP', overHttp: true },
];

describe.each(ways)('the store $way', ({ overHttp }) => {
  let folder: string;
  let engine: Store;
  let server: ClickHouseServer | undefined;
  let store: Store;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'salmaq-store-'));
    engine = await openStore({ path: folder });
    if (overHttp) {
      server = await serveClickHouse(engine, { port: 0, writable: true });
      store = await openStore({ url: server.url });
    } else {
      store = engine;
    }
    await migrate(store);
  });

  afterAll(async () => {
    await store.close();
    await server?.close();
    await engine.close();
    await rm(folder, { recursive: true });
  });

  beforeEach(async () => {
    for (const table of TABLES) await store.command(`TRUNCATE TABLE ${table}`);
  });

  test('is migrated once, and refuses a migration that was changed after it had been applied', async () => {
    expect(await migrate(store)).toEqual([]);
    const [first, ...others] = await readMigrations();
    if (first === undefined) throw new Error('no migration');
    const changed = [{ ...first, checksum: '0' }, ...others];
    await expect(migrate(store, { migrations: changed })).rejects.toMatchObject({ code: 'SLM_SCHEMA' });
    await expect(migrate(store, { migrations: others })).rejects.toMatchObject({ code: 'SLM_SCHEMA' });
    const next = { name: '999_next.sql', sql: 'SELECT 1; SELECT 2;', checksum: '9' };
    expect(await migrate(store, { migrations: [first, ...others, next], dryRun: true })).toEqual(['999_next.sql']);
    expect(await migrate(store)).toEqual([]);
  });

  test.each(TABLES)('has the columns of %s that the codec writes', async (table) => {
    const described = await store.query(
      defineQuery({
        name: 'describe',
        sql: `SELECT name, type FROM system.columns WHERE database = currentDatabase() AND table = {table:String} ORDER BY position`,
        params: z.object({ table: z.string() }),
        row: z.object({ name: z.string(), type: z.string() }),
      }),
      { table },
    );
    const written = Object.entries(tables[table].columns).map(([name, { type }]) => ({ name, type }));
    expect(described).toEqual(written);
  });

  test.each(TABLES)('gives back every row of %s as it was put in', async (table) => {
    let serial = 0;
    const batch = fc.array(anyRow(table), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(batch, async (rows) => {
        await store.command(`TRUNCATE TABLE ${table}`);
        const numbered = rows.map((row) => ({ ...row, version: BigInt(serial++) }));
        await store.insert(table, numbered);
        // Rows of one key may have replaced each other by now: the newest is there in any case.
        const found = await readBack(store, table);
        const expected = numbered.map((row) => storedForm(table, row));
        for (const row of found) expect(expected).toContainEqual(row);
        expect(found).toContainEqual(expected.at(-1));
      }),
      { numRuns: 6 },
    );
  });

  test('takes a batch larger than one piece of the encoder', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => someRow('posts', { id: `p${i}`, text: 'ж'.repeat(65_536) }));
    await store.insert('posts', rows);
    const lengths = await store.query(textLengths, {});
    expect(lengths).toEqual([{ posts: 60, units: 60 * 65_536 }]);
  });

  test('counts a replayed batch once, and keeps the newest of two observations in one batch', async () => {
    const old = someRow('posts', { id: 'a', published_at: 1000, version: 1n, views: 1 });
    const batch = [{ ...old, version: 3n, views: 3 }, old, { ...old, version: 2n, views: 2 }];
    await store.insert('posts', batch);
    await store.insert('posts', batch);
    await store.insert('posts', [old]);
    expect(await store.query(finalViews, {})).toEqual([{ posts: 1, views: 3 }]);
  });

  test('binds parameters of every kind as they are', async () => {
    const echo = defineQuery({
      name: 'echo',
      sql: 'SELECT {text:String} AS text, {list:Array(String)} AS list, {big:UInt64} AS big, {bigs:Array(UInt64)} AS bigs, {flag:Bool} AS flag, {ratio:Float64} AS ratio, toUnixTimestamp64Milli({time:DateTime64(3)}) AS time',
      params: z.object({
        text: z.string(),
        list: z.array(z.string()),
        big: z.bigint(),
        bigs: z.array(z.bigint()),
        flag: z.boolean(),
        ratio: z.number(),
        time: z.date(),
      }),
      row: z.object({
        text: z.string(),
        list: z.array(z.string()),
        big: z.coerce.bigint(),
        bigs: z.array(z.coerce.bigint()),
        flag: z.boolean(),
        ratio: z.number(),
        time: z.coerce.number().transform((ms) => new Date(ms)),
      }),
    });
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom("'; DROP TABLE posts --", '\\', '\\N', "\\'", '\n\t\r'),
    );
    const big = fc.bigInt(0n, 2n ** 64n - 1n);
    const values = fc.record({
      text,
      list: fc.array(text),
      big,
      bigs: fc.array(big),
      flag: fc.boolean(),
      ratio: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      time: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
    });
    await fc.assert(
      fc.asyncProperty(values, async (given) => {
        expect(await store.query(echo, given)).toEqual([wellFormed(given)]);
      }),
      { numRuns: 30 },
    );
  });

  test('answers queries beside inserts', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => someRow('posts', { id: `p${i}`, text: '' }));
    const inserts = [0, 1, 2].map(() => store.insert('posts', rows));
    const answers = Array.from({ length: 20 }, (_, i) => store.query(double, { value: i }));
    expect((await Promise.all(answers)).flat().map((row) => row.doubled)).toEqual(answers.map((_, i) => 2 * i));
    await Promise.all(inserts);
    expect(await store.query(storeTotals, {})).toContainEqual(
      expect.objectContaining({ table: 'posts', distinct: 3000 }),
    );
  });

  test('names its errors', async () => {
    const broken = defineQuery({
      name: 'broken',
      sql: 'SELECT nope FROM posts',
      params: z.object({}),
      row: z.object({}),
    });
    await expect(store.query(broken, {})).rejects.toMatchObject({
      code: 'SLM_STORE',
      message: expect.stringMatching(/broken.*47/),
    });
    await expect(store.command('DROP TABLE not_there')).rejects.toMatchObject({ code: 'SLM_STORE' });
    await expect(store.query(double, { value: -1 })).rejects.toMatchObject({ code: 'SLM_STORE' });
    const wrongRow = defineQuery({ ...double, row: z.object({ doubled: z.string() }) });
    await expect(store.query(wrongRow, { value: 1 })).rejects.toMatchObject({ code: 'SLM_STORE' });
    await expect(store.insert('posts', [someRow('posts', { published_at: Number.NaN })])).rejects.toMatchObject({
      code: 'SLM_STORE',
      message: expect.stringContaining('posts.published_at'),
    });
    await store.ping();
  });

  test('leaves nothing of one statement to the next', async () => {
    await store.query(withSettings, {});
    expect(await store.query(settingOf, {})).toEqual([{ block: '65409' }]);
    await store.query(double, { value: 1 });
    const unbound = defineQuery({ ...double, params: z.object({}) });
    await expect(store.query(unbound, {})).rejects.toMatchObject({ code: 'SLM_STORE' });
    const rows = [someRow('cluster_links', { cluster: 'a' })];
    await store.insert('cluster_links', rows);
    await store.insert('cluster_links', [someRow('cluster_links', { cluster: 'b' })]);
    expect(await readBack(store, 'cluster_links')).toHaveLength(2);
    expect(await readdir(join(folder, 'spool'))).toEqual([]);
  });

  test('reads fingerprints back, those of other workers apart', async () => {
    const hour = 3_600_000;
    const fingerprint = Uint8Array.of(0, 255, 10, 39);
    const base = someRow('posts', { platform: 'vk', cluster: 'vk:0', fingerprint, repost_of: '' });
    await store.insert('posts', [
      { ...base, id: '1', published_at: 10 * hour, ingested_at: 1, worker: 'a' },
      { ...base, id: '2', published_at: 12 * hour - 1, ingested_at: 2, worker: 'b' },
      { ...base, id: '3', published_at: 12 * hour, ingested_at: 3, worker: 'b' },
      { ...base, id: '4', published_at: 11 * hour, ingested_at: 3, worker: 'b', fingerprint: new Uint8Array(0) },
      { ...base, id: '5', published_at: 11 * hour, ingested_at: 1, fingerprint: new Uint8Array(0), repost_of: '9' },
    ]);
    const read: string[] = [];
    for await (const rows of readFingerprints(store, 10 * hour, 12 * hour)) {
      for (const row of rows) {
        read.push(row.key);
        const isRepost = row.key === 'vk:5';
        expect(row.repostOf).toBe(isRepost ? 'vk:9' : undefined);
        expect(Uint8Array.from(row.fingerprint)).toEqual(isRepost ? new Uint8Array(0) : fingerprint);
        expect(row.cluster).toBe('vk:0');
      }
    }
    expect(read.sort()).toEqual(['vk:1', 'vk:2', 'vk:5']);
    const others = await store.query(fingerprintsOfOthers, { publishedFrom: 0, ingestedFrom: 2, worker: 'a' });
    expect(others.map((row) => [row.key, row.publishedAtMs, row.ingestedAtMs]).sort()).toEqual([
      ['vk:2', 12 * hour - 1, 2],
      ['vk:3', 12 * hour, 3],
    ]);
  });

  test('lists dead letters page by page, byte for byte, and forgets those sent back', async () => {
    const payload = Uint8Array.from({ length: 256 }, (_, i) => i);
    const letters = Array.from({ length: 5 }, (_, i) =>
      someRow('dead_letters', {
        topic: 't',
        partition: -1,
        offset: BigInt(i),
        reason: 'schema',
        payload,
        requeued_at: null,
        version: 1n,
      }),
    );
    await store.insert('dead_letters', letters);
    const page = await store.query(deadLetters, { limit: 3 });
    const rest = await store.query(deadLetters, { limit: 3, topic: 't', partition: -1, offset: page.at(-1)?.offset });
    expect([...page, ...rest].map((letter) => letter.offset)).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect(Uint8Array.from(page[0]?.payload ?? [])).toEqual(payload);
    await markRequeued(store, page, 1_700_000_000_123);
    expect((await store.query(deadLetters, {})).map((letter) => letter.offset)).toEqual([3n, 4n]);
    expect((await store.query(deadLetters, { requeued: true }))[0]?.requeued_at).toBe(1_700_000_000_123);
    expect(await store.query(deadLetters, { reason: 'empty' })).toEqual([]);
    expect(await store.query(deadLetterReasons, {})).toEqual([{ kind: letters[0]?.kind, reason: 'schema', rows: 2 }]);
  });

  test('knows the last state of each alert and the span of its rows', async () => {
    const alert = someRow('alerts', {
      subscription: 's',
      cell: 'c',
      change: 'opened',
      changed_at: 5,
      version: 1n,
      score: 0.5,
    });
    const closed = { ...alert, cell: 'd', change: 'closed' };
    await store.insert('alerts', [alert, { ...alert, change: 'escalated', version: 2n }, closed]);
    expect(await store.query(alertStates, { closedSince: 6 })).toEqual([
      wellFormed({ ...alert, change: 'escalated', version: 2n }),
    ]);
    expect(await store.query(alertStates, { closedSince: 5 })).toHaveLength(2);
    expect(await store.query(postTimes, {})).toEqual([]);
    await store.insert(
      'posts',
      [1000, 2000].map((at) => someRow('posts', { published_at: at, ingested_at: 7 })),
    );
    await store.insert('appeals', [someRow('appeals', { received_at: 3, ingested_at: 9 })]);
    expect(await store.query(postTimes, {})).toEqual([{ firstMs: 1000, lastMs: 2000, ingestedMs: 7 }]);
    expect(await store.query(appealTimes, {})).toEqual([{ firstMs: 3, lastMs: 3, ingestedMs: 9 }]);
    const [info] = await store.query(serverInfo, {});
    expect(Math.abs((info?.nowMs ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('forgets at once what is past its days, table by table, and nothing else', async () => {
    const now = Date.now();
    const daysAgo = (days: number) => now - days * 86_400_000;
    for (const age of [31, 29]) {
      await store.insert('posts', [someRow('posts', { id: `${age}`, published_at: daysAgo(age) })]);
      await store.insert('cluster_links', [someRow('cluster_links', { cluster: `${age}`, linked_at: daysAgo(age) })]);
      await store.insert('appeals', [someRow('appeals', { id: `${age}`, received_at: daysAgo(age) })]);
      await store.insert('dead_letters', [someRow('dead_letters', { offset: BigInt(age), observed_at: daysAgo(age) })]);
      await store.insert('signals', [someRow('signals', { id: `${age}`, window_from: daysAgo(age) })]);
      await store.insert('verdicts', [someRow('verdicts', { rule: `${age}`, window_from: daysAgo(age) })]);
      await store.insert('alerts', [someRow('alerts', { cell: `${age}`, changed_at: daysAgo(age) })]);
    }
    const agesIn = async (table: keyof Tables, time: string) =>
      (await readBack(store, table)).map((row) => Math.round((now - Number(row[time])) / 86_400_000)).sort();
    const ages = async () => ({
      posts: await agesIn('posts', 'published_at'),
      cluster_links: await agesIn('cluster_links', 'linked_at'),
      appeals: await agesIn('appeals', 'received_at'),
      dead_letters: await agesIn('dead_letters', 'observed_at'),
      signals: await agesIn('signals', 'window_from'),
      verdicts: await agesIn('verdicts', 'window_from'),
      alerts: await agesIn('alerts', 'changed_at'),
    });
    const [both, young] = [[29, 31], [29]];
    const others = { appeals: both, dead_letters: both, signals: both, verdicts: both, alerts: both };
    expect(await ages()).toEqual({ posts: both, cluster_links: both, ...others });
    // A link names two posts: it goes with them.
    await applyRetention(store, { posts: 30 });
    expect(await ages()).toEqual({ posts: young, cluster_links: young, ...others });
    const all = { appeals: 30, dead_letters: 30, signals: 30, verdicts: 30, cell_hours: 30, alerts: 30 };
    await applyRetention(store, all);
    expect(Object.values(await ages())).toEqual(Array(7).fill(young));
    // What retention has no word of any more is kept again.
    await applyRetention(store, {});
    await store.insert('posts', [someRow('posts', { id: '31', published_at: daysAgo(31) })]);
    await store.command('OPTIMIZE TABLE posts FINAL');
    expect((await ages()).posts).toEqual(both);
  });

  // The last, since it leaves 400 partitions to clear away.
  test('takes a batch that spans 400 months', async () => {
    const rows = Array.from({ length: 400 }, (_, i) =>
      someRow('posts', { id: `p${i}`, published_at: Date.UTC(1990, i, 15), text: '' }),
    );
    await store.insert('posts', rows);
    const totals = await store.query(storeTotals, {});
    expect(totals).toContainEqual({ table: 'posts', rows: 400, distinct: 400 });
  });
});

const textLengths = defineQuery({
  name: 'textLengths',
  sql: 'SELECT count() AS posts, sum(lengthUTF8(text)) AS units FROM posts',
  params: z.object({}),
  row: z.object({ posts: z.coerce.number(), units: z.coerce.number() }),
});

const finalViews = defineQuery({
  name: 'finalViews',
  sql: 'SELECT count() AS posts, max(views) AS views FROM posts FINAL',
  params: z.object({}),
  row: z.object({ posts: z.coerce.number(), views: z.coerce.number() }),
});

const double = defineQuery({
  name: 'double',
  sql: 'SELECT toUInt32({value:UInt32} * 2) AS doubled',
  params: z.object({ value: z.number().min(0) }),
  row: z.object({ doubled: z.number() }),
});

const withSettings = defineQuery({
  name: 'withSettings',
  sql: "SELECT 1 AS one SETTINGS max_block_size = 7, insert_deduplication_token = 'x'",
  params: z.object({}),
  row: z.object({ one: z.number() }),
});

const settingOf = defineQuery({
  name: 'settingOf',
  sql: "SELECT toString(getSetting('max_block_size')) AS block",
  params: z.object({}),
  row: z.object({ block: z.string() }),
});

function wellFormed<T>(value: T): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\ufffd');
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wellFormed(inner)]));
}
