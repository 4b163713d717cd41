import type { ChdbResult, Session } from 'chdb';
import type { Spool } from '../spool.ts';
import { ClickHouseException, CODE } from './clickhouse-exception.ts';
import type { ClickHouseRequest } from './request.ts';
import { assertReading, formatOf, insertFromFile, parseStatement, quoteString, takesData } from './statement.ts';

/** What bounds a request. */
export interface RequestLimits {
  readOnly: boolean;
  /** Table functions and functions that a reader may not call, in lower case. */
  forbidden: ReadonlySet<string>;
  maxQuerySeconds: number;
  maxResultBytes: number;
  maxMemoryBytes: number;
}

export interface ClickHouseAnswer {
  format: string;
  result: ChdbResult;
}

const DEFAULT_FORMAT = 'TabSeparated';

/** Longer than any body that is let in. */
const MAX_QUERY_SIZE = 1 << 30;

/**
 * Runs a request on a connection of its own, so that no setting, parameter or temporary table outlives it; opening
 * one takes about 2 ms. A reader's settings are set first and the connection is then closed to any further change by
 * ClickHouse itself.
 */
export async function runRequest(
  connect: () => Session,
  request: ClickHouseRequest,
  limits: RequestLimits,
  spool: Spool,
): Promise<ClickHouseAnswer> {
  const session = connect();
  try {
    await prepare(session, request, limits);
    const hasData = request.query !== '' && request.body.length > 0;
    if (!limits.readOnly && hasData) {
      const statement = await parseStatement(session, request.query);
      if (takesData(statement)) {
        const result = await spool.with([request.body], (path) => session.queryAsync(insertFromFile(statement, path)));
        return { format: request.format ?? DEFAULT_FORMAT, result };
      }
    }
    const text = request.query + textOf(request.body);
    const statement = await parseStatement(session, text);
    const format = formatOf(statement) ?? request.format ?? DEFAULT_FORMAT;
    if (!limits.readOnly) return { format, result: await session.queryAsync(text, { format }) };
    assertReading(statement, limits.forbidden);
    await session.queryAsync('SET readonly = 1');
    return { format, result: await session.queryAsync(statement.sql, { format }) };
  } finally {
    session.close();
  }
}

async function prepare(session: Session, request: ClickHouseRequest, limits: RequestLimits): Promise<void> {
  if (request.database !== undefined && request.database !== '') {
    await session.queryAsync(`USE \`${request.database.replace(/[\\`]/g, '\\$&')}\``);
  }
  const settings = new Map(request.settings);
  settings.delete('readonly');
  settings.set('max_execution_time', atMost(settings.get('max_execution_time'), limits.maxQuerySeconds));
  settings.set('max_memory_usage', atMost(settings.get('max_memory_usage'), limits.maxMemoryBytes));
  settings.set('timeout_overflow_mode', 'throw');
  settings.set('max_result_bytes', String(limits.maxResultBytes));
  settings.set('result_overflow_mode', 'throw');
  const assignments = [
    ...[...settings].map(([name, value]) => `${name} = ${quoteString(value)}`),
    ...[...request.params].map(([name, value]) => `param_${name} = ${quoteString(value)}`),
  ];
  // First, since it bounds the text of the next statement already.
  await session.queryAsync(`SET max_query_size = ${MAX_QUERY_SIZE}`);
  await session.queryAsync(`SET ${assignments.join(', ')}`);
}

/** What the client asks for, where that is less; 0 stands for no limit. */
function atMost(asked: string | undefined, limit: number): string {
  const value = Number(asked ?? 0);
  return String(value > 0 ? Math.min(value, limit) : limit);
}

function textOf(body: Buffer): string {
  const text = body.toString('utf8');
  // The engine's binding takes text; binary rows come in the body with the statement in the address.
  if (Buffer.byteLength(text) === body.length) return text;
  throw new ClickHouseException(
    CODE.incorrectData,
    'the body is not UTF-8: send the INSERT in the address (?query=…) and only its rows in the body. (INCORRECT_DATA)',
  );
}
