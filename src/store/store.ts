import type { z } from 'zod';
import type { Tables } from './rows.ts';

/** A query is a name, an SQL text with `{name:Type}` parameters, and the schemas of its parameters and of a row. */
export interface Query<P extends z.ZodType, R extends z.ZodType> {
  readonly name: string;
  readonly sql: string;
  readonly params: P;
  readonly row: R;
}

export function defineQuery<P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>): Query<P, R> {
  return query;
}

/** ClickHouse, in this process or on a server; the same to everything above it. */
export interface Store {
  readonly kind: 'embedded' | 'server';
  /** The directory of the embedded engine. */
  readonly dataDir: string | undefined;
  /** Runs a typed query and returns its rows, checked. Rejects with `SLM_STORE`. */
  query<P extends z.ZodType, R extends z.ZodType>(query: Query<P, R>, params: z.input<P>): Promise<z.output<R>[]>;
  /** Writes rows, and resolves when ClickHouse has acknowledged them. An empty batch does nothing. */
  insert<T extends keyof Tables>(table: T, rows: readonly Tables[T][]): Promise<void>;
  /** Runs a statement that returns nothing; `params` fill its `{name:Type}`. */
  command(sql: string, params?: Record<string, unknown>): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
