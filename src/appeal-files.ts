import type { Readable } from 'node:stream';
import { type ExportSettings, isObject, type RowReader, readerOfObjects, readerUnder } from './appeals/formats.ts';
import type { Translation } from './appeals/translate.ts';
import { CsvReader, type CsvRow, type TextLine } from './csv-rows.ts';
import { SalmaqError } from './errors.ts';
import { JsonElements } from './json-elements.ts';
import { createLineDecoder } from './line-decoder.ts';
import { readLines } from './lines.ts';
import type { SourceRecord } from './post/source-record.ts';
import { openText } from './text-start.ts';

/** Where the records of a file come from. */
export type FileOrigin = Pick<SourceRecord, 'topic' | 'observedAtMs'>;

const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Lines among which a header is looked for: reports begin with a title and a period. */
const HEADER_WITHIN = 50;
const OPEN_BRACKET = 0x5b;
const OPEN_BRACE = 0x7b;

/**
 * The records of a file of appeals: with the fields of the contract as they are, or an official system's export translated. CSV by
 * its extension (`.csv`, `.tsv`, `.txt`), a JSON document (`.json`, `.geojson`), else one object a line. An offset is a line, from 1; in an array its
 * place. UTF-16, as Excel's "Unicode text" is, is read as UTF-8.
 *
 * @throws SalmaqError `SLM_INPUT` for a file that is no text, and for a CSV under a header that nobody knows.
 */
export async function* readAppealFile(
  path: string,
  stream: Readable,
  origin: FileOrigin,
  settings: ExportSettings,
): AsyncGenerator<SourceRecord[]> {
  const { chunks, first } = await openText(path, stream);
  if (/\.(csv|tsv|txt)$/i.test(path)) yield* csvRecords(path, chunks, origin, settings);
  else if (/\.(geo)?json$/i.test(path) && isDocument(first)) yield* documentRecords(path, chunks, origin, settings);
  else yield* lineRecords(chunks, origin, settings);
}

async function* csvRecords(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  origin: FileOrigin,
  settings: ExportSettings,
): AsyncGenerator<SourceRecord[]> {
  const decode = createLineDecoder();
  let head: TextLine[] = [];
  let found: Under | undefined;
  for await (const lines of readLines(chunks)) {
    const decoded = decode(lines);
    if (found !== undefined) {
      yield translateRows(found.csv.read(decoded), found.read, origin);
      continue;
    }
    head = [...head, ...decoded];
    found = findHeader(head, settings);
    if (found !== undefined) yield translateRows(found.rows, found.read, origin);
    else if (head.length >= HEADER_WITHIN) break;
  }
  if (found !== undefined) yield translateRows(found.csv.read([], true), found.read, origin);
  else if (head.some(({ bytes }) => bytes.length > 0)) throw unknownHeader(path, head);
}

interface Under {
  csv: CsvReader;
  /** Rows below the header that have been read on the way. */
  rows: CsvRow[];
  read: RowReader;
}

/** The first line that is a header to anybody, by whatever delimiter. */
function findHeader(head: readonly TextLine[], settings: ExportSettings): Under | undefined {
  for (let i = 0; i < Math.min(head.length, HEADER_WITHIN); i++) {
    for (const delimiter of DELIMITERS) {
      const csv = new CsvReader(delimiter);
      const [header, ...rows] = csv.read(head.slice(i));
      if (header === undefined || !('cells' in header)) continue;
      const read = readerUnder(header.cells, settings);
      if (read !== undefined) return { csv, rows, read };
    }
  }
  return undefined;
}

function translateRows(rows: readonly CsvRow[], read: RowReader, origin: FileOrigin): SourceRecord[] {
  return rows.flatMap((row) => {
    const translation = 'cells' in row ? read(row.cells) : { refusal: row.refusal };
    return toRecords(translation, { ...origin, offset: BigInt(row.line), original: row.bytes });
  });
}

async function* lineRecords(
  chunks: AsyncIterable<Uint8Array>,
  origin: FileOrigin,
  settings: ExportSettings,
): AsyncGenerator<SourceRecord[]> {
  let line = 0n;
  const translate = objectTranslator(settings);
  for await (const lines of readLines(chunks)) {
    yield lines.flatMap((bytes) => translate(bytes, { ...origin, offset: ++line, original: bytes }));
  }
}

async function* documentRecords(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  origin: FileOrigin,
  settings: ExportSettings,
): AsyncGenerator<SourceRecord[]> {
  const elements = new JsonElements();
  const translate = objectTranslator(settings);
  let place = 0n;
  const toBatch = (found: readonly Uint8Array[]) =>
    found.flatMap((bytes) => translate(bytes, { ...origin, offset: ++place, original: bytes }));
  for await (const chunk of chunks) yield toBatch(elements.push(chunk));
  yield toBatch(elements.end());
  if (!elements.hasArray) {
    throw new SalmaqError('SLM_INPUT', `${path}: the JSON document holds no array of appeals`, {
      hint: 'export an array of objects, or one object a line as .ndjson',
    });
  }
}

type Origin = Pick<SourceRecord, 'topic' | 'observedAtMs' | 'offset'> & { original: Uint8Array };

/** The first object tells how all are read. What is no object, and the contract's own, goes on as it is. */
function objectTranslator(settings: ExportSettings): (bytes: Uint8Array, origin: Origin) => SourceRecord[] {
  let read: ReturnType<typeof readerOfObjects> | null = null;
  return (bytes, origin) => {
    const asItIs = () => [{ ...withoutOriginal(origin), partition: 0, key: null, value: bytes }];
    if (read === undefined) return asItIs();
    const value = parse(bytes);
    if (!isObject(value)) return asItIs();
    if (read === null) read = readerOfObjects(value, settings);
    return read === undefined ? asItIs() : toRecords(read(value), origin);
  };
}

function withoutOriginal({ topic, observedAtMs, offset }: Origin): Omit<Origin, 'original'> {
  return { topic, observedAtMs, offset };
}

function toRecords(translation: Translation, origin: Origin): SourceRecord[] {
  const record = { ...origin, partition: 0, key: null };
  if ('refusal' in translation) return [{ ...record, value: origin.original, refusal: translation.refusal }];
  return translation.appeals.map((appeal) => ({ ...record, value: Buffer.from(JSON.stringify(appeal)) }));
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/** Whether a `.json` file is a document and not one object a line: its first line is no object, or the only one and holds an array of them. */
function isDocument(bytes: Uint8Array): boolean {
  const start = bytes.findIndex((byte) => byte === OPEN_BRACKET || byte === OPEN_BRACE);
  if (bytes[start] !== OPEN_BRACE) return bytes[start] === OPEN_BRACKET;
  const end = bytes.indexOf(0x0a, start);
  const value = parse(end < 0 ? bytes.subarray(start) : bytes.subarray(start, end));
  if (!isObject(value)) return true;
  const isOnlyLine = end < 0 || Buffer.from(bytes.subarray(end)).toString().trim() === '';
  return isOnlyLine && holdsObjects(value);
}

function holdsObjects(value: unknown): boolean {
  if (Array.isArray(value)) return isObject(value[0]);
  return isObject(value) && Object.values(value).some(holdsObjects);
}

function unknownHeader(path: string, head: readonly TextLine[]): SalmaqError {
  const line = head.find(({ bytes }) => bytes.length > 0);
  const shown = (line?.text ?? 'bytes that are no text').slice(0, 300);
  return new SalmaqError(
    'SLM_INPUT',
    `${path}: none of the first lines is a header that is known; it begins: ${shown}`,
    {
      hint: 'a mapping in pipelines/appeals must name its columns of the time, of the body or place, and of the theme or text; choose one with --appeals-format',
    },
  );
}
