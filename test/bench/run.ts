/**
 * `npm run bench` prints ratios, all to `JSON.parse` of the same bytes in the same run, since seconds mean little on
 * another machine. `npm run bench -- --posts FILE` takes the texts from elsewhere; `--without-kafka` needs no Java.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { assemble } from '../../src/assembly.ts';
import { createKafkaBroker } from '../../src/broker/kafka.ts';
import { readConfig } from '../../src/commands/options.ts';
import { createEnricher } from '../../src/enrich.ts';
import { table } from '../../src/output.ts';
import { createAuthorHash } from '../../src/post/author-key.ts';
import { type Post, postKey, postSchema } from '../../src/post/post.ts';
import type { SourceRecord } from '../../src/post/source-record.ts';
import { TextBatch } from '../../src/post/text-batch.ts';
import { validatePost } from '../../src/post/validate.ts';
import { openRooms } from '../../src/rooms.ts';
import { PACKAGE_ROOT, VERSION } from '../../src/root.ts';
import { Random } from '../../src/simulation/random.ts';
import { toPostRow } from '../../src/store/post-row.ts';
import { encodeRows } from '../../src/store/row-binary.ts';
import { RowSink } from '../../src/store/row-sink.ts';
import { createLogger } from '../../src/telemetry/logger.ts';
import { createMetrics } from '../../src/telemetry/metrics.ts';
import { launchKafka } from '../support/kafka/launch.ts';

const { values: args } = parseArgs({
  options: {
    posts: { type: 'string', default: join(PACKAGE_ROOT, 'fixtures/posts.ndjson') },
    count: { type: 'string', default: '60000' },
    'without-kafka': { type: 'boolean', default: false },
    /** Size of a record; texts are joined at random until it is reached. 0 leaves them as they are. */
    bytes: { type: 'string', default: '945' },
  },
});

const COUNT = Number(args.count);
const nowMs = Date.now();
const config = readConfig(join(PACKAGE_ROOT, 'pipelines/national.yaml'));
const records = makeRecords(readPosts(args.posts), COUNT);
const bytes = records.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);

const rows: [string, number, number][] = [];
let unit = 0;

console.log(`${COUNT} posts, ${Math.round(bytes / COUNT)} bytes each`);
unit = cpuOf(() => {
  for (const { value } of records) JSON.parse(Buffer.from(value ?? []).toString('utf8'));
}, 5);
report('JSON.parse of the record (B)', unit);
stages();
await wholePath();
if (!args['without-kafka']) await throughKafka();
console.log(table(['part', 'CPU µs per post', '× B'], rows));

function stages(): void {
  const posts = records.map(({ value }) => {
    const validated = validatePost(value, nowMs);
    if (!validated.ok) throw new Error(validated.refusal.message);
    return validated.value;
  });
  const chunks = Array.from({ length: Math.ceil(COUNT / 10_000) }, (_, i) => posts.slice(i * 10_000, (i + 1) * 10_000));
  const batches = chunks.map((chunk) => ({ posts: chunk, texts: chunk.map(({ text }) => text) }));
  const rooms = openRooms(config);
  const batch = new TextBatch();
  const { copies } = openRooms(config);
  const enrichers = batches.map(() => createEnricher(openRooms(config)));

  const each = (work: (chunk: (typeof batches)[number]) => void) => () => {
    for (const chunk of batches) work(chunk);
  };
  report(
    'validate',
    cpuOf(() => {
      for (const { value } of records) validatePost(value, nowMs);
    }),
  );
  const normalising = cpuOf(each(({ texts }) => batch.fill(texts)));
  report('normalise', normalising);
  report('language', cpuOf(each(({ texts }) => rooms.language.detect(batch.fill(texts), texts))) - normalising);
  report('mentions', cpuOf(each((chunk) => rooms.mentions.find(batch.fill(chunk.texts), chunk.posts))) - normalising);
  report(
    'copies',
    cpuOf(
      each((chunk) => {
        const candidates = chunk.posts.map((post) => ({
          key: postKey(post),
          publishedAtMs: Date.parse(post.publishedAt),
        }));
        copies.assign(batch.fill(chunk.texts), candidates);
      }),
      1,
    ) - normalising,
  );
  report(
    'reach',
    cpuOf(
      each((chunk) => {
        for (const post of chunk.posts) rooms.reach(post);
      }),
    ),
  );

  const enriched = batches.map((chunk, i) => (enrichers[i] ?? fail())(chunk.posts));
  const hash = createAuthorHash(Buffer.alloc(32, 7));
  const stamp = { worker: 'bench', ingestedAtMs: nowMs };
  const sink = new RowSink();
  report(
    'encode rows',
    cpuOf(() => {
      let i = 0;
      for (const chunk of enriched) {
        const encoded = encodeRows(
          'posts',
          chunk.map((post) => toPostRow(post, records[i++] ?? fail(), hash, stamp)),
          sink,
        );
        for (const _ of encoded);
      }
    }, 1),
  );
}

/** From records in memory to acknowledged rows. */
async function wholePath(): Promise<void> {
  await withAssembly(async (assembly) => {
    const wallStart = performance.now();
    const cpuStart = process.cpuUsage();
    for (let from = 0; from < COUNT; from += config.batch.rows) {
      await assembly.pipeline.process({ posts: records.slice(from, from + config.batch.rows), appeals: [] });
    }
    finish('record → acknowledged row', cpuStart, wallStart);
  });
}

/** From a Kafka record to an acknowledged row, over a real broker. The broker is another process and is not counted. */
async function throughKafka(): Promise<void> {
  const kafka = await launchKafka(process.env['SALMAQ_KAFKA_VERSION'] ?? '4.3.1');
  const log = createLogger({ level: 'error', pretty: false });
  const broker = createKafkaBroker({ brokers: kafka.brokers, clientId: 'bench' }, log);
  try {
    await broker.createTopics([{ topic: 'bench', partitions: 3 }]);
    for (let from = 0; from < COUNT; from += 2_000) {
      await broker.publish(
        'bench',
        records.slice(from, from + 2_000).map(({ value }, i) => ({ key: String(from + i), value })),
      );
    }
    await withAssembly(async ({ pipeline }) => {
      const wallStart = performance.now();
      const cpuStart = process.cpuUsage();
      const stop = new AbortController();
      let left = COUNT;
      await broker.consume({
        topics: ['bench'],
        groupId: 'bench',
        fromBeginning: true,
        gather: { maxRecords: config.batch.rows, maxBytes: 1 << 26, maxWaitMs: config.batch.waitMs },
        signal: stop.signal,
        async onBatch(batch) {
          const posts = batch.records.map(({ timestampMs, ...record }) => ({ ...record, observedAtMs: timestampMs }));
          await pipeline.process({ posts, appeals: [] });
          left -= posts.length;
          if (left <= 0) {
            finish('Kafka record → acknowledged row', cpuStart, wallStart);
            stop.abort();
          }
        },
      });
    });
  } finally {
    await broker.close();
    await kafka.stop();
  }
}

async function withAssembly(work: (assembly: Awaited<ReturnType<typeof assemble>>) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'salmaq-bench-'));
  const log = createLogger({ level: 'error', pretty: false });
  const assembly = await assemble(
    { ...config, store: { path, maxQuerySeconds: 300 } },
    { clock: () => nowMs, log, metrics: createMetrics({ version: VERSION }) },
  );
  try {
    await work(assembly);
  } finally {
    await assembly.store.close();
    rmSync(path, { recursive: true });
  }
}

function finish(name: string, cpuStart: NodeJS.CpuUsage, wallStart: number): void {
  const { user, system } = process.cpuUsage(cpuStart);
  const seconds = (performance.now() - wallStart) / 1_000;
  report(name, (user + system) / COUNT);
  console.log(`${name}: ${Math.round(COUNT / seconds)} posts/s`);
}

function report(name: string, cpuUs: number): void {
  rows.push([name, cpuUs, cpuUs / unit]);
}

/** CPU microseconds a post of the whole process, the best of some rounds. */
function cpuOf(work: () => void, rounds = 3): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / COUNT);
  }
  return best;
}

function readPosts(path: string): Post[] {
  const file = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(file) : file).toString('utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => postSchema.parse(JSON.parse(line)));
}

/** Posts of their own from the texts given, joined at random until a record has the size asked for. */
function makeRecords(posts: readonly Post[], count: number): SourceRecord[] {
  const random = new Random(1);
  const size = Number(args.bytes);
  return Array.from({ length: count }, (_, i) => {
    const post = posts[i % posts.length] ?? fail();
    const publishedAt = new Date(nowMs - 3_600_000 + i * 50).toISOString();
    let value = encode({ ...post, id: `${post.id}-${i}`, publishedAt });
    for (let text = post.text; value.length < size; ) {
      text = `${text} ${random.pick(posts).text}`.slice(0, size);
      value = encode({ ...post, id: `${post.id}-${i}`, publishedAt, text });
    }
    return { topic: 'bench', partition: 0, offset: BigInt(i), key: null, value, observedAtMs: nowMs };
  });
}

function encode(post: Post): Buffer {
  return Buffer.from(JSON.stringify(post));
}

function fail(): never {
  throw new RangeError('no such post');
}
