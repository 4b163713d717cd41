import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { isIPv6, type Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { SalmaqError } from '../errors.ts';
import { assertClosed, type ServerSettings } from './settings.ts';

/** A server that listens. */
export interface RunningServer {
  /** Where it is reached, with the port it got. */
  url: string;
  /**
   * Takes no more requests, lets those under way finish, ends connections as they fall idle, and resolves when all are
   * gone; those that take longer than `graceMs` are cut off.
   */
  close(graceMs?: number): Promise<void>;
}

/** Longest time a client may take to send a request: a body that trickles in holds a place in line. */
const REQUEST_TIMEOUT_MS = 60_000;
const GRACE_MS = 10_000;

/**
 * Listens, and resolves when it does.
 *
 * @throws SalmaqError `SLM_CONFIG` when the address is taken, not allowed or not of this machine, or open without a token.
 */
export async function startServer(
  app: { fetch: Parameters<typeof getRequestListener>[0] },
  { host, port, tokens }: Pick<ServerSettings, 'host' | 'port' | 'tokens'>,
): Promise<RunningServer> {
  assertClosed({ host, tokens });
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, getRequestListener(app.fetch));
  const endIdle = followConnections(server);
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw explain(error, host, port);
  }
  return {
    url: urlOf(server, host),
    async close(graceMs = GRACE_MS) {
      if (!server.listening) return;
      const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      endIdle();
      await closed;
      clearTimeout(deadline);
    },
  };
}

/**
 * Makes the function that ends connections without a request under way, now and as they fall idle.
 * `closeIdleConnections` knows nothing of connections that a browser opened ahead and never used.
 */
function followConnections(server: Server): () => void {
  const requests = new Map<Socket, number>();
  let isClosing = false;
  server.on('connection', (socket) => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    requests.set(socket, (requests.get(socket) ?? 0) + 1);
    response.once('close', () => {
      const left = (requests.get(socket) ?? 1) - 1;
      requests.set(socket, left);
      if (isClosing && left === 0) socket.end();
    });
  });
  return () => {
    isClosing = true;
    for (const [socket, underWay] of requests) if (underWay === 0) socket.destroy();
  };
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function explain(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const fail = (what: string, hint: string) =>
    new SalmaqError('SLM_CONFIG', `${host}:${port} ${what}`, { hint, cause });
  if (code === 'EADDRINUSE') return fail('is already in use', 'stop what listens there, or choose another port');
  if (code === 'EACCES') return fail('may not be bound by this user', 'choose a port from 1024 up');
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return fail('is no address of this machine', 'bind to 127.0.0.1, or to 0.0.0.0 with tokens');
  }
  return cause;
}
