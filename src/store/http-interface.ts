import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Session } from 'chdb';
import { messageOf, SalmaqError } from '../errors.ts';
import { assertAllowed } from './http/access.ts';
import { sendAnswer, sendException } from './http/answer.ts';
import { ClickHouseException, CODE, toClickHouseException } from './http/clickhouse-exception.ts';
import { type ClickHouseRequest, readRequest } from './http/request.ts';
import { type RequestLimits, runRequest } from './http/run-request.ts';
import { forbiddenFunctions } from './http/statement.ts';
import { Lane } from './lane.ts';
import { openSpool, type Spool } from './spool.ts';
import type { Store } from './store.ts';

export interface ClickHouseServerOptions {
  /** 0 for any free one. */
  port: number;
  host?: string;
  /** Lets clients write and define; otherwise they read only. */
  writable?: boolean;
  /** Asked of every client, under any user name; required for any other host than a loopback one. */
  password?: string;
  /** Names under which the host is known, beside `localhost` and its addresses. */
  hosts?: readonly string[];
  maxBodyBytes?: number;
  maxQuerySeconds?: number;
  maxResultBytes?: number;
  maxMemoryBytes?: number;
}

export interface ClickHouseServer {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Requests run at once. Each holds a thread of libuv's pool, of which the store takes two and files and DNS need one;
 * the pool has four unless the process was started with more.
 */
const LANES = Number(process.env['UV_THREADPOOL_SIZE'] ?? 4) > 4 ? 2 : 1;
const MAX_WAITING = 100;

/** As long as ClickHouse's own `http_max_uri_size`: parameters of a query stand in its address. */
const LONGEST_REQUEST_LINE = 1_048_576;

/**
 * Serves the embedded engine on ClickHouse's HTTP interface, for `@clickhouse/client`, Grafana, DBeaver or curl, as long
 * as the store is open. Clients read only, unless `writable`: no file of the machine, no network, no change.
 *
 * @example
 * const server = await serveClickHouse(store, { port: 8123 });
 * // curl 'http://127.0.0.1:8123/?query=SELECT+count()+FROM+posts'
 */
export async function serveClickHouse(store: Store, options: ClickHouseServerOptions): Promise<ClickHouseServer> {
  const { host = '127.0.0.1', password = '', hosts = [] } = options;
  const { dataDir } = store;
  if (dataDir === undefined) throw new SalmaqError('SLM_CONFIG', 'only the embedded ClickHouse can be served');
  if (password === '' && !/^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/.test(host)) {
    throw new SalmaqError('SLM_CONFIG', `ClickHouse is not served on ${host} without a password`);
  }
  const engine = await openEngine(dataDir, options);
  const server = createServer({ maxHeaderSize: LONGEST_REQUEST_LINE }, (message, response) => {
    respond(message, response, engine, () => assertAllowed(message, hosts, password)).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, host, options.port)));
    server.listen(options.port, host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      await Promise.all(engine.lanes.map((lane) => lane.drained()));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Engine {
  connect: () => Session;
  timezone: string;
  spool: Spool;
  limits: RequestLimits;
  maxBodyBytes: number;
  lanes: readonly Lane[];
  waiting: number;
  turn: number;
}

async function openEngine(dataDir: string, options: ClickHouseServerOptions): Promise<Engine> {
  // Loads 260 MB of engine: only here, since it is loaded already where there is a store to serve.
  const { Session } = await import('chdb');
  const connect = (): Session => new Session(dataDir);
  const session = connect();
  try {
    const forbidden = await forbiddenFunctions(session);
    const timezone = (await session.queryAsync('SELECT timezone()', { format: 'TSVRaw' })).text().trim();
    const { writable = false, maxQuerySeconds = 60, maxResultBytes = 256 << 20, maxMemoryBytes = 2 ** 31 } = options;
    return {
      connect,
      timezone,
      spool: await openSpool(join(dataDir, 'spool')),
      limits: { readOnly: !writable, forbidden, maxQuerySeconds, maxResultBytes, maxMemoryBytes },
      maxBodyBytes: options.maxBodyBytes ?? (writable ? 256 << 20 : 1 << 20),
      lanes: Array.from({ length: LANES }, () => new Lane()),
      waiting: 0,
      turn: 0,
    };
  } finally {
    session.close();
  }
}

async function respond(
  message: IncomingMessage,
  response: ServerResponse,
  engine: Engine,
  assertAccess: () => void,
): Promise<void> {
  response.setHeader('X-ClickHouse-Server-Display-Name', 'salmaq');
  response.setHeader('X-ClickHouse-Timezone', engine.timezone);
  let compression: ClickHouseRequest['compression'] = 'none';
  try {
    const path = (message.url ?? '/').split('?')[0];
    if (path === '/ping' || path === '/replicas_status') return sendText(response, 200, 'Ok.\n');
    assertAccess();
    if (path !== '/') return sendText(response, 404, `There is no handle ${path}\n`);
    if (message.method !== 'GET' && message.method !== 'POST' && message.method !== 'HEAD') {
      return sendText(response, 405, 'GET or POST\n');
    }
    const request = await readRequest(message, engine.maxBodyBytes);
    compression = request.compression;
    if (request.query === '' && request.body.length === 0) return sendText(response, 200, 'Ok.\n');
    response.setHeader('X-ClickHouse-Query-Id', (request.queryId ?? randomUUID()).replace(/[^\x20-\x7e]/g, '?'));
    const answer = await inTurn(engine, () => runRequest(engine.connect, request, engine.limits, engine.spool));
    await sendAnswer(message, response, answer, compression);
  } catch (error) {
    await sendException(response, toClickHouseException(error), compression);
  }
}

async function inTurn<T>(engine: Engine, work: () => Promise<T>): Promise<T> {
  if (engine.waiting >= MAX_WAITING) {
    throw new ClickHouseException(
      CODE.tooManySimultaneousQueries,
      `Too many simultaneous queries: ${engine.waiting} wait. (TOO_MANY_SIMULTANEOUS_QUERIES)`,
    );
  }
  engine.turn = (engine.turn + 1) % engine.lanes.length;
  const lane = engine.lanes[engine.turn] ?? new Lane();
  engine.waiting++;
  try {
    return await lane.run(work);
  } finally {
    engine.waiting--;
  }
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=UTF-8', 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

function listenError(error: Error, host: string, port: number): SalmaqError {
  return new SalmaqError('SLM_CONFIG', `ClickHouse cannot be served on ${host}:${port}: ${messageOf(error)}`, {
    hint: 'choose another port with --clickhouse-port',
    cause: error,
  });
}
