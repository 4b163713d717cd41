import { afterAll, expect, it } from 'vitest';
import { bytesOf, goodAppeal, goodPost } from '../support/bad-records.ts';
import { startSalmaq, temporaryDirectory } from '../support/cli.ts';

const work = temporaryDirectory('start');
afterAll(() => work.remove());

/** Starts `salmaq start` on free ports, and resolves once it serves. */
async function start() {
  const started = startSalmaq(['start', '--data-dir', work.path, '--port', '0', '--clickhouse-port', '0']);
  const api = (await started.saw(/http:\/\/127\.0\.0\.1:\d+(?=\/v1\/signals)/)).toString();
  const clickhouse = (await started.saw(/http:\/\/127\.0\.0\.1:\d+(?= — ClickHouse)/)).toString();
  await started.saw('Ctrl-C stops it.');
  const select = async (sql: string) => (await fetch(clickhouse, { method: 'POST', body: sql })).text();
  const stop = async () => {
    started.child.kill('SIGINT');
    return started.ended;
  };
  return { api, select, stop };
}

const COUNTS =
  'SELECT (SELECT count() FROM posts FINAL), (SELECT count() FROM appeals FINAL), (SELECT count() FROM dead_letters FINAL)';

it('shows the sample, serves it, takes records in, stops cleanly, and counts nothing twice when started again', async () => {
  const first = await start();
  for (const path of ['/livez', '/readyz', '/metrics', '/', '/openapi.json']) {
    expect((await fetch(first.api + path)).status, path).toBe(200);
  }
  const { signals } = (await (await fetch(`${first.api}/v1/signals?window=P1D&limit=5`)).json()) as {
    signals: { verdict: { score: number } }[];
  };
  expect(signals).toHaveLength(5);

  const send = (path: string, body: Uint8Array) =>
    fetch(first.api + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(body),
    });
  const before = (await first.select(COUNTS)).split('\t').map(Number);
  const posts = await send(
    '/v1/posts',
    bytesOf([goodPost({ id: 'http-1' }), goodPost({ id: 'http-2', author: null })]),
  );
  expect(await posts.json()).toMatchObject({ accepted: 1, refused: [{ index: 1, reason: 'schema' }] });
  const appeals = await send('/v1/appeals', bytesOf(goodAppeal({ id: 'http-1' })));
  expect(await appeals.json()).toMatchObject({ accepted: 1, refused: [] });
  const after = (await first.select(COUNTS)).split('\t').map(Number);
  expect(after).toEqual([(before[0] ?? 0) + 1, (before[1] ?? 0) + 1, (before[2] ?? 0) + 1]);
  expect(await first.select('DROP TABLE posts')).toMatch(/Code: \d+/);
  const stopped = await first.stop();
  expect(stopped.code, stopped.stderr).toBe(0);
  expect(stopped.stdout).toMatch(/^score +verdict +agency/);

  const second = await start();
  expect((await second.select(COUNTS)).split('\t').map(Number)).toEqual(after);
  expect((await second.stop()).code).toBe(0);
});
