import { z } from 'zod';
import type { Tables } from '../../../src/store/rows.ts';
import { defineQuery, type Store } from '../../../src/store/store.ts';
import { tables } from '../../../src/store/tables.ts';

/** A row with every value as a text that tells it apart from any other: bytes in hexadecimal, times in milliseconds. */
export type StoredForm = Record<string, unknown>;

/** Reads a table as ClickHouse holds it, by functions that have nothing in common with how it was written. */
export async function readBack(store: Store, table: keyof Tables): Promise<StoredForm[]> {
  const columns = Object.entries(tables[table].columns).map(([name, { type }]) => `${exactly(name, type)} AS ${name}`);
  return store.query(
    defineQuery({
      name: 'readBack',
      sql: `SELECT ${columns.join(', ')} FROM ${table} SETTINGS output_format_json_quote_64bit_floats = 0`,
      params: z.object({}),
      row: z.record(z.string(), z.unknown()),
    }),
    {},
  );
}

/** What {@link readBack} should give for a row. */
export function storedForm<T extends keyof Tables>(table: T, row: Tables[T]): StoredForm {
  const types = new Map(Object.entries(tables[table].columns).map(([name, { type }]) => [name, type]));
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, formOf(value, types.get(name) ?? '')]));
}

function exactly(name: string, type: string): string {
  const inner = type.replace(/^Nullable\((.*)\)$/, '$1');
  if (inner !== type) return `if(isNull(${name}), NULL, ${exactly(`assumeNotNull(${name})`, inner)})`;
  if (type.startsWith('Array')) return `arrayMap(item -> ${exactly('item', type.slice(6, -1))}, ${name})`;
  if (type.includes('String')) return `hex(${name})`;
  if (type.startsWith('DateTime64')) return `toString(toUnixTimestamp64Milli(${name}))`;
  if (type === 'Float32') return `toString(reinterpretAsUInt32(${name}))`;
  if (type === 'Float64') return `toString(reinterpretAsUInt64(${name}))`;
  return `toString(${name})`;
}

function formOf(value: unknown, type: string): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item) => formOf(item, 'String'));
  if (typeof value === 'string') return hex(Buffer.from(value.replace(/\p{Surrogate}/gu, '\ufffd')));
  if (value instanceof Uint8Array) return hex(value);
  if (typeof value === 'number' && type.startsWith('Float')) return floatBits(value, type === 'Float32');
  return String(value);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex').toUpperCase();
}

function floatBits(value: number, isSingle: boolean): string {
  return String(
    isSingle ? new Uint32Array(Float32Array.of(value).buffer)[0] : new BigUint64Array(Float64Array.of(value).buffer)[0],
  );
}
