import { SalmaqError } from '../errors.ts';
import { splitStatements } from './sql-text.ts';

const CREATE_TABLE = /CREATE TABLE IF NOT EXISTS (\w+)/;
const ALTER_TABLE = /ALTER TABLE (\w+)/;
const ENGINE = /ENGINE = (\w*MergeTree)(?:\(([^)]*)\))?/;

/**
 * The statements of a migration for a cluster. Every table becomes two: `NAME_local`, replicated within its shard, and
 * `NAME`, which spreads rows over the shards by a hash of the natural key, so that all the observations of one post meet
 * on one shard and replace each other there.
 *
 * The servers' macros `{shard}` and `{replica}` must be set, as ClickHouse's own documentation of replication has it.
 */
export function renderForCluster(sql: string, cluster: string): string[] {
  if (!/^[\w-]{1,64}$/.test(cluster)) {
    throw new SalmaqError('SLM_USAGE', `${JSON.stringify(cluster)} is no name of a cluster`);
  }
  return splitStatements(sql).flatMap((statement) => renderStatement(statement, cluster));
}

function renderStatement(statement: string, cluster: string): string[] {
  const created = CREATE_TABLE.exec(statement)?.[1];
  if (created !== undefined) return renderTable(statement, created, cluster);
  const altered = ALTER_TABLE.exec(statement)?.[1];
  if (altered !== undefined) return renderAlter(statement, altered, cluster);
  throw new SalmaqError('SLM_SCHEMA', `cannot be rendered for a cluster: ${statement.slice(0, 80)}`);
}

function renderTable(statement: string, table: string, cluster: string): string[] {
  const engine = ENGINE.exec(statement);
  const key = sortingKey(statement);
  if (engine === null || key === undefined) {
    throw new SalmaqError('SLM_SCHEMA', `${table} has no MergeTree engine with ORDER BY`);
  }
  const columns = engine[2] === undefined || engine[2] === '' ? '' : `, ${engine[2]}`;
  const replicated = `ENGINE = Replicated${engine[1]}('/clickhouse/tables/{shard}/{database}/${table}', '{replica}'${columns})`;
  const local = statement
    .replace(CREATE_TABLE, `CREATE TABLE IF NOT EXISTS ${table}_local ON CLUSTER '${cluster}'`)
    .replace(ENGINE, () => replicated);
  const distributed =
    `CREATE TABLE IF NOT EXISTS ${table} ON CLUSTER '${cluster}' AS ${table}_local\n` +
    `ENGINE = Distributed('${cluster}', currentDatabase(), ${table}_local, cityHash64(${key}))`;
  return [local, distributed];
}

/** A change of columns is one of both tables; of TTL, indices or settings, of the local one only. */
function renderAlter(statement: string, table: string, cluster: string): string[] {
  const onCluster = (name: string): string =>
    statement.replace(ALTER_TABLE, `ALTER TABLE ${name} ON CLUSTER '${cluster}'`);
  const isOfColumns = /\b(?:ADD|DROP|MODIFY|RENAME) COLUMN\b/.test(statement);
  return isOfColumns ? [onCluster(`${table}_local`), onCluster(table)] : [onCluster(`${table}_local`)];
}

/** The expressions of `ORDER BY`, without outer parentheses. */
function sortingKey(statement: string): string | undefined {
  const key = /ORDER BY ([\s\S]+)$/.exec(statement)?.[1]?.trim();
  return key?.startsWith('(') && key.endsWith(')') ? key.slice(1, -1) : key;
}
