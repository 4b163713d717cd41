import { messageOf, SalmaqError } from '../errors.ts';
import type { RowSink } from './row-sink.ts';
import type { Tables } from './rows.ts';
import { tables } from './tables.ts';

/** How much is written before it is handed on; a batch is then many small pieces, between which other work runs. */
const PIECE_BYTES = 2 << 20;

/**
 * Writes rows in `RowBinary`, in pieces of about 2 MB. Each piece is `sink`'s memory, and is overwritten by the next.
 * A value its column cannot hold throws `SLM_STORE` with the table, the column and the row.
 */
export function* encodeRows<T extends keyof Tables>(
  table: T,
  rows: readonly Tables[T][],
  sink: RowSink,
): Generator<Buffer, void, undefined> {
  const writers = writersOf(table);
  sink.clear();
  for (const row of rows) {
    writeRow(table, writers, row, sink);
    if (sink.length < PIECE_BYTES) continue;
    yield sink.bytes();
    sink.clear();
  }
  if (sink.length > 0) yield sink.bytes();
}

/** The columns of a table as they are named in an `INSERT`. */
export function columnList(table: keyof Tables): string {
  return Object.keys(tables[table].columns).join(', ');
}

interface ColumnWriter<Row> {
  readonly name: string;
  write(sink: RowSink, row: Row): void;
}

function writersOf<T extends keyof Tables>(table: T): readonly ColumnWriter<Tables[T]>[] {
  const { columns } = tables[table];
  const writers: ColumnWriter<Tables[T]>[] = [];
  for (const name in columns) {
    const { write } = columns[name];
    writers.push({ name, write: (sink, row) => write(sink, row[name]) });
  }
  return writers;
}

function writeRow<Row>(table: keyof Tables, writers: readonly ColumnWriter<Row>[], row: Row, sink: RowSink): void {
  let name = '';
  try {
    for (const writer of writers) {
      name = writer.name;
      writer.write(sink, row);
    }
  } catch (error) {
    throw new SalmaqError('SLM_STORE', `${table}.${name} cannot hold its value: ${messageOf(error)}`, { cause: error });
  }
}
