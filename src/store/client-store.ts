import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { SalmaqError } from '../errors.ts';
import { Lane } from './lane.ts';
import { queryParams } from './query-params.ts';
import { encodeRows } from './row-binary.ts';
import { RowSink } from './row-sink.ts';
import type { Tables } from './rows.ts';
import type { Query, Store } from './store.ts';
import { toStoreError } from './store-error.ts';

/**
 * A backfill spans many months, each a partition. Rows that replace each other within a batch may wait for a merge like
 * all others: to look for them at once costs a fifth of the insert.
 */
export const INSERT_SETTINGS = 'max_partitions_per_insert_block = 0, optimize_on_insert = 0';

/** What the two kinds of store do differently. */
export interface StoreBackend {
  readonly kind: Store['kind'];
  readonly dataDir: string | undefined;
  /** Statements that write; a client of their own where a query would wait for an insert. */
  readonly writer: ClickHouseClient;
  /** As many as queries run at once. */
  readonly readers: readonly ClickHouseClient[];
  /** Sends rows in `RowBinary`; resolves when ClickHouse has acknowledged them. */
  send(table: keyof Tables, pieces: Iterable<Buffer>): Promise<void>;
  close(): Promise<void>;
}

/** The store over any {@link StoreBackend}: one query layer for the embedded engine and for a server. */
export class ClientStore implements Store {
  readonly kind: Store['kind'];
  readonly dataDir: string | undefined;
  private readonly backend: StoreBackend;
  private readonly sink = new RowSink();
  private readonly writing = new Lane();
  private readonly reading: readonly { lane: Lane; client: ClickHouseClient }[];
  private closed = false;

  constructor(backend: StoreBackend) {
    this.kind = backend.kind;
    this.dataDir = backend.dataDir;
    this.backend = backend;
    this.reading = backend.readers.map((client) => ({ lane: new Lane(), client }));
  }

  async query<P extends z.ZodType, R extends z.ZodType>(
    query: Query<P, R>,
    params: z.input<P>,
  ): Promise<z.output<R>[]> {
    const checked = query.params.safeParse(params);
    if (!checked.success) {
      throw new SalmaqError('SLM_STORE', `query ${query.name}: ${z.prettifyError(checked.error)}`);
    }
    const values = queryParams(checked.data);
    const { lane, client } = this.nextReader();
    const rows = await this.run(lane, `query ${query.name}`, async () => {
      const result = await client.query({
        query: query.sql,
        format: 'JSONEachRow',
        ...(Object.keys(values).length === 0 ? {} : { query_params: values }),
      });
      return result.json();
    });
    const parsed = z.array(query.row).safeParse(rows);
    if (parsed.success) return parsed.data;
    throw new SalmaqError('SLM_STORE', `query ${query.name} answered a row: ${z.prettifyError(parsed.error)}`);
  }

  async insert<T extends keyof Tables>(table: T, rows: readonly Tables[T][]): Promise<void> {
    if (rows.length === 0) return;
    await this.run(this.writing, `insert of ${rows.length} rows into ${table}`, () =>
      this.backend.send(table, encodeRows(table, rows, this.sink)),
    );
  }

  async command(sql: string, params: Record<string, unknown> = {}): Promise<void> {
    await this.run(this.writing, `statement ${JSON.stringify(sql.trim().slice(0, 60))}`, async () => {
      const values = queryParams(params);
      await this.backend.writer.command({
        query: sql,
        ...(Object.keys(values).length === 0 ? {} : { query_params: values }),
      });
    });
  }

  async ping(): Promise<void> {
    const { lane, client } = this.nextReader();
    await this.run(lane, 'ping', async () => {
      const answer = await client.ping({ select: true });
      if (!answer.success) throw answer.error;
    });
  }

  /** Waits for what is under way, then lets go of the engine or the server. May be called twice. */
  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.all([this.writing, ...this.reading.map(({ lane }) => lane)].map((lane) => lane.drained()));
    await this.backend.close();
  }

  /** The one on which the fewest queries wait. */
  private nextReader(): { lane: Lane; client: ClickHouseClient } {
    const [first, ...others] = this.reading;
    if (first === undefined) return { lane: this.writing, client: this.backend.writer };
    return others.reduce((best, reader) => (reader.lane.length < best.lane.length ? reader : best), first);
  }

  private async run<T>(lane: Lane, what: string, work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new SalmaqError('SLM_STORE', `${what}: the store is closed`);
    try {
      return await lane.run(work);
    } catch (error) {
      throw toStoreError(error, what);
    }
  }
}
