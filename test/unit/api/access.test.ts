import { describe, expect, it } from 'vitest';
import { startServer } from '../../../src/api/server.ts';
import { serverSettingsSchema } from '../../../src/api/settings.ts';
import { createTestApi, listSchema, post, read, SIGNALS, sent } from './support.ts';

const TOKENS = {
  analyst: 'analyst-0123456789',
  agency: 'agency-01234567890',
  ingest: 'ingest-01234567890',
  monitor: 'monitor-0123456789',
};
const settings = {
  host: '0.0.0.0',
  tokens: [
    { token: TOKENS.analyst, role: 'analyst' },
    { token: TOKENS.agency, role: 'agency:moh' },
    { token: TOKENS.ingest, role: 'ingest' },
    { token: TOKENS.monitor, role: 'monitor' },
  ],
};
const bearing = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

async function statusOf(path: string, token?: keyof typeof TOKENS): Promise<number> {
  const init = path.startsWith('POST ')
    ? sent(JSON.stringify(post('1')), 'application/json', token ? bearing(TOKENS[token]).headers : {})
    : token
      ? bearing(TOKENS[token])
      : {};
  return (await createTestApi(settings).app.request(path.replace('POST ', ''), init)).status;
}

describe('a server reached from other machines', () => {
  it('does not start without tokens', async () => {
    expect(serverSettingsSchema.safeParse({ host: '0.0.0.0' }).error?.issues[0]?.path).toEqual(['tokens']);
    const open = { ...serverSettingsSchema.parse({}), host: '0.0.0.0', port: 0 };
    const { app } = createTestApi();
    await expect(startServer(app, open)).rejects.toMatchObject({ code: 'SLM_CONFIG', exitCode: 2 });
  });

  it('lets each role do its own and nothing else', async () => {
    const table = [
      ['/v1/signals', 401, 200, 200, 403, 403],
      [`/v1/signals/${SIGNALS[2]?.id}`, 401, 200, 200, 403, 403],
      [`/v1/signals/${SIGNALS[0]?.id}`, 401, 200, 403, 403, 403],
      [`/v1/history/${SIGNALS[2]?.id}`, 401, 200, 200, 403, 403],
      [`/v1/history/${SIGNALS[0]?.id}`, 401, 200, 403, 403, 403],
      ['/v1/history/no-signal-id', 401, 404, 403, 403, 403],
      ['/v1/silence?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z', 401, 200, 403, 403, 403],
      ['POST /v1/posts', 401, 403, 403, 200, 403],
      ['POST /v1/appeals', 401, 403, 403, 200, 403],
      ['/metrics', 401, 200, 403, 403, 200],
      ['/livez', 200, 200, 200, 200, 200],
      ['/readyz', 200, 200, 200, 200, 200],
    ] as const;
    for (const [path, ...statuses] of table) {
      const found = await Promise.all(
        ([undefined, 'analyst', 'agency', 'ingest', 'monitor'] as const).map((token) => statusOf(path, token)),
      );
      expect([path, ...found]).toEqual([path, ...statuses]);
    }
  });

  it('shows an agency its own signals only, and refuses to be asked for those of others', async () => {
    const { app, asked } = createTestApi(settings);
    const list = async (query: string) => app.request(`/v1/signals${query}`, bearing(TOKENS.agency));
    expect((await read(await list(''), listSchema)).signals).toEqual([SIGNALS[2]]);
    expect((await read(await list('?from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z'), listSchema)).signals).toEqual([
      SIGNALS[2],
    ]);
    expect(asked[0]?.[1]).toMatchObject({ agency: 'moh' });
    expect((await list('?agency=akimat_almaty')).status).toBe(403);
    expect((await list('?agency=-')).status).toBe(403);
  });

  it('answers the same to an agency whether the signal of another is there or not', async () => {
    const { app } = createTestApi(settings);
    const answers = await Promise.all(
      [SIGNALS[0]?.id, 'akimat_almaty/KZ-75/none/2026-03-02T00:00:00Z/P1D'].map(async (id) => {
        const response = await app.request(`/v1/signals/${id}`, bearing(TOKENS.agency));
        return [response.status, await response.text()];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
  });

  it('challenges a missing or a wrong token', async () => {
    const { app } = createTestApi(settings);
    const none = await app.request('/v1/signals');
    expect(none.headers.get('www-authenticate')).toBe('Bearer');
    for (const header of [
      'Bearer wrong-token-0123456',
      `Basic ${TOKENS.analyst}`,
      `Bearer ${TOKENS.analyst}x`,
      'Bearer',
    ]) {
      const response = await app.request('/v1/signals', { headers: { authorization: header } });
      expect(response.status).toBe(401);
    }
  });

  it('takes no token that is short, twice given or of an unknown role', () => {
    const parse = (token: string, role: string) =>
      serverSettingsSchema.safeParse({ tokens: [{ token, role }] }).success;
    expect(parse('short', 'analyst')).toBe(false);
    expect(parse(TOKENS.analyst, 'root')).toBe(false);
    expect(parse(TOKENS.analyst, 'agency:')).toBe(false);
    expect(parse(TOKENS.analyst, 'agency:moh')).toBe(true);
    const twice = [
      { token: TOKENS.analyst, role: 'analyst' },
      { token: TOKENS.analyst, role: 'ingest' },
    ];
    expect(serverSettingsSchema.safeParse({ tokens: twice }).success).toBe(false);
  });
});

describe('a server on the loopback', () => {
  it('needs no token unless some are configured', async () => {
    expect((await createTestApi().app.request('/v1/signals')).status).toBe(200);
    const tokens = [{ token: TOKENS.analyst, role: 'analyst' }];
    expect((await createTestApi({ tokens }).app.request('/v1/signals')).status).toBe(401);
  });

  it.each([
    ['127.0.0.1:8080', 200],
    ['localhost:9999', 200],
    ['[::1]:8080', 200],
    ['salmaq.example', 200],
    ['attacker.example:8080', 403],
    ['127.0.0.1.attacker.example', 403],
    ['', 403],
  ])('answers the host %j with %i, so that a foreign name made to point here reaches nothing', async (host, status) => {
    const { app } = createTestApi({ hostNames: ['Salmaq.example'] });
    expect((await app.request('/livez', { headers: { host } })).status).toBe(status);
    expect((await app.request('/v1/posts', sent(JSON.stringify(post('1')), 'application/json', { host }))).status).toBe(
      status,
    );
  });

  it('lets no other site read or ask', async () => {
    const { app } = createTestApi();
    const origin = { headers: { origin: 'https://attacker.example' } };
    const response = await app.request('/v1/signals', origin);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await app.request('/v1/posts', { method: 'OPTIONS', ...origin })).status).toBe(405);
  });
});
