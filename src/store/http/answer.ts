import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, deflate, gzip } from 'node:zlib';
import type { ClickHouseException } from './clickhouse-exception.ts';
import { compressedBlocks } from './compressed-blocks.ts';
import type { ClickHouseRequest } from './request.ts';
import type { ClickHouseAnswer } from './run-request.ts';

const PACKERS = new Map([
  ['gzip', promisify(gzip)],
  ['br', promisify(brotliCompress)],
  ['deflate', promisify(deflate)],
]);

/** Content type of a format, as ClickHouse names it. */
function contentType(format: string): string {
  if (/^JSON.*(?:EachRow|Strings?EachRow)|NDJSON|^JSONLines/.test(format)) return 'application/x-ndjson; charset=UTF-8';
  if (/^JSON/.test(format)) return 'application/json; charset=UTF-8';
  if (/^CSV/.test(format)) return `text/csv; charset=UTF-8; header=${/WithNames/.test(format) ? 'present' : 'absent'}`;
  if (/^(?:TSV|TabSeparated)/.test(format)) return 'text/tab-separated-values; charset=UTF-8';
  if (/Binary|Native|Arrow|Parquet|ORC|Avro|Protobuf|MsgPack/.test(format)) return 'application/octet-stream';
  return 'text/plain; charset=UTF-8';
}

/** Sends rows, packed when the client asks for it, with the headers that clients of ClickHouse look at. */
export async function sendAnswer(
  message: IncomingMessage,
  response: ServerResponse,
  { format, result }: ClickHouseAnswer,
  compression: ClickHouseRequest['compression'],
): Promise<void> {
  const body = await packed(message, response, Buffer.from(result.bytes()), compression);
  response.writeHead(200, {
    'Content-Type': contentType(format),
    'Content-Length': body.length,
    'X-ClickHouse-Format': format,
    'X-ClickHouse-Summary': summaryOf(result),
  });
  response.end(message.method === 'HEAD' ? undefined : body);
}

/** Sends ClickHouse's own wording of an error, by which its clients tell code and type. */
export async function sendException(
  response: ServerResponse,
  exception: ClickHouseException,
  compression: ClickHouseRequest['compression'],
): Promise<void> {
  const text = Buffer.from(`${exception.message}\n`);
  const body = compression === 'blocks' ? await compressedBlocks(text) : text;
  response.writeHead(exception.status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': body.length,
    'X-ClickHouse-Exception-Code': String(exception.code),
    // The rest of a body that was refused is not read.
    ...(exception.status === 413 ? { Connection: 'close' } : {}),
  });
  response.end(body);
}

async function packed(
  message: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  compression: ClickHouseRequest['compression'],
): Promise<Buffer> {
  if (compression === 'none') return body;
  if (compression === 'blocks') return compressedBlocks(body);
  const accepted = message.headers['accept-encoding'] ?? '';
  for (const name of accepted.split(',')) {
    const encoding = name.split(';')[0]?.trim() ?? '';
    const pack = PACKERS.get(encoding);
    if (pack === undefined) continue;
    response.setHeader('Content-Encoding', encoding);
    return pack(body);
  }
  return body;
}

function summaryOf({ rowsRead, bytesRead, elapsed }: ClickHouseAnswer['result']): string {
  return JSON.stringify({
    read_rows: String(rowsRead),
    read_bytes: String(bytesRead),
    written_rows: '0',
    written_bytes: '0',
    total_rows_to_read: '0',
    result_rows: String(rowsRead),
    result_bytes: String(bytesRead),
    elapsed_ns: String(Math.round(elapsed * 1e9)),
  });
}
