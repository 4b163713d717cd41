import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { uncompressSync } from 'lz4-napi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cityHash128 } from '../../src/store/http/city-hash.ts';
import { type ClickHouseServer, serveClickHouse } from '../../src/store/http-interface.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { defineQuery, type Store } from '../../src/store/store.ts';
import { someRow } from '../unit/store/arbitrary-rows.ts';

let folder: string;
let store: Store;
let reading: ClickHouseServer;
let writing: ClickHouseServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salmaq-http-'));
  store = await openStore({ path: join(folder, 'data') });
  await migrate(store);
  await store.insert('cluster_links', [someRow('cluster_links', { cluster: 'a' })]);
  reading = await serveClickHouse(store, { port: 0, maxQuerySeconds: 1, maxResultBytes: 1 << 20 });
  writing = await serveClickHouse(store, { port: 0, writable: true, password: 'secret', maxBodyBytes: 1 << 20 });
});

afterAll(async () => {
  await reading.close();
  await writing.close();
  await store.close();
  await rm(folder, { recursive: true });
});

describe('a reader', () => {
  const out = (): string => join(folder, 'out');
  const refused: [string, string][] = [
    ['inserts', 'INSERT INTO cluster_links VALUES'],
    ['inserts into files', "INSERT INTO FUNCTION file('OUT') SELECT 1"],
    ['creates tables', 'CREATE TABLE t (a Int8) ENGINE = Memory'],
    ['creates temporary tables', 'CREATE TEMPORARY TABLE t (a Int8)'],
    ['drops', 'DROP TABLE cluster_links'],
    ['sets', 'SET max_threads = 1'],
    ['lifts the restriction', 'SELECT 1 SETTINGS readonly = 0'],
    ['kills', 'KILL QUERY WHERE 1'],
    ['gives system commands', 'SYSTEM FLUSH LOGS'],
    ['backs up', "BACKUP TABLE cluster_links TO File('OUT')"],
    ['attaches', "ATTACH TABLE q FROM '/tmp' (a Int8) ENGINE = File(CSV)"],
    ['writes a file', "SELECT 1 INTO OUTFILE 'OUT'"],
    ['writes a file past a comment', "SELECT 1 INTO/**/OUTFILE 'OUT' FORMAT CSV"],
    ['writes a file by way of EXPLAIN', "EXPLAIN SELECT 1 INTO OUTFILE 'OUT'"],
    ['reads a file', "SELECT file('/etc/hostname')"],
    ['reads a file under a quoted name', "SELECT `file`('/etc/hostname')"],
    ['reads a file within another function', "SELECT arrayMap(x -> FILE(x), ['/etc/hostname'])"],
    ['reads a file as a table', "SELECT * FROM file('/etc/hostname', 'LineAsString')"],
    ['reads a file by its bare name', 'SELECT * FROM `/etc/hostname`'],
    ['reads the network', "SELECT * FROM url('http://127.0.0.1:1/', 'LineAsString')"],
    ['reads a bucket', "SELECT * FROM s3('http://127.0.0.1:1/b/x', 'CSV', 'a String')"],
    ['asks another server', "SELECT * FROM remote('127.0.0.1:1', 'system', 'one')"],
    ['runs a program', "SELECT * FROM executable('ls', 'TSV', 'a String')"],
    ['opens a database file', "SELECT * FROM sqlite('OUT', 't')"],
    ['hides a statement behind another', 'SELECT 1; DROP TABLE cluster_links'],
  ];

  test.each(refused)('is refused when it %s', async (_, sql) => {
    const answer = await ask(reading, '', { method: 'POST', body: sql.replace('OUT', out()) });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).toMatch(/^Code: (164|62)\. DB::Exception: .*\((READONLY|SYNTAX_ERROR)\)/);
    expect(answer.headers.get('x-clickhouse-exception-code')).toMatch(/^(164|62)$/);
    expect(existsSync(out())).toBe(false);
    expect((await ask(reading, 'query=SELECT count() FROM cluster_links')).text).toBe('1\n');
  });

  test.each([
    ['SELECT 1', '1\n'],
    ['/* c */ WITH 1 AS x SELECT x -- INTO OUTFILE', '1\n'],
    ["SELECT 'INTO OUTFILE', 'file(1)'", 'INTO OUTFILE\tfile(1)\n'],
    ['(SELECT 1) UNION ALL (SELECT 1)', '1\n1\n'],
    ["SHOW TABLES LIKE 'cluster%'", 'cluster_links\n'],
    ['EXISTS TABLE posts', '1\n'],
    ['SELECT count() FROM numbers(7)', '7\n'],
    ['EXPLAIN SYNTAX SELECT 1', 'SELECT 1\nFROM system.one\n'],
    ['SELECT 1 AS a FORMAT JSONEachRow', '{"a":1}\n'],
  ])('may ask %s', async (sql, text) => {
    expect(await ask(reading, '', { method: 'POST', body: sql })).toMatchObject({ status: 200, text });
    expect(await ask(reading, `query=${encodeURIComponent(sql)}`)).toMatchObject({ status: 200, text });
  });

  test('cannot lift a limit, nor leave a setting to the next', async () => {
    const long = 'query=SELECT count() FROM numbers(1e15) WHERE NOT ignore(sipHash64(number))';
    expect(await ask(reading, `${long}&max_execution_time=100&readonly=0`)).toMatchObject({ status: 408 });
    expect((await ask(reading, 'query=SELECT * FROM numbers(1000000)')).text).toMatch(/TOO_MANY_ROWS_OR_BYTES/);
    await ask(reading, 'query=SELECT 1&max_block_size=77');
    expect((await ask(reading, "query=SELECT getSetting('max_block_size')")).text).not.toBe('77\n');
  });
});

describe('a client', () => {
  test('gets the headers of ClickHouse, its formats and its compression', async () => {
    const answer = await ask(
      reading,
      'query=SELECT 1 AS a&default_format=JSONEachRow&query_id=q1&enable_http_compression=1',
      {
        headers: { 'accept-encoding': 'gzip' },
      },
    );
    expect(answer.text).toBe('{"a":1}\n');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'application/x-ndjson; charset=UTF-8',
      'x-clickhouse-format': 'JSONEachRow',
      'x-clickhouse-query-id': 'q1',
      'x-clickhouse-server-display-name': 'salmaq',
      'x-clickhouse-timezone': expect.any(String),
    });
    expect(JSON.parse(answer.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({ read_rows: '1' });
    const binary = await fetch(`${reading.url}/?query=SELECT+toUInt64(1)+FORMAT+RowBinary`);
    expect([...new Uint8Array(await binary.arrayBuffer())]).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
    expect(
      await ask(reading, 'query=SELECT 1', {
        method: 'POST',
        body: gzipSync(' + 1'),
        headers: { 'content-encoding': 'gzip' },
      }),
    ).toMatchObject({ text: '2\n' });
    expect(await (await fetch(`${reading.url}/ping`)).text()).toBe('Ok.\n');
  });

  test('of ClickHouse itself reads rows and compressed answers, sends long parameters, and knows errors by code', async () => {
    const client = createClient({
      url: reading.url,
      compression: { response: true },
      use_multipart_params_auto: true,
      log: { level: ClickHouseLogLevel.OFF },
    });
    const result = await client.query({
      query: 'SELECT length({x:String}) AS n',
      query_params: { x: 'ж\n'.repeat(9000) },
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([{ n: 27000 }]);
    await expect(client.query({ query: 'SELECT * FROM nope' })).rejects.toMatchObject({
      code: '60',
      type: 'UNKNOWN_TABLE',
    });
    expect(await client.ping({ select: true })).toMatchObject({ success: true });
    await client.close();
  });

  test('of ClickHouse itself writes objects and compressed bodies, with the password', async () => {
    const client = createClient({
      url: writing.url,
      password: 'secret',
      compression: { request: true, response: true },
    });
    const row = {
      cluster: 'written',
      root: "'\n",
      linked_at: '2026-01-01 00:00:00.001',
      version: '18446744073709551615',
    };
    await client.insert({ table: 'cluster_links', values: [row], format: 'JSONEachRow' });
    const found = await client.query({
      query: "SELECT * FROM cluster_links WHERE cluster = 'written'",
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 1 },
    });
    expect(await found.json()).toEqual([row]);
    await client.command({
      query: "ALTER TABLE cluster_links DELETE WHERE cluster = 'written' SETTINGS mutations_sync = 1",
    });
    await client.close();
  });

  test('of JDBC gets rows and errors in compressed blocks, guarded as ClickHouse guards its own files', async () => {
    const rows = await fetch(`${reading.url}/?query=SELECT+number+FROM+numbers(100000)&compress=1`);
    const text = unpackBlocks(Buffer.from(await rows.arrayBuffer()));
    expect(text.split('\n').length).toBe(100_001);
    const error = await fetch(`${reading.url}/?query=SELECT+nope&compress=1`);
    expect(unpackBlocks(Buffer.from(await error.arrayBuffer()))).toMatch(/^Code: 47/);
  });

  test('can trust the hash of those blocks, which is that of files ClickHouse wrote, at every length', async () => {
    await store.command(
      `CREATE TABLE hashed (x UInt8 CODEC(NONE)) ENGINE = MergeTree ORDER BY tuple()
       SETTINGS min_bytes_for_wide_part = 0, min_rows_for_wide_part = 0`,
    );
    await store.command('SYSTEM STOP MERGES hashed');
    const sizes = [1, 6, 7, 8, 22, 23, 24, 118, 119, 134, 135, 136, 150, 166, 167, 262, 263, 300, 4000];
    for (const size of sizes) await store.command(`INSERT INTO hashed SELECT number * 7 + 1 FROM numbers(${size})`);
    const parts = await store.query(partsOfHashed, {});
    const blocks: Buffer[] = [];
    for (const { path } of parts) blocks.push(...checkBlocks(await readFile(join(path, 'x.bin'))));
    expect(blocks.map((block) => block.length - 9).sort((a, b) => a - b)).toEqual(sizes);
    await store.command('DROP TABLE hashed');
  });

  test('without the password is refused, and so is a web page and a body beyond the limit', async () => {
    expect(await ask(writing, 'query=SELECT 1')).toMatchObject({ status: 403 });
    expect(await ask(writing, 'query=SELECT 1&password=wrong')).toMatchObject({ status: 403 });
    for (const headers of [{ 'x-clickhouse-key': 'secret' }, { authorization: `Basic ${btoa('any:secret')}` }]) {
      expect(await ask(writing, 'query=SELECT 1', { headers })).toMatchObject({ status: 200 });
    }
    expect(await ask(reading, 'query=SELECT 1', { headers: { origin: 'http://example.com' } })).toMatchObject({
      status: 403,
    });
    expect(await statusForHost('rebound.example.com')).toBe(403);
    expect(await statusForHost('localhost')).toBe(200);
    const headers = { 'x-clickhouse-key': 'secret' };
    expect(await ask(writing, '', { method: 'POST', headers, body: ' '.repeat(2 << 20) })).toMatchObject({
      status: 413,
    });
    const bomb = {
      method: 'POST',
      headers: { ...headers, 'content-encoding': 'gzip' },
      body: gzipSync(' '.repeat(2 << 20)),
    };
    expect(await ask(writing, '', bomb)).toMatchObject({ status: 413 });
    await expect(serveClickHouse(store, { port: 0, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'SLM_CONFIG' });
  });

  test('is told what is not supported instead of getting what it cannot read', async () => {
    expect((await ask(reading, 'query=SELECT 1&decompress=1')).text).toMatch(/^Code: 344/);
    expect((await ask(reading, 'query=SELECT 1&session_check=1&session_id=x')).text).toMatch(/^Code: 372/);
    expect((await ask(reading, 'query=SELECT 1&no_such_setting=1')).text).toMatch(/^Code: 115/);
    expect((await ask(reading, 'query=SELECT {x:UInt8}')).text).toMatch(/^Code: 456/);
    expect((await ask(reading, 'query=SELECT 1&database=nope')).text).toMatch(/^Code: 81/);
  });
});

const partsOfHashed = defineQuery({
  name: 'partsOfHashed',
  sql: "SELECT path FROM system.parts WHERE active AND table = 'hashed'",
  params: z.object({}),
  row: z.object({ path: z.string() }),
});

/** The text of compressed blocks. */
function unpackBlocks(bytes: Buffer): string {
  return checkBlocks(bytes)
    .map((block) => uncompressSync(block.subarray(5)).toString('utf8'))
    .join('');
}

/** The blocks of a file or an answer, each checked against its hash. */
function checkBlocks(bytes: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const block = bytes.subarray(at + 16, at + 16 + bytes.readUInt32LE(at + 17));
    expect(cityHash128(block)).toEqual(bytes.subarray(at, at + 16));
    blocks.push(block);
    at += 16 + block.length;
  }
  return blocks;
}

interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

async function ask(server: ClickHouseServer, search: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${server.url}/?${search}`, init);
  return { status: response.status, text: await response.text(), headers: response.headers };
}

function statusForHost(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${reading.url}/?query=SELECT+1`, { headers: { host } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    })
      .on('error', reject)
      .end();
  });
}
