import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ClickHouseClient, createClient } from '@clickhouse/client';
import { messageOf, SalmaqError } from '../errors.ts';
import { isolated } from './chdb-connection.ts';
import { ClientStore, INSERT_SETTINGS } from './client-store.ts';
import { columnList } from './row-binary.ts';
import type { EmbeddedStoreSettings } from './settings.ts';
import { openSpool } from './spool.ts';
import type { Store } from './store.ts';

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
      return createClient({ connection: isolated(createChdbConnection({ path })) });
    } catch (error) {
      throw openError(error, path);
    }
  };

  const writer = connect();
  const reader = connect();
  const spool = await openSpool(join(path, 'spool'));
  // On the connection and not with each call: the engine's connection keeps what a call sets, so both come to the same,
  // and here it is seen.
  await writer.command({ query: `SET ${INSERT_SETTINGS}` });
  await reader.command({
    query: `SET output_format_json_quote_64bit_integers = 1, max_execution_time = ${settings.maxQuerySeconds}`,
  });

  return new ClientStore({
    kind: 'embedded',
    dataDir: path,
    writer,
    reader,
    readers: 1,
    async send(table, pieces) {
      await spool.with(pieces, (file) =>
        writer.command({
          query: `INSERT INTO ${table} (${columnList(table)}) FROM INFILE ${quote(file)} FORMAT RowBinary`,
        }),
      );
    },
    async close() {
      await writer.close();
      await reader.close();
      await drainPending();
    },
  });
}

function openError(error: unknown, path: string): SalmaqError {
  const message = messageOf(error);
  if (/Cannot lock file/.test(message)) {
    const holder = lockHolder(path);
    return new SalmaqError(
      'SLM_STORE_BUSY',
      `the data directory ${path} is open in another process${holder === undefined ? '' : ` (pid ${holder})`}`,
      { hint: 'stop that process, or give another directory with --data-dir', cause: error },
    );
  }
  if (/one active data directory|still releasing/.test(message)) {
    return new SalmaqError(
      'SLM_STORE_BUSY',
      `${path} cannot be opened: this process has another data directory open, and the engine holds one at a time`,
      { hint: 'close the other store first', cause: error },
    );
  }
  return new SalmaqError('SLM_STORE', `cannot open the data directory ${path}: ${message}`, {
    hint: 'the directory must belong to Salmaq alone and be writable',
    cause: error,
  });
}

/** The process that ClickHouse's status file names. */
function lockHolder(path: string): string | undefined {
  try {
    return /PID: (\d+)/.exec(readFileSync(join(path, 'status'), 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
