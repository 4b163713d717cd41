import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { subscriptionSchema } from '../../src/alerts/subscription.ts';
import { createApi } from '../../src/api/create-api.ts';
import { serverSettingsSchema } from '../../src/api/settings.ts';
import { createApiDeps } from '../../src/api-deps.ts';
import { assemble } from '../../src/assembly.ts';
import { MemoryBroker } from '../../src/broker/memory.ts';
import { readPipeline } from '../../src/config/pipeline.ts';
import { createEnricher, toContract } from '../../src/enrich.ts';
import { explainSignal } from '../../src/explain.ts';
import { createNames } from '../../src/names.ts';
import { createAuthorHash } from '../../src/post/author-key.ts';
import { type Post, postSchema } from '../../src/post/post.ts';
import { TextBatch } from '../../src/post/text-batch.ts';
import { replayFiles } from '../../src/replay.ts';
import { readLists, readWeighing } from '../../src/rooms.ts';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { readSignals } from '../../src/signals/read.ts';
import { defineQuery } from '../../src/store/store.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { VERDICTS } from '../../src/weigh/signal.ts';
import { createWeigher } from '../../src/weigher.ts';
import { createDeadLetterPublisher } from '../../src/worker.ts';
import { temporaryDirectory } from '../support/cli.ts';

const AT_MS = Date.parse('2026-03-02T00:00:00Z');
const KEY = 'a key of the test, never used elsewhere';
const work = temporaryDirectory('privacy');
const config = readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), {
  SALMAQ_DATA_DIR: join(work.path, 'data'),
  SALMAQ_AUTHOR_KEY: KEY,
});

/** Marks that stand for whoever wrote a post and where, in every field that could tell. */
const marked = (raw: unknown) => {
  const post = postSchema.parse(raw);
  const { author, channel } = post;
  return {
    ...post,
    url: `https://${post.platform}.example/@MARK-handle-${author.id}/1`,
    author: {
      ...author,
      id: `MARK-author-${author.id}`,
      name: `MARK-name-${author.id}`,
      username: `MARK-user-${author.id}`,
    },
    ...(channel === undefined
      ? {}
      : { channel: { ...channel, id: `MARK-channel-${channel.id}`, name: `MARK-title-${channel.id}` } }),
  };
};
const posts: Post[] = readFileSync(join(PACKAGE_ROOT, 'fixtures/posts.ndjson'), 'utf8')
  .split('\n')
  .filter((line) => line.includes('"publishedAt":"2026-03-01T'))
  .slice(0, 60)
  .map((line) => marked(JSON.parse(line)));

/** Everything Salmaq tells anybody about these posts, by the way it tells it. */
const told = new Map<string, string>();
let deadLetters = '';

beforeAll(async () => {
  const file = join(work.path, 'posts.ndjson');
  const refused = posts.slice(0, 3).map((post) => JSON.stringify({ ...post, id: '', platform: 'MARK' }));
  writeFileSync(file, [...posts.map((post) => JSON.stringify(post)), ...refused].join('\n'));

  const log: string[] = [];
  const logger = createLogger({ level: 'trace', pretty: false }, { write: (line: string) => void log.push(line) });
  const metrics = createMetrics({ version: 'test' });
  const broker = new MemoryBroker();
  const subscriptions = [
    subscriptionSchema.parse({ name: 'all', verdicts: [...VERDICTS], minScore: 0, windows: ['P1D'] }),
  ];
  const alertTopics = subscriptions.map(({ name }) => `${config.topics.alerts}${name}`);
  const { topics } = config;
  await broker.createTopics(
    [...alertTopics, topics.postsDead, topics.appealsDead].map((topic) => ({
      topic,
      partitions: 1,
      replicationFactor: 1,
    })),
  );
  const assembly = await assemble(config, {
    clock: () => AT_MS,
    log: logger,
    metrics,
    publishDead: createDeadLetterPublisher(broker, topics, () => false),
  });
  const { store, rooms } = assembly;
  try {
    const weighing = readWeighing(config);
    told.set('replay', JSON.stringify(await replayFiles(assembly, [{ path: file, kind: 'posts' }])));
    const alerts = { subscriptions, broker, topicPrefix: topics.alerts };
    const weigher = createWeigher({
      store,
      clock: () => AT_MS,
      weighing,
      alerts,
      hourlyForMs: 3_600_000,
      resume: false,
    });
    told.set('signals', JSON.stringify(await weigher.weigh()));

    const names = createNames(readLists(config));
    const signals = await readSignals(store, {});
    told.set('explain', signals.map((signal) => explainSignal(signal, names, 'ru')).join('\n'));
    told.set('enrich', JSON.stringify(createEnricher(rooms)(posts).map(toContract)));
    const traces = posts.map((post) => rooms.mentions.explain(new TextBatch().fill([post.text]), 0, post));
    told.set('enrich --explain', JSON.stringify(traces));

    const deps = createApiDeps({ assembly, weighing, metrics, log: logger, checks: {} });
    const api = createApi(deps, serverSettingsSchema.parse({}));
    const window = 'from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&limit=10000';
    const one = signals[0]?.id ?? '';
    for (const path of [
      '/',
      '/openapi.json',
      '/livez',
      '/readyz',
      '/metrics',
      '/v1/signals?window=P7D&limit=10000',
      `/v1/signals?${window}`,
      `/v1/signals/${one}`,
      `/v1/history/${one}`,
      `/v1/silence?${window}`,
    ]) {
      const response = await api.request(path);
      expect(response.status, path).toBe(200);
      told.set(`GET ${path}`, await response.text());
    }
    told.set('alerts', await published(broker, alertTopics));
    told.set('log', log.join(''));

    const rows = async (table: string) =>
      JSON.stringify(
        await store.query(
          defineQuery({
            name: 'all',
            sql: `SELECT * FROM ${table}`,
            params: z.object({}),
            row: z.record(z.string(), z.unknown()),
          }),
          {},
        ),
      );
    for (const table of ['posts', 'cluster_links', 'appeals', 'signals', 'verdicts', 'cell_hours', 'alerts']) {
      told.set(`table ${table}`, await rows(table));
    }
    deadLetters = await rows('dead_letters');
  } finally {
    await store.close();
  }
}, 60_000);

afterAll(() => work.remove());

async function published(broker: MemoryBroker, topics: readonly string[]): Promise<string> {
  const stop = new AbortController();
  let text = '';
  const consumed = broker.consume({
    topics,
    groupId: 'reader',
    fromBeginning: true,
    gather: { maxRecords: 1_000, maxBytes: 1 << 24, maxWaitMs: 10 },
    signal: stop.signal,
    async onBatch({ records }) {
      text += records.map(({ key, value, headers }) => `${key} ${value} ${JSON.stringify(headers)}`).join('\n');
      stop.abort();
    },
  });
  await consumed;
  return text;
}

describe('What Salmaq tells of posts', () => {
  it('is told in every way there is', () => {
    for (const way of [
      'replay',
      'signals',
      'explain',
      'enrich',
      'GET /metrics',
      'table signals',
      'table verdicts',
      'table alerts',
    ]) {
      expect(told.get(way)?.length, way).toBeGreaterThan(50);
    }
    expect(told.get('alerts')).toContain('"change":"opened"');
  });

  it('never holds the id, the name or the address of an author or a channel', () => {
    for (const [way, text] of told) expect(text.match(/MARK[\w-]*/)?.[0], way).toBeUndefined();
  });

  it('names no post, and quotes none, but to whom it was given and in the tables of posts', () => {
    const ids = posts.map(({ platform, id }) => `${platform}:${id}`);
    const texts = posts.map(({ text }) => text).filter((text) => text.length > 20);
    for (const [way, text] of told) {
      if (/^enrich|^table (posts|cluster_links)$/.test(way)) continue;
      expect(
        [...ids, ...texts].filter((one) => text.includes(one)),
        way,
      ).toEqual([]);
    }
  });

  it('holds the keyed hash of an author in table posts alone', () => {
    const hash = createAuthorHash(Buffer.from(KEY));
    const hashes = posts.map(({ platform, author }) => String(hash(platform, author.id)));
    expect(told.get('table posts')).toContain(hashes[0]);
    const known = new Set(hashes);
    for (const [way, text] of told) {
      const found = text.match(/\d{10,}/g)?.filter((number) => known.has(number)) ?? [];
      if (way !== 'table posts') expect(found, way).toEqual([]);
    }
  });

  it('is no hash that a list of accounts could be tried against without the key', () => {
    const other = createAuthorHash(Buffer.from('another key of the same length, tried'));
    const [post] = posts;
    expect(told.get('table posts')).not.toContain(String(other(post?.platform ?? '', post?.author.id ?? '')));
  });

  it('leaves records as they came in the dead letters, which is why they have a retention', () => {
    expect(deadLetters).toContain('MARK-author-');
  });
});
