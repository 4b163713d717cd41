import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/store/open-store.ts';
import { defineQuery } from '../../src/store/store.ts';
import { BATCH_ROWS } from '../unit/store/insert-until-killed.ts';

const PROGRAM = join(import.meta.dirname, '../unit/store/insert-until-killed.ts');

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salmaq-durability-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

test('an acknowledged row survives kill -9 at any moment, and the directory opens again at once', async () => {
  const acknowledged: number[] = [];
  for (const pauseMs of [0, 7, 23]) {
    acknowledged.push(...(await insertUntilKilled(1000 * acknowledged.length, 4, pauseMs)));
  }
  const store = await openStore({ path: folder });
  const stored = new Map((await store.query(rowsOfBatches, {})).map(({ batch, rows }) => [batch, rows]));
  expect(acknowledged.length).toBeGreaterThanOrEqual(12);
  for (const batch of acknowledged) expect([batch, stored.get(batch)]).toEqual([batch, BATCH_ROWS]);
  // At most the batch that was under way at each kill is there in part.
  expect([...stored.keys()].filter((batch) => !acknowledged.includes(batch)).length).toBeLessThanOrEqual(3);
  expect(await readdir(join(folder, 'spool'))).toEqual([]);
  await store.close();
});

test('a directory that another process has open is refused by its pid, and free when that one is gone', async () => {
  const running = start(0);
  await nextLine(running);
  await expect(openStore({ path: folder })).rejects.toMatchObject({
    code: 'SLM_STORE_BUSY',
    message: expect.stringContaining(`pid ${running.pid}`),
    hint: expect.stringContaining('stop that process'),
  });
  await kill(running);
  const store = await openStore({ path: folder });
  await expect(openStore({ path: join(folder, 'other') })).rejects.toMatchObject({ code: 'SLM_STORE_BUSY' });
  await store.close();
  await (await openStore({ path: join(folder, 'other') })).close();
  await expect(store.ping()).rejects.toMatchObject({ code: 'SLM_STORE' });
});

const rowsOfBatches = defineQuery({
  name: 'rowsOfBatches',
  sql: "SELECT toUInt32(splitByChar('-', id)[1]) AS batch, toUInt32(uniqExact(id)) AS rows FROM posts GROUP BY batch",
  params: z.object({}),
  row: z.object({ batch: z.number(), rows: z.number() }),
});

function start(firstBatch: number): ChildProcess {
  child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, folder, String(firstBatch)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return child;
}

/** Batches acknowledged before the kill, which comes `pauseMs` after the `count`th. */
async function insertUntilKilled(firstBatch: number, count: number, pauseMs: number): Promise<number[]> {
  const running = start(firstBatch);
  const batches: number[] = [];
  if (running.stdout === null) throw new Error('the program has no output');
  for await (const line of createInterface({ input: running.stdout })) {
    batches.push(Number(line));
    if (batches.length === count) setTimeout(() => running.kill('SIGKILL'), pauseMs);
  }
  return batches;
}

function nextLine(running: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    running.stdout?.once('data', () => resolve());
  });
}

function kill(running: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    running.once('exit', () => resolve());
    running.kill('SIGKILL');
  });
}
