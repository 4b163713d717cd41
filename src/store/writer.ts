import { z } from 'zod';
import { SalmaqError } from '../errors.ts';
import { Lane } from './lane.ts';
import { withRetry } from './retry.ts';
import type { Tables } from './rows.ts';
import type { Store } from './store.ts';

export const writerSettings = z.strictObject({
  /** Rows of one table that are written at once. An insert costs 35–40 ms whatever its size, measured on two cores. */
  maxRows: z.number().int().min(1).max(1_000_000).default(10_000),
  /** The longest a row waits for others. */
  maxWaitMs: z.number().int().min(1).max(600_000).default(1_000),
  /** How long an insert is tried again while the server is away. */
  deadlineMs: z.number().int().min(0).default(120_000),
  firstPauseMs: z.number().int().min(1).default(200),
});

export type WriterSettings = z.input<typeof writerSettings>;

interface Waiting {
  rows: Tables[keyof Tables][];
  /** Settles with the insert that carries the rows. */
  written: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Gathers rows that come a few at a time and writes each table's in batches. One insert runs at a time; rows that come
 * meanwhile make the next batch.
 *
 * @example
 * const writer = new Writer(store);
 * await writer.add('posts', rows); // resolves when ClickHouse has acknowledged these rows
 * await writer.close();
 */
export class Writer {
  private readonly store: Store;
  private readonly settings: z.output<typeof writerSettings>;
  private readonly waiting = new Map<keyof Tables, Waiting>();
  private readonly lane = new Lane();
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(store: Store, settings: WriterSettings = {}) {
    this.store = store;
    this.settings = writerSettings.parse(settings);
  }

  /** How many rows wait to be written: what a source that must not run ahead looks at. */
  get pending(): number {
    let rows = 0;
    for (const batch of this.waiting.values()) rows += batch.rows.length;
    return rows;
  }

  /** Resolves when ClickHouse has acknowledged the rows; rejects with `SLM_STORE` when it has not by the deadline. */
  add<T extends keyof Tables>(table: T, rows: readonly Tables[T][]): Promise<void> {
    if (this.closed) return Promise.reject(new SalmaqError('SLM_STORE', 'the writer is closed'));
    if (rows.length === 0) return Promise.resolve();
    const batch = this.waiting.get(table) ?? this.open(table);
    for (const row of rows) batch.rows.push(row);
    if (batch.rows.length >= this.settings.maxRows) this.send(table);
    else this.timer ??= setTimeout(() => this.sendAll(), this.settings.maxWaitMs);
    return batch.written;
  }

  /** Writes what waits; resolves when all that was added so far has been acknowledged. */
  async flush(): Promise<void> {
    const written = [...this.waiting.values()].map((batch) => batch.written);
    this.sendAll();
    await Promise.all(written);
    await this.lane.drained();
  }

  /** Flushes, and takes no more rows. */
  async close(): Promise<void> {
    this.closed = true;
    await this.flush();
  }

  private open(table: keyof Tables): Waiting {
    const { promise, resolve, reject } = withResolvers();
    // Whoever added the rows holds the promise; a flush alone must not end the process.
    promise.catch(() => undefined);
    const batch: Waiting = { rows: [], written: promise, resolve, reject };
    this.waiting.set(table, batch);
    return batch;
  }

  private sendAll(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const table of [...this.waiting.keys()]) this.send(table);
  }

  private send(table: keyof Tables): void {
    const batch = this.waiting.get(table);
    if (batch === undefined) return;
    this.waiting.delete(table);
    this.lane
      .run(() => withRetry(() => this.store.insert(table, batch.rows), this.settings))
      .then(batch.resolve, batch.reject);
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: unknown) => void } {
  let resolve: () => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}
