import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { createTestApi, indexSchema, post, problemSchema, read, sent } from './support.ts';

const documentation = readFileSync(join(PACKAGE_ROOT, 'docs/api.md'), 'utf8');
const documentSchema = z.object({
  openapi: z.string(),
  info: z.object({ version: z.string() }),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ parameters: z.array(z.object({ name: z.string() })).optional() })),
  ),
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({ required: z.array(z.string()).optional() })),
  }),
});
const down = async () => {
  throw new Error('connect ECONNREFUSED 10.1.2.3:9000');
};

describe('health', () => {
  it('is alive whatever it stands on', async () => {
    expect((await createTestApi({}, { checks: { store: down } }).app.request('/livez')).status).toBe(200);
  });

  it('is ready when all it stands on answers', async () => {
    const response = await createTestApi({}, { checks: { store: async () => {}, broker: async () => {} } }).app.request(
      '/readyz',
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready', checks: { store: 'ok', broker: 'ok' } });
  });

  it('names what is not ready; why is told on this machine only', async () => {
    const checks = { store: down, broker: async () => {} };
    const response = await createTestApi({}, { checks }).app.request('/readyz');
    expect(response.status).toBe(503);
    const problem = await read(response, problemSchema);
    expect(problem).toMatchObject({ code: 'SLM_NOT_READY', detail: 'not ready: store', checks: { broker: 'ok' } });
    expect(problem.checks?.['store']).toContain('ECONNREFUSED');
    const tokens = [{ token: 'analyst-0123456789', role: 'analyst' }];
    const closed = await createTestApi({ host: '0.0.0.0', tokens }, { checks }).app.request('/readyz');
    expect((await read(closed, problemSchema)).checks).toEqual({ store: 'failed', broker: 'ok' });
  });

  it('is not ready when a check does not answer', async () => {
    const response = await createTestApi({}, { checks: { store: () => new Promise(() => {}) } }).app.request('/readyz');
    expect(response.status).toBe(503);
    expect((await read(response, problemSchema)).checks?.['store']).toContain('no answer');
  });
});

describe('metrics', () => {
  it('count requests by route, not by path', async () => {
    const { app } = createTestApi();
    await app.request('/v1/signals/nobody/KZ-75/water/2026-03-02T00:00:00Z/P1D');
    await app.request('/v1/posts', sent(JSON.stringify(post('1'))));
    await app.request('/no/such/path');
    const response = await app.request('/metrics');
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await response.text();
    expect(text).toContain(
      'salmaq_http_request_seconds_count{method="GET",route="/v1/signals/:id{.+}",status="404"} 1',
    );
    expect(text).toContain('salmaq_http_request_seconds_count{method="POST",route="/v1/posts",status="200"} 1');
    expect(text).not.toContain('nobody');
    expect(text).not.toContain('/no/such/path');
  });
});

describe('the OpenAPI document', () => {
  it('describes every route with its schemas', async () => {
    const response = await createTestApi().app.request('/openapi.json');
    const { openapi, info, paths, components } = await read(response, documentSchema);
    expect(openapi).toBe('3.1.0');
    expect(info.version).toBe('1.2.3');
    expect(Object.keys(paths).sort()).toEqual([
      '/livez',
      '/metrics',
      '/readyz',
      '/v1/appeals',
      '/v1/history/{id}',
      '/v1/posts',
      '/v1/signals',
      '/v1/signals/{id}',
      '/v1/silence',
    ]);
    expect(Object.keys(components.schemas).sort()).toEqual([
      'Appeal',
      'PastVerdict',
      'Post',
      'Signal',
      'StratumSilence',
    ]);
    expect(components.schemas['Post']?.required).toEqual(['id', 'platform', 'text', 'publishedAt', 'author']);
    expect(JSON.stringify(components.schemas['Signal'])).toContain('probability that a widespread real problem');
    const names = paths['/v1/signals']?.['get']?.parameters?.map(({ name }) => name);
    expect(names).toEqual(['from', 'to', 'window', 'agency', 'region', 'theme', 'label', 'minScore', 'limit']);
    const ofHistory = paths['/v1/history/{id}']?.['get']?.parameters?.map(({ name }) => name);
    expect(ofHistory).toEqual(['id', 'limit']);
  });
});

describe('/', () => {
  it('lists the routes, as JSON or as a page', async () => {
    const { app } = createTestApi();
    const { routes } = await read(await app.request('/'), indexSchema);
    expect(routes.map(({ path }) => path)).toContain('/v1/signals/{id}');
    const page = await app.request('/', { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('POST /v1/appeals');
  });
});

describe('docs/api.md', () => {
  it('names every route', async () => {
    const { routes } = await read(await createTestApi().app.request('/'), indexSchema);
    for (const { method, path } of routes) expect(documentation).toContain(`${method} ${path}`);
  });

  it('names every metric', async () => {
    const text = await (await createTestApi().app.request('/metrics')).text();
    const names = [...text.matchAll(/^# TYPE (salmaq_\w+)/gm)].map((match) => match[1] ?? '');
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(documentation).toContain(`\`${name}\``);
  });
});
