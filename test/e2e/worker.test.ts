import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertValueSchema } from '../../src/alerts/alert.ts';
import type { Broker, BrokerRecord } from '../../src/broker/broker.ts';
import { createKafkaBroker } from '../../src/broker/kafka.ts';
import { BAD_RECORDS_NOW_MS, badAppeals, badPosts, bytesOf, goodPost } from '../support/bad-records.ts';
import { parseLines, salmaq, startSalmaq, temporaryDirectory } from '../support/cli.ts';
import { startKafka, uniqueName } from '../support/kafka.ts';
import { writePipelineFile } from '../support/pipeline-file.ts';

const AT = new Date(BAD_RECORDS_NOW_MS).toISOString();
const work = temporaryDirectory('worker');
let brokers: string[];
let broker: Broker;

beforeAll(async () => {
  ({ brokers } = await startKafka());
  broker = createKafkaBroker({ brokers });
});
afterAll(async () => {
  await broker.close();
  work.remove();
});

/** A pipeline of its own with its topics created, and the folder it keeps its data in. */
async function pipelineWith(options: { subscriptions?: string; settings?: Record<string, unknown> } = {}) {
  const name = uniqueName('worker');
  const folder = join(work.path, name);
  mkdirSync(folder);
  const file = writePipelineFile(folder, { brokers, name, ...options });
  const doctor = await salmaq(['doctor', file, '--fix', '--json']);
  expect(doctor.code, doctor.stdout + doctor.stderr).toBe(0);
  return { name, file, folder };
}

async function drained(name: string): Promise<void> {
  const lag = async () => {
    const inspected = await broker.inspect({ topics: [`${name}.posts`, `${name}.appeals`], groupId: name });
    return inspected.lag.reduce((sum, partition) => sum + partition.lag, 0n);
  };
  await expect.poll(lag, { timeout: 60_000, interval: 200 }).toBe(0n);
}

/** All records of a topic, read by a group of its own. */
async function readAll(topic: string, count: number): Promise<BrokerRecord[]> {
  const records: BrokerRecord[] = [];
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 30_000).unref();
  await broker.consume({
    topics: [topic],
    groupId: uniqueName('reader'),
    fromBeginning: true,
    gather: { maxRecords: 10_000, maxBytes: 1 << 26, maxWaitMs: 100 },
    signal: stop.signal,
    async onBatch(batch) {
      records.push(...batch.records);
      if (records.length >= count) stop.abort();
    },
  });
  return records;
}

describe('Bad input through Kafka', () => {
  // What is larger than a topic takes cannot come this way.
  const fits = ({ bytes }: { bytes: Uint8Array | null }) => (bytes?.length ?? 0) < 900_000;
  const posts = badPosts.filter(fits);
  const appeals = badAppeals.filter(fits);
  const refusedPosts = posts.filter(({ outcome }) => outcome !== 'accepted');
  const refusedAppeals = appeals.filter(({ outcome }) => outcome !== 'accepted');

  it('has one outcome for each record, stops nothing, loses nothing, and what is mended can be sent back', async () => {
    const { name, file, folder } = await pipelineWith();
    const publish = (topic: string, records: typeof posts) =>
      broker.publish(
        topic,
        records.map(({ name: key, bytes }) => ({ key, value: bytes })),
      );
    await publish(`${name}.posts`, posts);
    await publish(`${name}.appeals`, appeals);
    await broker.publish(`${name}.posts`, [{ key: 'last', value: bytesOf(goodPost({ id: 'the-last-one' })) }]);

    const worker = startSalmaq(['run', file, '--at', AT]);
    await worker.saw('consuming');
    await drained(name);
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);

    const listed = await salmaq(['dead', 'list', file, '--json']);
    const letters = parseLines(listed.stdout) as {
      kind: string;
      key: string;
      reason: string;
      topic: string;
      offset: string;
    }[];
    const found = (kind: string) =>
      letters.filter((letter) => letter.kind === kind).map(({ key, reason }) => `${key}: ${reason}`);
    const expected = (records: typeof posts) => records.map(({ name: key, outcome }) => `${key}: ${outcome}`);
    expect(found('post').sort()).toEqual(expected(refusedPosts).sort());
    expect(found('appeal').sort()).toEqual(expected(refusedAppeals).sort());

    const dead = await readAll(`${name}.posts.dead`, refusedPosts.length);
    expect(dead.map(({ key }) => Buffer.from(key ?? []).toString()).sort()).toEqual(
      refusedPosts.map((record) => record.name).sort(),
    );
    for (const { key, value, headers } of dead) {
      const original = posts.find((record) => record.name === Buffer.from(key ?? []).toString());
      expect(Buffer.from(value ?? []).equals(Buffer.from(original?.bytes ?? []))).toBe(true);
      expect(Buffer.from(headers['topic'] ?? []).toString()).toBe(`${name}.posts`);
      expect(Buffer.from(headers['reason'] ?? []).toString()).toBe(original?.outcome);
    }

    // One is mended by hand and sent back to its topic; the worker takes it in.
    const broken = letters.find(({ kind, reason }) => kind === 'post' && reason === 'malformed-json');
    const mended = join(folder, 'mended.ndjson');
    writeFileSync(mended, `${JSON.stringify({ ...broken, payload: JSON.stringify(goodPost({ id: 'mended' })) })}\n`);
    const requeued = await salmaq(['dead', 'requeue', file, '--input', mended, '--at', AT]);
    expect(requeued.stderr).toContain('1 sent back, 0 still invalid');
    const left = parseLines((await salmaq(['dead', 'list', file, '--json'])).stdout);
    expect(left).toHaveLength(letters.length - 1);

    const again = startSalmaq(['run', file, '--at', AT]);
    await again.saw('consuming');
    await drained(name);
    again.child.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
    const doctor = await salmaq(['doctor', file, '--json']);
    const rows = parseLines(doctor.stdout).find((line) => (line as { check: string }).check === 'rows') as {
      detail: string;
    };
    const ids = new Set(
      posts
        .filter(({ outcome }) => outcome === 'accepted')
        .map(
          ({ bytes }) =>
            JSON.parse(
              Buffer.from(bytes ?? [])
                .toString()
                .replace(/^\ufeff/, ''),
            ).id,
        ),
    );
    expect(rows.detail).toContain(`posts ${ids.size + 2},`);
  });

  it('stops the worker with a clear error when too much of it is invalid, and commits nothing of that batch', async () => {
    const { name, file } = await pipelineWith({ settings: { invalid: { maxShare: 0.2, among: 100 } } });
    const records = Array.from({ length: 300 }, (_, i) => ({
      key: String(i),
      value: i % 3 === 0 ? '{' : JSON.stringify(goodPost({ id: `p${i}` })),
    }));
    await broker.publish(`${name}.posts`, records);
    const { code, stderr } = await startSalmaq(['run', file, '--at', AT]).ended;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /SLM_INVALID_SHARE \d+ of the last \d+ records are invalid \(\d+ malformed-json\), more than the 20 % allowed/,
    );
    expect(parseLines((await salmaq(['dead', 'list', file, '--json'])).stdout).length).toBeGreaterThan(0);
  });
});

describe('A worker', () => {
  it('refuses to start while a topic is missing, and says how to create it', async () => {
    const name = uniqueName('missing');
    const file = writePipelineFile(work.path, { brokers, name });
    const { code, stderr } = await salmaq(['run', file]);
    expect(code).toBe(1);
    expect(stderr).toContain(`SLM_BROKER these topics do not exist: ${name}.posts`);
    expect(stderr).toContain('salmaq doctor --fix');
    expect(await broker.topics()).not.toContain(`${name}.posts`);
  });

  it('publishes alerts for what a subscription asks for, each once', async () => {
    const subscriptions = join(work.path, 'subscriptions');
    mkdirSync(subscriptions);
    const subscription =
      'name: flood\nverdicts: [emergency, emerging, systemic, insufficient, noise]\nminScore: 0\nwindows: [P1D]\n';
    writeFileSync(join(subscriptions, 'flood.yaml'), `${subscription}agencies: [mes]\n`);
    const { name, file } = await pipelineWith({ subscriptions });
    const posts = Array.from({ length: 40 }, (_, i) =>
      goodPost({
        id: `flood-${i}`,
        text: `ДЧС спасает людей, Петропавловск затопило, вода в домах на улице номер ${i}, помогите ${'!'.repeat(i % 5)}`,
        publishedAt: `2026-03-01T${String(10 + (i % 8)).padStart(2, '0')}:15:00Z`,
        author: { id: `neighbour-${i}` },
      }),
    );
    await broker.publish(
      `${name}.posts`,
      posts.map((post) => ({ key: String(post['id']), value: JSON.stringify(post) })),
    );

    const at = '2026-03-01T20:00:00Z';
    const worker = startSalmaq(['run', file, '--at', at]);
    const [alert] = await readAll(`${name}.alerts.flood`, 1);
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);

    const header = (key: string) => Buffer.from(alert?.headers[key] ?? []).toString();
    const value = alertValueSchema.parse(JSON.parse(Buffer.from(alert?.value ?? []).toString()));
    expect(Buffer.from(alert?.key ?? []).toString()).toBe('mes');
    expect(header('ce_specversion')).toBe('1.0');
    expect(header('ce_type')).toBe('kz.salmaq.signal.v1');
    expect(header('ce_subject')).toBe(value.id);
    expect(header('ce_id')).not.toBe('');
    expect(value).toMatchObject({ subscription: 'flood', change: 'opened', agency: 'mes' });

    // The same worker started again weighs all again and has nothing new to tell.
    const told = async () => {
      const { lag } = await broker.inspect({ topics: [`${name}.alerts.flood`], groupId: name });
      return lag.reduce((sum, { end }) => sum + end, 0n);
    };
    const before = await told();
    const again = startSalmaq(['run', file, '--at', at]);
    await again.saw('consuming');
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    again.child.kill('SIGTERM');
    expect((await again.ended).code).toBe(0);
    expect(await told()).toBe(before);
  });
});
