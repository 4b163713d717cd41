import type { RowSink } from './row-sink.ts';

/** A ClickHouse type, and how a value of it is written in `RowBinary`. */
export interface Column<T> {
  readonly type: string;
  /** Throws a `RangeError` when the type cannot hold the value. */
  write(sink: RowSink, value: T): void;
}

const MAX_UINT64 = 18_446_744_073_709_551_615n;
const MIN_INT64 = -9_223_372_036_854_775_808n;
const MAX_INT64 = 9_223_372_036_854_775_807n;

/** What `DateTime64(3)` holds: the years 1900 to 2299. */
const MIN_TIME_MS = Date.UTC(1900, 0, 1);
const MAX_TIME_MS = Date.UTC(2300, 0, 1) - 1;

export const string: Column<string> = { type: 'String', write: (sink, value) => sink.string(value) };

export const bytes: Column<Uint8Array> = { type: 'String', write: (sink, value) => sink.bytesValue(value) };

export const bool: Column<boolean> = { type: 'Bool', write: (sink, value) => sink.uint8(value ? 1 : 0) };

export const float32: Column<number> = { type: 'Float32', write: (sink, value) => sink.float32(value) };

export const float64: Column<number> = { type: 'Float64', write: (sink, value) => sink.float64(value) };

export const int32: Column<number> = {
  type: 'Int32',
  write: (sink, value) => sink.int32(integer(value, -2_147_483_648, 2_147_483_647)),
};

export const uint32: Column<number> = {
  type: 'UInt32',
  write: (sink, value) => sink.int32(integer(value, 0, 4_294_967_295)),
};

export const int64: Column<bigint> = {
  type: 'Int64',
  write: (sink, value) => sink.bigint64(bigInteger(value, MIN_INT64, MAX_INT64)),
};

export const uint64: Column<bigint> = {
  type: 'UInt64',
  write: (sink, value) => sink.bigint64(bigInteger(value, 0n, MAX_UINT64)),
};

/** A count that JavaScript holds exactly. */
export const count64: Column<number> = {
  type: 'UInt64',
  write: (sink, value) => sink.integer64(integer(value, 0, Number.MAX_SAFE_INTEGER)),
};

/** Unix milliseconds. */
export const timeMs: Column<number> = {
  type: "DateTime64(3, 'UTC')",
  write: (sink, value) => sink.integer64(integer(value, MIN_TIME_MS, MAX_TIME_MS)),
};

/** Few distinct values: stored as a dictionary, written like the type itself. */
export function lowCardinality<T>(column: Column<T>): Column<T> {
  return { type: `LowCardinality(${column.type})`, write: column.write };
}

export function nullable<T>(column: Column<T>): Column<T | null> {
  const { write } = column;
  return {
    type: `Nullable(${column.type})`,
    write(sink, value) {
      if (value === null) {
        sink.uint8(1);
      } else {
        sink.uint8(0);
        write(sink, value);
      }
    },
  };
}

export function array<T>(column: Column<T>): Column<readonly T[]> {
  const { write } = column;
  return {
    type: `Array(${column.type})`,
    write(sink, values) {
      sink.varint(values.length);
      for (const value of values) write(sink, value);
    },
  };
}

function integer(value: number, min: number, max: number): number {
  if (Number.isInteger(value) && value >= min && value <= max) return value;
  throw new RangeError(`${value} is no integer from ${min} to ${max}`);
}

function bigInteger(value: bigint, min: bigint, max: bigint): bigint {
  if (value >= min && value <= max) return value;
  throw new RangeError(`${value} is not within ${min} and ${max}`);
}
