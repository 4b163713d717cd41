import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import type { Broker } from '../../src/broker/broker.ts';
import { createKafkaBroker } from '../../src/broker/kafka.ts';
import { joinLinks } from '../../src/copies/join-links.ts';
import { type ClickHouseServer, serveClickHouse } from '../../src/store/http-interface.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import { defineQuery, type Store } from '../../src/store/store.ts';
import { bytesOf, goodPost } from '../support/bad-records.ts';
import { salmaq, startSalmaq, temporaryDirectory } from '../support/cli.ts';
import { startKafka, uniqueName } from '../support/kafka.ts';
import { TEST_ENVIRONMENT, writePipelineFile } from '../support/pipeline-file.ts';

const work = temporaryDirectory('two-workers');
let store: Store;
let clickhouse: ClickHouseServer;
let broker: Broker;
let brokers: string[];

beforeAll(async () => {
  store = await openStore({ path: join(work.path, 'clickhouse') });
  await migrate(store);
  clickhouse = await serveClickHouse(store, { port: 0, writable: true });
  ({ brokers } = await startKafka());
  broker = createKafkaBroker({ brokers });
});
afterAll(async () => {
  await broker.close();
  await clickhouse.close();
  await store.close();
  work.remove();
});

const clusters = defineQuery({
  name: 'clusters',
  sql: 'SELECT id, cluster, worker FROM posts FINAL ORDER BY id',
  params: z.object({}),
  row: z.object({ id: z.string(), cluster: z.string(), worker: z.string() }),
});
const links = defineQuery({
  name: 'links',
  sql: 'SELECT cluster, root FROM cluster_links FINAL',
  params: z.object({}),
  row: z.object({ cluster: z.string(), root: z.string() }),
});

it('two workers on one ClickHouse server share the partitions and find the copies between them', async () => {
  const name = uniqueName('pair');
  mkdirSync(join(work.path, name));
  const pipeline = writePipelineFile(join(work.path, name), {
    brokers,
    name,
    settings: {
      store: { url: clickhouse.url },
      // Taken, so that each worker must find another.
      http: { port: clickhouse.port },
      privacy: { authorKey: '${SALMAQ_AUTHOR_KEY}' },
      evaluation: { everyMs: 500 },
    },
  });
  const env = TEST_ENVIRONMENT;
  expect((await salmaq(['doctor', pipeline, '--fix', '--partitions', '2'], { env })).code).toBe(0);
  const workers = [startSalmaq(['run', pipeline], { env }), startSalmaq(['run', pipeline], { env })];
  const joined = async () => {
    const found = await Promise.all(workers.map((worker) => worker.saw(/"partitions":\["[^"]+posts\/\d","[^"]+"\],/)));
    return new Set(found.map((line) => /posts\/\d/.exec(line)?.[0])).size;
  };
  expect(await joined()).toBe(2);

  // Forty texts, each in four copies that go to both partitions in waves.
  const text = (i: number) =>
    `Төртінші күн қатарынан ${i} нөмірлі үйде су жоқ, диспетчер телефонды көтермейді, балаларға тамақ пісіре алмай отырмыз, ` +
    `${['Абай', 'Жамбыл', 'Мәметова', 'Сейфуллин', 'Төле би'][i % 5]} көшесі ${i * 7}, ${i % 2 ? 'қашан қосасыздар' : 'кім жауап береді'}, ${'абвгдежзик'[i % 10]?.repeat(2)}${i * i} пәтер`;
  for (let wave = 0; wave < 4; wave++) {
    const posts = Array.from({ length: 40 }, (_, i) => ({
      key: `${wave}-${i}`,
      value: bytesOf(goodPost({ id: `w${wave}-${i}`, text: text(i), author: { id: `a${wave}-${i}` } })),
    }));
    await broker.publish(`${name}.posts`, posts);
  }
  await expect.poll(async () => (await store.query(clusters, {})).length, { timeout: 60_000, interval: 300 }).toBe(160);
  // Nothing more comes; within a period or two each has met what the other stored.
  const separate = async () => Math.max(...(await clustersByText()).map((roots) => roots.size));
  await expect.poll(separate, { timeout: 60_000, interval: 500 }).toBe(1);
  for (const { child } of workers) child.kill('SIGTERM');
  for (const { ended } of workers) {
    const { code, stderr } = await ended;
    expect(code, stderr.slice(-2000)).toBe(0);
  }

  expect(new Set((await store.query(clusters, {})).map(({ worker }) => worker)).size).toBe(2);
  expect(await clustersByText()).toHaveLength(40);

  /** Of each text, the clusters that its copies stand in once links are resolved. */
  async function clustersByText(): Promise<Set<string>[]> {
    const rootOf = joinLinks(await store.query(links, {}));
    const byText = new Map<string, Set<string>>();
    for (const { id, cluster } of await store.query(clusters, {})) {
      const text = id.split('-')[1] ?? '';
      byText.set(text, (byText.get(text) ?? new Set()).add(rootOf(cluster)));
    }
    return [...byText.values()];
  }
});
