import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from '../../../src/api/create-api.ts';
import { serverSettingsSchema } from '../../../src/api/settings.ts';
import { createApiDeps } from '../../../src/api-deps.ts';
import { assemble } from '../../../src/assembly.ts';
import { readPipeline } from '../../../src/config/pipeline.ts';
import { readWeighing } from '../../../src/rooms.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { weighDirty } from '../../../src/signals/standing.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import { signalId } from '../../../src/weigh/signal-id.ts';
import { parseLines, salmaq, temporaryDirectory } from '../../support/cli.ts';
import { DAY, postRow } from '../signals/support.ts';
import {
  createTestApi,
  HISTORY,
  historySchema,
  listSchema,
  mapSchema,
  problemSchema,
  read,
  SIGNALS,
  STRATA,
} from './support.ts';

const WINDOW = 'from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z';
const [KNOWN] = SIGNALS;

describe('GET /v1/history/{id}', () => {
  it('answers how a verdict came to be, oldest first, or its newest steps alone', async () => {
    const { app } = createTestApi();
    const path = `/v1/history/${KNOWN?.id}`;
    expect(await read(await app.request(path), historySchema)).toEqual({ id: KNOWN?.id, verdicts: HISTORY });
    expect((await read(await app.request(`${path}?limit=1`), historySchema)).verdicts).toEqual(HISTORY.slice(1));
    const encoded = await app.request(`/v1/history/${encodeURIComponent(KNOWN?.id ?? '')}`);
    expect(encoded.status).toBe(200);
  });

  it.each([
    ['nobody/KZ-75/water/2026-03-02T00:00:00Z/P1D', 404, 'no history'],
    ['nonsense', 404, 'no history'],
    [`${KNOWN?.id}?limit=0`, 400, 'limit'],
    [`${KNOWN?.id}?limit=1&limit=2`, 400, 'limit'],
    [`${KNOWN?.id}?limits=1`, 400, 'limits'],
  ])('refuses %s with %d', async (path, status, why) => {
    const response = await createTestApi().app.request(`/v1/history/${path}`);
    expect(response.status).toBe(status);
    expect((await read(response, problemSchema)).detail).toContain(why);
  });
});

describe('GET /v1/silence', () => {
  it('answers the strata of a window, quietest first, of all regions or of one', async () => {
    const { app } = createTestApi();
    const strataOf = async (query: string) =>
      (await read(await app.request(`/v1/silence?${WINDOW}${query}`), mapSchema)).strata;
    expect(await strataOf('')).toEqual(STRATA);
    expect(await strataOf('&limit=1')).toEqual(STRATA.slice(0, 1));
    expect(await strataOf('&region=KZ-75')).toEqual(STRATA.slice(1));
    expect(await strataOf('&region=KZ-10')).toEqual([]);
  });

  it.each([
    ['', 'from'],
    ['from=2026-03-01T00:00:00Z', 'to'],
    ['from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', 'must be after'],
    ['from=2020-03-01T00:00:00Z&to=2026-03-02T00:00:00Z', 'at most 366 days'],
    [`${WINDOW}&region=Almaty`, 'region'],
    [`${WINDOW}&agency=moh`, 'agency'],
    [`${WINDOW}&limit=-1`, 'limit'],
  ])('refuses ?%s and says why', async (query, why) => {
    const response = await createTestApi().app.request(`/v1/silence?${query}`);
    expect(response.status).toBe(400);
    expect((await read(response, problemSchema)).detail).toContain(why);
  });
});

describe('over a store', () => {
  const work = temporaryDirectory('api-history');
  const config = readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), { SALMAQ_DATA_DIR: work.path });
  const id = signalId({ agency: 'akimat_almaty', region: 'KZ-75', theme: 'water', window: DAY });
  const answers = new Map<string, unknown>();

  beforeAll(async () => {
    const log = createLogger({ level: 'silent', pretty: false });
    const metrics = createMetrics({ version: 'test' });
    const assembly = await assemble(config, { clock: () => DAY.toMs, log, metrics });
    const { store } = assembly;
    try {
      const weighing = readWeighing(config);
      const rows = Array.from({ length: 24 }, (_, i) => postRow({ id: `${i}`, author: BigInt(i + 1) }));
      await store.insert('posts', rows.slice(0, 1));
      await weighDirty(store, 0, weighing, { nowMs: DAY.toMs });
      await store.insert('posts', rows);
      await weighDirty(store, 0, weighing, { nowMs: DAY.toMs + 1000 });
      const app = createApi(
        createApiDeps({ assembly, weighing, metrics, log, checks: {} }),
        serverSettingsSchema.parse({}),
      );
      const standing = ['PT1H', 'P1D', 'P7D'].map((length) => `/v1/signals?window=${length}`);
      for (const path of [...standing, `/v1/history/${id}`, `/v1/history/${id}?limit=1`, `/v1/silence?${WINDOW}`]) {
        answers.set(path, await (await app.request(path)).json());
      }
    } finally {
      await store.close();
    }
  }, 30_000);

  afterAll(() => work.remove());

  it.each(['PT1H', 'P1D', 'P7D'])('the newest standing window of a length is of that length alone: %s', (length) => {
    const { signals, window } = listSchema.parse(answers.get(`/v1/signals?window=${length}`));
    expect(signals.map((signal) => signal.id)).toEqual([expect.stringMatching(new RegExp(`/${length}$`))]);
    expect(window).toEqual(signals[0]?.window);
  });

  it('the commands print what the API answers', async () => {
    const { verdicts } = historySchema.parse(answers.get(`/v1/history/${id}`));
    expect(verdicts.map(({ statements }) => statements)).toEqual([1, 24]);
    expect(historySchema.parse(answers.get(`/v1/history/${id}?limit=1`)).verdicts).toEqual(verdicts.slice(1));
    const options = ['--data-dir', work.path, '--json'];
    expect(parseLines((await salmaq(['history', id, ...options])).stdout)).toEqual(verdicts);

    const { strata } = mapSchema.parse(answers.get(`/v1/silence?${WINDOW}`));
    expect(strata.map(({ region }) => region)).toEqual(['KZ-75', 'KZ-75']);
    const window = ['--from', '2026-03-01T00:00:00Z', '--to', '2026-03-02T00:00:00Z'];
    expect(parseLines((await salmaq(['silence', ...window, ...options])).stdout)).toEqual(strata);
  });
});
