import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { SalmaqError } from './errors.ts';
import { readLines } from './lines.ts';
import type { SourceRecord } from './post/source-record.ts';

/** A file of records: NDJSON, or CSV by its extension; `.gz` is unpacked. */
export interface SourceFile {
  path: string;
  kind: 'posts' | 'appeals';
}

/** Records of one file, in its order, and how far its bytes have been read. */
export interface FileBatch {
  file: SourceFile;
  records: SourceRecord[];
  bytesRead: number;
}

/** Sizes in bytes, for a progress bar. @throws SalmaqError `SLM_INPUT` for a file that cannot be read. */
export async function sizesOf(files: readonly SourceFile[]): Promise<number[]> {
  return Promise.all(
    files.map(async ({ path }) => {
      try {
        return (await stat(path)).size;
      } catch (cause) {
        throw new SalmaqError('SLM_INPUT', `${path}: cannot be read`, { hint: 'check the path', cause });
      }
    }),
  );
}

/**
 * Reads files one after another, in batches of about `rows` records. A record is observed at `observedAtMs`, a later file
 * a millisecond after the one before it, so that of two observations of a post the later one wins.
 */
export async function* readFiles(
  files: readonly SourceFile[],
  options: { observedAtMs: number; rows: number },
): AsyncGenerator<FileBatch> {
  for (const [i, file] of files.entries()) {
    const stream = createReadStream(file.path, { highWaterMark: 1 << 20 });
    const origin = { topic: `file:${file.path}`, observedAtMs: options.observedAtMs + i };
    let records: SourceRecord[] = [];
    for await (const more of recordsOf(file, stream, origin)) {
      records.push(...more);
      if (records.length < options.rows) continue;
      yield { file, records, bytesRead: stream.bytesRead };
      records = [];
    }
    yield { file, records, bytesRead: stream.bytesRead };
  }
}

type Origin = Pick<SourceRecord, 'topic' | 'observedAtMs'>;

function recordsOf(file: SourceFile, stream: ReadStream, origin: Origin): AsyncGenerator<SourceRecord[]> {
  const isPacked = file.path.endsWith('.gz');
  const plain: Readable = isPacked ? stream.pipe(createGunzip()) : stream;
  stream.on('error', (error) => plain.destroy(error));
  return file.path.replace(/\.gz$/, '').endsWith('.csv') ? csvRecords(plain, origin) : lineRecords(plain, origin);
}

async function* lineRecords(stream: Readable, origin: Origin): AsyncGenerator<SourceRecord[]> {
  let line = 0n;
  for await (const lines of readLines(stream)) {
    yield lines.map((value) => ({ ...origin, partition: 0, offset: ++line, key: null, value }));
  }
}

/** One record a CSV row; the header names the fields of the contract, empty cells are left out. */
async function* csvRecords(stream: Readable, origin: Origin): AsyncGenerator<SourceRecord[]> {
  const rows = stream.pipe(
    parse({ columns: true, bom: true, raw: true, info: true, relax_column_count: true, trim: true }),
  );
  stream.on('error', (error) => rows.destroy(error));
  for await (const row of rows) {
    const { record, raw, info }: { record: Record<string, string>; raw: string; info: { lines: number } } = row;
    yield [
      {
        ...origin,
        partition: 0,
        offset: BigInt(info.lines),
        key: null,
        value: Buffer.from(JSON.stringify(typed(record))),
        original: Buffer.from(raw),
      },
    ];
  }
}

function typed(record: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, cell]) => cell !== '')
      .map(([field, cell]) => [field, typedCell(field, cell)]),
  );
}

function typedCell(field: string, cell: string): unknown {
  if (field === 'count' && /^\d+$/.test(cell)) return Number(cell);
  if (field === 'escalated' && /^(true|false|1|0)$/i.test(cell)) return cell === '1' || cell.toLowerCase() === 'true';
  return cell;
}
