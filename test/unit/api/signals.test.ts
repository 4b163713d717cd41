import { describe, expect, it } from 'vitest';
import { SalmaqError } from '../../../src/errors.ts';
import { createTestApi, listSchema, problemSchema, read, SIGNALS } from './support.ts';

async function scores(path: string): Promise<number[]> {
  const response = await createTestApi().app.request(path);
  const { signals } = await read(response, listSchema);
  return signals.map(({ verdict }) => verdict.score);
}

describe('GET /v1/signals', () => {
  it('answers the newest standing window, best score first', async () => {
    const response = await createTestApi().app.request('/v1/signals');
    expect(response.headers.get('content-type')).toContain('application/json');
    const { signals, window } = await read(response, listSchema);
    expect(signals).toEqual([SIGNALS[1], SIGNALS[2], SIGNALS[3], SIGNALS[0]]);
    expect(window).toEqual({ from: '2026-03-02T00:00:00Z', to: '2026-03-03T00:00:00Z' });
  });

  it('answers no signal and no window where nothing has been weighed', async () => {
    const response = await createTestApi().app.request('/v1/signals?window=PT1H');
    expect(await response.json()).toEqual({ signals: [], window: null });
  });

  it('weighs a window asked for, to the second and in any time zone', async () => {
    const { app, asked } = createTestApi();
    const response = await app.request(
      '/v1/signals?from=2026-03-01T05:00:01%2B05:00&to=2026-03-01T06:30:00Z&theme=roads',
    );
    const { signals, window } = await read(response, listSchema);
    expect(window).toEqual({ from: '2026-03-01T00:00:01Z', to: '2026-03-01T06:30:00Z' });
    expect(signals).toEqual([SIGNALS[3]]);
    const [[evaluated, filter] = []] = asked;
    expect(evaluated).toEqual({
      fromMs: Date.parse('2026-03-01T00:00:01Z'),
      toMs: Date.parse('2026-03-01T06:30:00Z'),
    });
    expect(filter).toEqual({ theme: 'roads', limit: 100 });
  });

  it('filters by agency, region, theme, label and score; "-" is what could not be resolved', async () => {
    expect(await scores('/v1/signals?agency=moh')).toEqual([0.7]);
    expect(await scores('/v1/signals?agency=-')).toEqual([0.5]);
    expect(await scores('/v1/signals?region=-')).toEqual([0.7]);
    expect(await scores('/v1/signals?region=KZ-75&theme=water')).toEqual([0.1]);
    expect(await scores('/v1/signals?label=systemic')).toEqual([0.9]);
    expect(await scores('/v1/signals?minScore=0.6')).toEqual([0.9, 0.7]);
    expect(await scores('/v1/signals?limit=1')).toEqual([0.9]);
  });

  it.each([
    ['from=2026-03-01T00:00:00Z', 'go together'],
    ['from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', 'must be after'],
    ['from=2026-03-01T00:00:00Z&to=2026-03-01T00:00:00Z', 'must be after'],
    ['from=2020-03-01T00:00:00Z&to=2026-03-01T00:00:00Z', 'at most 366 days'],
    ['from=yesterday&to=today', 'RFC 3339'],
    ['window=P1D&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z', 'leave it out'],
    ['window=P2D', 'window'],
    ['label=bad', 'label'],
    ['minScore=2', 'minScore'],
    ['limit=0', 'limit'],
    ['limit=100000', 'limit'],
    ['min_score=0.9', 'min_score'],
    ['agency=moh&agency=mes', 'agency'],
  ])('refuses ?%s and says why', async (query, why) => {
    const response = await createTestApi().app.request(`/v1/signals?${query}`);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = await read(response, problemSchema);
    expect(problem).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400, code: 'SLM_USAGE' });
    expect(problem.detail).toContain(why);
  });

  it('weighs only a few windows at a time, lets others wait, and turns away more', async () => {
    const released: (() => void)[] = [];
    const { app } = createTestApi(
      { concurrentQueries: 2 },
      { evaluate: () => new Promise((resolve) => released.push(() => resolve([]))) },
    );
    const path = '/v1/signals?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z';
    const responses = Array.from({ length: 35 }, () => app.request(path));
    const turnedAway = await Promise.race(responses);
    expect(turnedAway.status).toBe(503);
    expect(Number(turnedAway.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(released.length).toBe(2);
    for (let answered = 0; answered < 34; answered++) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(released.length - answered).toBeLessThanOrEqual(2);
      released[answered]?.();
    }
    const statuses = (await Promise.all(responses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200).length).toBe(34);
  });
});

describe('GET /v1/signals/{id}', () => {
  it('answers one signal by its id, with slashes as they are or percent-encoded', async () => {
    const { app } = createTestApi();
    const [first] = SIGNALS;
    const id = first?.id ?? '';
    for (const path of [id, encodeURIComponent(id)]) {
      const response = await app.request(`/v1/signals/${path}`);
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual(first);
    }
  });

  it('answers 404 for one that is not there', async () => {
    const response = await createTestApi().app.request('/v1/signals/nobody/KZ-75/water/2026-03-02T00:00:00Z/P1D');
    expect(response.status).toBe(404);
    expect((await read(response, problemSchema)).code).toBe('SLM_USAGE');
  });
});

describe('an error', () => {
  it('of the store is 503 and does not show what the store said', async () => {
    const { app, logged } = createTestApi(
      {},
      {
        latestSignals: async () => {
          throw new SalmaqError('SLM_STORE', 'SELECT secret FROM signals: connection refused');
        },
      },
    );
    const response = await app.request('/v1/signals');
    expect(response.status).toBe(503);
    const text = await response.text();
    expect(JSON.parse(text).code).toBe('SLM_STORE');
    expect(text).not.toContain('secret');
    expect(logged.length).toBe(1);
  });

  it('nobody expected is 500 and is logged', async () => {
    const { app, logged } = createTestApi(
      {},
      {
        signalById: async () => {
          throw new TypeError('x is not a function');
        },
      },
    );
    const response = await app.request('/v1/signals/a/b/c/d/e');
    expect(response.status).toBe(500);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.text()).not.toContain('function');
    expect(logged.length).toBe(1);
  });

  it('is 404 for what is not there and 405 for another method', async () => {
    const { app } = createTestApi();
    expect((await app.request('/v2/signals')).status).toBe(404);
    const response = await app.request('/v1/signals', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET');
    expect((await app.request('/v1/posts')).headers.get('allow')).toBe('POST');
  });
});
