import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { messageOf } from '../../errors.ts';
import { ClickHouseException, CODE } from './clickhouse-exception.ts';

/** What a client asks of ClickHouse over HTTP. */
export interface ClickHouseRequest {
  /** The statement, or its beginning when it stands in the address and goes on in the body. */
  readonly query: string;
  readonly body: Buffer;
  readonly queryId: string | undefined;
  readonly database: string | undefined;
  readonly format: string | undefined;
  /** Values of `{name:Type}`, escaped as the client sent them. */
  readonly params: ReadonlyMap<string, string>;
  readonly settings: ReadonlyMap<string, string>;
  readonly compression: 'none' | 'http' | 'blocks';
}

/** Parameters that are of the transport and no settings of the engine. */
const TRANSPORT = new Set([
  'user',
  'password',
  'quota_key',
  'role',
  'stacktrace',
  'session_id',
  'session_timeout',
  'client_protocol_version',
  'buffer_size',
  'wait_end_of_query',
  'send_progress_in_http_headers',
  'http_headers_progress_interval_ms',
  'http_response_buffer_size',
  'http_write_exception_in_output_format',
  'http_zlib_compression_level',
  'add_http_cors_header',
  'cancel_http_readonly_queries_on_client_close',
  'log_queries',
]);

const UNPACKERS = new Map([
  ['gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/** Reads a request whose body takes at most `maxBytes`, unpacked. Throws `ClickHouseException`. */
export async function readRequest(message: IncomingMessage, maxBytes: number): Promise<ClickHouseRequest> {
  const fields = new URL(message.url ?? '/', 'http://localhost').searchParams;
  let body = await readBody(message, maxBytes);
  if (message.headers['content-type']?.startsWith('multipart/form-data')) {
    for (const [name, value] of await readForm(message.headers['content-type'], body)) fields.append(name, value);
    body = Buffer.alloc(0);
  }
  if (fields.get('decompress') === '1') {
    throw new ClickHouseException(
      CODE.supportIsDisabled,
      'decompress=1 is not supported: have the driver send requests plain or with gzip. (SUPPORT_IS_DISABLED)',
    );
  }
  if (fields.get('session_check') === '1') {
    throw new ClickHouseException(CODE.sessionNotFound, 'Session not found: none are kept. (SESSION_NOT_FOUND)');
  }

  const known = new Set([
    'query',
    'query_id',
    'database',
    'default_format',
    'enable_http_compression',
    'session_check',
  ]);
  const params = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [name, value] of fields) {
    if (name.startsWith('param_')) params.set(identifier(name.slice(6)), value);
    else if (!known.has(name) && !TRANSPORT.has(name) && !/^(?:de)?compress$/.test(name)) {
      settings.set(identifier(name), value);
    }
  }
  return {
    query: fields.get('query') ?? '',
    body,
    queryId: fields.get('query_id') ?? undefined,
    database: fields.get('database') ?? header(message, 'x-clickhouse-database'),
    format: fields.get('default_format') ?? header(message, 'x-clickhouse-format'),
    params,
    settings,
    compression:
      fields.get('compress') === '1' ? 'blocks' : fields.get('enable_http_compression') === '1' ? 'http' : 'none',
  };
}

/** A header that is given once. */
export function header(message: IncomingMessage, name: string): string | undefined {
  const value = message.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

async function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const encoding = message.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return body;
  const unpack = UNPACKERS.get(encoding);
  if (unpack === undefined) {
    throw new ClickHouseException(CODE.supportIsDisabled, `Content-Encoding ${encoding} is not supported`);
  }
  try {
    return await unpack(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes);
    throw new ClickHouseException(CODE.incorrectData, `the body is not ${encoding}: ${messageOf(error)}`);
  }
}

function tooLarge(maxBytes: number): ClickHouseException {
  return new ClickHouseException(
    CODE.queryIsTooLarge,
    `the body takes more than ${maxBytes} bytes. (QUERY_IS_TOO_LARGE)`,
  );
}

async function readForm(type: string, body: Buffer): Promise<[string, string][]> {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const fields: [string, string][] = [];
  for (const [name, value] of form) if (typeof value === 'string') fields.push([name, value]);
  return fields;
}

function identifier(name: string): string {
  if (/^[A-Za-z_]\w{0,127}$/.test(name)) return name;
  throw new ClickHouseException(CODE.syntaxError, `${JSON.stringify(name.slice(0, 80))} is no name. (SYNTAX_ERROR)`);
}
