import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../../src/api/server.ts';
import { createTestApi, post, sent } from './support.ts';

const running: RunningServer[] = [];

async function start(...api: Parameters<typeof createTestApi>): Promise<RunningServer> {
  const { app, settings } = createTestApi({ port: 0, ...api[0] }, api[1]);
  const server = await startServer(app, settings);
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close(100)));
});

describe('the server', () => {
  it('answers on the port it got', async () => {
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const response = await fetch(`${url}/v1/posts`, sent(JSON.stringify([post('1')])));
    expect(await response.json()).toEqual({ accepted: 1, refused: [] });
    expect((await fetch(`${url}/v1/signals`)).status).toBe(200);
  });

  it('refuses a body that is too large, whether its length is told or not', async () => {
    const { url } = await start({ bodyBytes: 2048 });
    const large = `[${JSON.stringify(post('1', { text: 'ұ'.repeat(4096) }))}]`;
    expect((await fetch(`${url}/v1/posts`, sent(large))).status).toBe(413);
    const status = await new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
      const sending = request(`${url}/v1/posts`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sending.on('error', reject);
      for (let part = 0; part < 64; part++) sending.write(large.slice(0, 1024));
      sending.end();
    });
    expect(status).toBe(413);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it('takes a body sent in chunks', async () => {
    const { url } = await start();
    const text = JSON.stringify([post('1'), post('2')]);
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < text.length; at += 50)
          controller.enqueue(new TextEncoder().encode(text.slice(at, at + 50)));
        controller.close();
      },
    });
    const response = await fetch(`${url}/v1/posts`, { ...sent(body), duplex: 'half' });
    expect(await response.json()).toEqual({ accepted: 2, refused: [] });
  });

  it('refuses a foreign name in the Host header of a real request', async () => {
    const { url } = await start();
    const status = await new Promise((resolve, reject) => {
      request(`${url}/v1/signals`, { headers: { host: 'attacker.example' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(403);
  });

  it('says which address is taken', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    await expect(start({ port })).rejects.toMatchObject({
      code: 'SLM_CONFIG',
      message: `127.0.0.1:${port} is already in use`,
    });
    await expect(
      start({ host: '203.0.113.7', tokens: [{ token: 'x'.repeat(16), role: 'analyst' }] }),
    ).rejects.toMatchObject({
      code: 'SLM_CONFIG',
    });
  });

  it('finishes what is under way when it closes, ends kept-alive connections, and takes no more', async () => {
    let release = () => {};
    const begun = new Promise<void>((resolve) => {
      release = resolve;
    });
    let answer = () => {};
    const server = await start(
      {},
      {
        ingest: () =>
          new Promise((resolve) => {
            release();
            answer = () => resolve([]);
          }),
      },
    );
    const agent = new Agent({ keepAlive: true });
    const status = new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      request(`${server.url}/v1/posts`, { method: 'POST', agent, headers }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end(JSON.stringify(post('1')));
    });
    const idle = connect(Number(new URL(server.url).port), '127.0.0.1');
    const ended = new Promise((resolve) => idle.on('close', resolve));
    await begun;
    const closed = server.close();
    await ended;
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
    answer();
    expect(await status).toBe(200);
    const start0 = Date.now();
    await closed;
    expect(Date.now() - start0).toBeLessThan(2_000);
    agent.destroy();
  });

  it('cuts off what takes longer than it is given', async () => {
    const server = await start({}, { latestSignals: () => new Promise(() => {}) });
    const hanging = fetch(`${server.url}/v1/signals`).then(
      () => 'answered',
      () => 'cut off',
    );
    await new Promise((resolve) => setTimeout(resolve, 50));
    await server.close(100);
    expect(await hanging).toBe('cut off');
  });
});
