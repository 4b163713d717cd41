import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { messageOf, SalmaqError } from '../errors.ts';
import { isolated } from './chdb-connection.ts';
import { ClientStore, INSERT_SETTINGS } from './client-store.ts';
import { columnList } from './row-binary.ts';
import type { EmbeddedStoreSettings } from './settings.ts';
import { openSpool, type Spool } from './spool.ts';
import type { Store } from './store.ts';
import { toStoreError } from './store-error.ts';

/** Queries at once: most are too small to be run by several threads, and while one is read another can be at work. */
const READERS = 2;

/**
 * A store in this process, on a directory of its own that is created when missing.
 *
 * A directory belongs to one process and a process to one directory: anything else rejects with `SLM_STORE_BUSY`. The
 * engine's lock is the operating system's, so a killed process leaves none behind.
 */
export async function openEmbeddedStore(settings: EmbeddedStoreSettings): Promise<Store> {
  const path = resolve(settings.path);
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new SalmaqError('SLM_STORE', `cannot create the data directory ${path}: ${messageOf(error)}`, {
      cause: error,
    });
  }
  // Loads 260 MB of engine, which a worker with a ClickHouse server never needs.
  const { createChdbConnection } = await import('chdb/connection');
  const { drainPending } = await import('chdb');
  const connect = (): ClickHouseClient => {
    try {
      return createClient({
        connection: isolated(createChdbConnection({ path })),
        // Whatever it would log is thrown as well.
        log: { level: ClickHouseLogLevel.OFF },
      });
    } catch (error) {
      throw openError(error, path);
    }
  };

  const writer = connect();
  const readers = Array.from({ length: READERS }, connect);
  const close = async (): Promise<void> => {
    await writer.close();
    for (const reader of readers) await reader.close();
    await drainPending();
  };
  const spool = await prepare(writer, readers, path, settings).catch(async (error: unknown) => {
    await close();
    throw toStoreError(error, `opening ${path}`);
  });

  return new ClientStore({
    kind: 'embedded',
    dataDir: path,
    writer,
    readers,
    async send(table, pieces) {
      await spool.with(pieces, (file) =>
        writer.command({
          query: `INSERT INTO ${table} (${columnList(table)}) FROM INFILE ${quote(file)} FORMAT RowBinary`,
        }),
      );
    },
    close,
  });
}

/** Settings go on the connections, where they stay: each is of one use, and none is ever set for a single call. */
async function prepare(
  writer: ClickHouseClient,
  readers: readonly ClickHouseClient[],
  path: string,
  { maxQuerySeconds }: EmbeddedStoreSettings,
): Promise<Spool> {
  await writer.command({ query: `SET ${INSERT_SETTINGS}` });
  for (const reader of readers) {
    await reader.command({
      query: `SET output_format_json_quote_64bit_integers = 1, max_execution_time = ${maxQuerySeconds}`,
    });
  }
  return openSpool(join(path, 'spool'));
}

function openError(error: unknown, path: string): SalmaqError {
  const message = messageOf(error);
  if (/one active data directory|still releasing/.test(message)) {
    return new SalmaqError(
      'SLM_STORE_BUSY',
      `${path} cannot be opened: this process has another data directory open, and the engine holds one at a time`,
      { hint: 'close the other store first', cause: error },
    );
  }
  const holder = lockHolder(path);
  if (holder !== undefined) {
    return new SalmaqError('SLM_STORE_BUSY', `the data directory ${path} is open in another process (pid ${holder})`, {
      hint: 'stop that process, or give another directory with --data-dir',
      cause: error,
    });
  }
  return new SalmaqError('SLM_STORE', `cannot open the data directory ${path}: ${message}`, {
    hint: 'the directory must belong to Salmaq alone and be writable',
    cause: error,
  });
}

/**
 * The process that has the directory open. The engine says so on stderr only; but it removes its status file when it
 * fails with the lock in hand, so one that is still there, and writable, is another's.
 */
function lockHolder(path: string): string | undefined {
  const file = join(path, 'status');
  try {
    accessSync(file, constants.W_OK);
    return /PID: (\d+)/.exec(readFileSync(file, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
