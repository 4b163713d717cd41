import type { ClickHouseClientConfigOptions } from '@clickhouse/client';
import type { ChdbConnection } from 'chdb/connection';
import { type Statement, withLiterals } from './literals.ts';

type Connection = NonNullable<ClickHouseClientConfigOptions['connection']>;

/**
 * An embedded connection as `@clickhouse/client` takes it, which passes on the statement and its parameters only.
 *
 * The engine would run the settings of a call as `SET`, which stays in force for every later call on the connection: a
 * deduplication token left behind so has made it drop the next, different insert in silence. Settings stand in the SQL.
 */
export function isolated(chdb: ChdbConnection): Connection {
  return {
    query: (params) => chdb.query(statement(params)),
    command: (params) => chdb.command(statement(params)),
    exec: (params) => chdb.exec(statement(params)),
    insert: (params) => chdb.insert({ ...statement(params), values: params.values }),
    ping: () => chdb.ping({ select: true }),
    close: () => chdb.close(),
  };
}

function statement({
  query,
  query_params,
}: {
  query: string;
  query_params?: Record<string, unknown> | undefined;
}): Statement {
  return query_params === undefined ? { query } : withLiterals({ query, query_params });
}
