import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker } from '../../src/broker/broker.ts';
import { createKafkaBroker } from '../../src/broker/kafka.ts';
import { Random } from '../../src/random.ts';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { readFiles } from '../../src/source-files.ts';
import { salmaq, startSalmaq, temporaryDirectory } from '../support/cli.ts';
import { figuresOf } from '../support/figures.ts';
import { startKafka, uniqueName } from '../support/kafka.ts';
import { TEST_ENVIRONMENT, writePipelineFile } from '../support/pipeline-file.ts';
import { writeRecentAppeals } from '../support/recent-appeals.ts';

/**
 * `npm run test:fault -- ` with SALMAQ_FAULT_POSTS=file,file takes larger input; without it the fixtures go through alone.
 */
const MORE_POSTS = process.env['SALMAQ_FAULT_POSTS']?.split(',') ?? [];
const IS_LARGE = MORE_POSTS.length > 0;
const fixture = (name: string) => join(PACKAGE_ROOT, 'fixtures', name);
const work = temporaryDirectory('fault');
/** The gold posts without their labels. */
const GOLD = join(work.path, 'gold.ndjson');
const POSTS = [fixture('posts.ndjson'), fixture('bad-records.ndjson'), GOLD, ...MORE_POSTS];
const APPEALS = [
  IS_LARGE ? fixture('appeals.ndjson') : writeRecentAppeals(work.path),
  fixture('bad-records/appeals.ndjson'),
];
const KILLS = IS_LARGE ? 5 : 3;
const SEED = Number(process.env['SALMAQ_FAULT_SEED'] ?? 20_261_122);
const AT = '2026-11-22T00:00:00Z';
/** So small that every kill finds the worker at work. */
const BATCH = { rows: 100, waitMs: 100 };

afterAll(() => work.remove());

describe('A worker killed at random moments', () => {
  let broker: Broker;
  let pipeline: string;
  const name = uniqueName('fault');

  beforeAll(async () => {
    const gold = readFileSync(fixture('gold-posts.ndjson'), 'utf8').trimEnd().split('\n');
    const posts = gold.map((line) => JSON.parse(line).post);
    // They lie over months, and each day more is a dozen windows to weigh.
    if (!IS_LARGE) for (const post of posts) post.publishedAt = `2026-02-28${post.publishedAt.slice(10)}`;
    writeFileSync(GOLD, posts.map((post) => `${JSON.stringify(post)}\n`).join(''));
    const { brokers } = await startKafka();
    const privacy = { authorKey: '${SALMAQ_AUTHOR_KEY}' };
    pipeline = writePipelineFile(work.path, {
      brokers,
      name,
      settings: { privacy, batch: BATCH, evaluation: { everyMs: 10_000 } },
    });
    broker = createKafkaBroker({ brokers, clientId: name });
    const fixed = await salmaq(
      ['doctor', pipeline, '--data-dir', join(work.path, 'disturbed'), '--fix', '--partitions', '3'],
      {
        env: TEST_ENVIRONMENT,
      },
    );
    expect(fixed.stderr + fixed.stdout).toContain(`${name}.posts`);
    expect(fixed.code).toBe(0);
  });
  afterAll(() => broker.close());

  it('loses nothing and counts nothing twice', { timeout: 15 * 60_000 }, async () => {
    const records = await publishAll(broker, name);
    const disturbed = join(work.path, 'disturbed');
    const random = new Random(SEED);
    /** Records that had not been committed when each kill had struck. */
    const left: number[] = [];

    for (let kill = 0; kill < KILLS; kill++) {
      const before = await lagOf(broker, name);
      if (before === 0n) break;
      const worker = startSalmaq(['run', pipeline, '--data-dir', disturbed, '--at', AT], { env: TEST_ENVIRONMENT });
      await worker.saw('consuming');
      // At work on any machine: something is committed, and what a few moments later is not shows below.
      await expect.poll(() => lagOf(broker, name), { timeout: 60_000, interval: 20 }).toBeLessThan(before);
      await sleep(random.next() * 300);
      worker.child.kill('SIGKILL');
      await worker.ended;
      left.push(Number(await lagOf(broker, name)));
    }

    expect(Math.max(...left), 'no kill found the worker at work').toBeGreaterThan(0);
    const worker = startSalmaq(['run', pipeline, '--data-dir', disturbed, '--at', AT], { env: TEST_ENVIRONMENT });
    await worker.saw('consuming');
    await expect.poll(() => lagOf(broker, name), { timeout: 10 * 60_000, interval: 500 }).toBe(0n);
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);

    const undisturbed = join(work.path, 'undisturbed');
    const replayed = await salmaq(
      [
        'replay',
        '--posts',
        ...POSTS,
        '--appeals',
        ...APPEALS,
        '--data-dir',
        undisturbed,
        '--at',
        AT,
        '--pipeline',
        pipeline,
      ],
      { env: TEST_ENVIRONMENT },
    );
    expect(replayed.stderr).toContain('posts');
    expect(replayed.code).toBe(0);

    const expected = await figuresOf(undisturbed);
    const found = await figuresOf(disturbed);
    expect(found.posts).toEqual(expected.posts);
    expect(found.appeals).toEqual(expected.appeals);
    expect(found.dead).toEqual(expected.dead);
    expect(found.cells).toEqual(expected.cells);
    expect(expected.posts.rows).toBe(expected.posts.distinct);
    expect(records).toBeGreaterThanOrEqual(expected.posts.rows);
    // For the report: what went in, and what is there.
    console.log(
      JSON.stringify({
        records,
        seed: SEED,
        kills: KILLS,
        left,
        posts: found.posts,
        dead: found.dead.length,
        cells: found.cells.length,
      }),
    );
  });
});

/** Writes every line of the files, keyed by its post, so that the observations of one post keep their order. */
async function publishAll(broker: Broker, name: string): Promise<number> {
  let sent = 0;
  const files = [
    ...POSTS.map((path) => ({ path, kind: 'posts' as const })),
    ...APPEALS.map((path) => ({ path, kind: 'appeals' as const })),
  ];
  for await (const { file, records } of readFiles(files, { observedAtMs: Date.now(), rows: 2_000 })) {
    const outgoing = records.map(({ value }) => ({ key: keyOf(value), value }));
    if (outgoing.length > 0) await broker.publish(`${name}.${file.kind}`, outgoing);
    if (file.kind === 'posts') sent += outgoing.length;
  }
  return sent;
}

/** Platform and id where there are any: of two observations in two partitions nobody can say which is the later. */
function keyOf(value: Uint8Array | null): string {
  const text = Buffer.from(value ?? []).toString();
  return /"id":\s*"([^"]*)"/.exec(text)?.[1] ?? text.slice(0, 100);
}

async function lagOf(broker: Broker, name: string): Promise<bigint> {
  const { lag } = await broker.inspect({ topics: [`${name}.posts`, `${name}.appeals`], groupId: name });
  return lag.reduce((sum, partition) => sum + partition.lag, 0n);
}
