import { createReadStream, type ReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type FileOrigin, readAppealFile } from './appeal-files.ts';
import type { AppealExports } from './appeals/formats.ts';
import { CsvReader, type TextLine } from './csv-rows.ts';
import { messageOf, SalmaqError } from './errors.ts';
import { createLineDecoder } from './line-decoder.ts';
import { readLines } from './lines.ts';
import type { SourceRecord } from './post/source-record.ts';

/** A file of records: one JSON object a line, or CSV by its extension; appeals also as exports. `.gz` is unpacked. */
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

export interface ReadOptions {
  observedAtMs: number;
  /** About so many records are given at a time. */
  rows: number;
  /** Without it appeals have the fields of the contract. */
  exports?: AppealExports;
}

const NO_EXPORTS: AppealExports = {
  mappings: [],
  lookup: { regionOf: () => undefined, agencyOf: () => undefined, themeOf: () => undefined },
};

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
 * Reads files one after another, in batches. A record is observed at `observedAtMs`, a later file a millisecond after the one
 * before it, so that of two observations of a post the later one wins.
 *
 * @throws SalmaqError `SLM_INPUT` for a file that cannot be read, and for an export that nobody knows
 */
export async function* readFiles(files: readonly SourceFile[], options: ReadOptions): AsyncGenerator<FileBatch> {
  for (const [i, file] of files.entries()) {
    const stream = createReadStream(file.path, { highWaterMark: 1 << 20 });
    const origin = { topic: `file:${file.path}`, observedAtMs: options.observedAtMs + i };
    let records: SourceRecord[] = [];
    try {
      for await (const more of recordsOf(file, stream, origin, options.exports ?? NO_EXPORTS)) {
        for (const record of more) records.push(record);
        if (records.length < options.rows) continue;
        yield { file, records, bytesRead: stream.bytesRead };
        records = [];
      }
    } catch (cause) {
      if (cause instanceof SalmaqError) throw cause;
      throw new SalmaqError('SLM_INPUT', `${file.path}: ${messageOf(cause)}`, {
        hint: 'the file is broken off or was packed otherwise',
        cause,
      });
    }
    yield { file, records, bytesRead: stream.bytesRead };
  }
}

function recordsOf(
  file: SourceFile,
  stream: ReadStream,
  origin: FileOrigin,
  exports: AppealExports,
): AsyncGenerator<SourceRecord[]> {
  const isPacked = file.path.endsWith('.gz');
  const plain: Readable = isPacked ? stream.pipe(createGunzip()) : stream;
  stream.on('error', (error) => plain.destroy(error));
  const path = file.path.replace(/\.gz$/, '');
  if (file.kind === 'appeals') {
    return readAppealFile(path, plain, origin, { ...exports, nowMs: origin.observedAtMs });
  }
  return path.endsWith('.csv') ? csvRecords(plain, origin) : lineRecords(plain, origin);
}

async function* lineRecords(stream: Readable, origin: FileOrigin): AsyncGenerator<SourceRecord[]> {
  let line = 0n;
  for await (const lines of readLines(stream)) {
    yield lines.map((value) => ({ ...origin, partition: 0, offset: ++line, key: null, value }));
  }
}

/** One record a CSV row; the header names its fields, empty cells are left out. */
async function* csvRecords(stream: Readable, origin: FileOrigin): AsyncGenerator<SourceRecord[]> {
  const decode = createLineDecoder();
  const csv = new CsvReader(',');
  let header: readonly string[] | undefined;
  for await (const lines of readLines(stream)) yield toRecords(decode(lines), false);
  yield toRecords([], true);

  function toRecords(lines: readonly TextLine[], isLast: boolean): SourceRecord[] {
    return csv.read(lines, isLast).flatMap((row): SourceRecord[] => {
      const record = { ...origin, partition: 0, offset: BigInt(row.line), key: null, original: row.bytes };
      if ('refusal' in row) return [{ ...record, value: row.bytes, refusal: row.refusal }];
      if (header === undefined) {
        header = row.cells;
        return [];
      }
      const fields = header.flatMap((name, i) => (row.cells[i] ? [[name, row.cells[i]] as const] : []));
      return [{ ...record, value: Buffer.from(JSON.stringify(Object.fromEntries(fields))) }];
    });
  }
}
