import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { serveClickHouse } from '../../../src/store/http-interface.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { withRetry } from '../../../src/store/retry.ts';
import type { Store } from '../../../src/store/store.ts';
import { someRow } from './arbitrary-rows.ts';
import { readBack } from './read-back.ts';

let folder: string;
let store: Store;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'salmaq-writer-'));
  store = await openStore({ path: folder });
  await migrate(store);
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  await store.command('TRUNCATE TABLE cluster_links');
  await store.command('TRUNCATE TABLE alerts');
});

const link = (cluster: string) => someRow('cluster_links', { cluster, root: 'r' });

test('waits for a server that is away, and gives up at its deadline', async () => {
  const first = await serveClickHouse(store, { port: 0, writable: true });
  const { port, url } = first;
  await first.close();
  const remote = await openStore({ url });
  const insert = (cluster: string) => () => remote.insert('cluster_links', [link(cluster)]);
  const pauses: number[] = [];
  const written = withRetry(insert('late'), { deadlineMs: 60_000, firstPauseMs: 10 }, (_, pauseMs) =>
    pauses.push(pauseMs),
  );
  await expect(withRetry(insert('lost'), { deadlineMs: 30, firstPauseMs: 10 })).rejects.toMatchObject({
    code: 'SLM_STORE',
    hint: expect.stringContaining('check that ClickHouse runs'),
  });
  const second = await serveClickHouse(store, { port, writable: true });
  await written;
  expect(pauses.slice(0, 2)).toEqual([10, 20]);
  expect(await readBack(store, 'cluster_links')).toHaveLength(1);
  await remote.close();
  await second.close();
});

test('does not try again what can never succeed', async () => {
  await store.command('RENAME TABLE alerts TO alerts_away');
  const insert = () => store.insert('alerts', [someRow('alerts')]);
  await expect(withRetry(insert, { deadlineMs: 60_000, firstPauseMs: 10 })).rejects.toMatchObject({
    code: 'SLM_STORE',
  });
  await store.command('RENAME TABLE alerts_away TO alerts');
});
