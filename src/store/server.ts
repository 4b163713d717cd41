import { Readable } from 'node:stream';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { ClientStore, INSERT_SETTINGS } from './client-store.ts';
import { columnList } from './row-binary.ts';
import type { ServerStoreSettings } from './settings.ts';
import type { Store } from './store.ts';

/** Queries sent to the server at once. */
const READERS = 4;

/** A store on a ClickHouse server. Connects lazily: `ping()` tells whether it is there. */
export function openServerStore(settings: ServerStoreSettings): Store {
  const { tls } = settings;
  const client = createClient({
    url: settings.url,
    username: settings.username,
    password: settings.password,
    database: settings.database,
    application: 'salmaq',
    // Whatever it would log is thrown as well.
    log: { level: ClickHouseLogLevel.OFF },
    request_timeout: (settings.maxQuerySeconds + 10) * 1000,
    max_open_connections: READERS + 1,
    clickhouse_settings: {
      output_format_json_quote_64bit_integers: 1,
      max_execution_time: settings.maxQuerySeconds,
      // The answer comes when all is done, so that an error late in a statement is not taken for success.
      wait_end_of_query: 1,
    },
    ...(tls === undefined
      ? {}
      : {
          tls:
            tls.cert === undefined || tls.key === undefined
              ? { ca_cert: Buffer.from(tls.ca) }
              : { ca_cert: Buffer.from(tls.ca), cert: Buffer.from(tls.cert), key: Buffer.from(tls.key) },
        }),
  });
  // Without these an acknowledgement could come from a buffer, from one replica, or before the shards have the rows.
  const quorum = settings.cluster === undefined ? '' : `, insert_quorum = 'auto', distributed_foreground_insert = 1`;

  return new ClientStore({
    kind: 'server',
    dataDir: undefined,
    writer: client,
    readers: new Array(READERS).fill(client),
    async send(table, pieces) {
      const result = await client.exec({
        query:
          `INSERT INTO ${table} (${columnList(table)}) ` +
          `SETTINGS async_insert = 0, ${INSERT_SETTINGS}${quorum} FORMAT RowBinary`,
        values: Readable.from(copies(pieces), { objectMode: false }),
      });
      for await (const _ of result.stream) {
        // The socket is free once the empty answer has been read.
      }
    },
    close: () => client.close(),
  });
}

/** A stream keeps what it has not sent yet, and the encoder reuses its memory. */
function* copies(pieces: Iterable<Buffer>): Generator<Buffer, void, undefined> {
  for (const piece of pieces) yield Buffer.from(piece);
}
