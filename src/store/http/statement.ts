import type { Session } from 'chdb';
import { messageOf } from '../../errors.ts';
import { type SqlToken, tokenize } from '../sql-text.ts';
import { ClickHouseException, CODE } from './clickhouse-exception.ts';

/** A statement as ClickHouse's own parser writes it: one line, no comments, one way to quote. */
export interface CanonicalStatement {
  readonly sql: string;
  readonly tokens: readonly SqlToken[];
}

const READING = new Set(['SELECT', 'WITH', 'SHOW', 'DESCRIBE', 'DESC', 'EXPLAIN', 'EXISTS']);

/** Functions beside the table functions that read files. */
const FILE_FUNCTIONS = ['file', 'catboostEvaluate'];

/** Parses one statement with the engine. Throws ClickHouse's syntax error, also for two statements in one text. */
export async function parseStatement(session: Session, sql: string): Promise<CanonicalStatement> {
  try {
    const result = await session.queryAsync(`SELECT formatQuerySingleLine(${quoteString(sql)})`, { format: 'TSVRaw' });
    const canonical = result.text().trim();
    return { sql: canonical, tokens: tokenize(canonical) };
  } catch (error) {
    // The engine names the query it failed in, which is ours and not the client's.
    const message = messageOf(error).replace(/: In scope SELECT formatQuerySingleLine[\s\S]*(?=\. \([A-Z_]+\)$)/, '');
    throw new ClickHouseException(CODE.syntaxError, message);
  }
}

/**
 * The functions a reader may not call: all table functions that ClickHouse itself forbids in `readonly` mode (`file`, `url`,
 * `s3`, `executable`, `remote`, …). It does forbid them; some, such as `sqlite`, touch the disk before it gets there.
 */
export async function forbiddenFunctions(session: Session): Promise<ReadonlySet<string>> {
  const result = await session.queryAsync(
    `SELECT lower(name) FROM system.table_functions
     WHERE NOT allow_readonly AND name NOT IN (SELECT name FROM system.functions)`,
    { format: 'TSVRaw' },
  );
  return new Set([...result.text().split('\n').filter(Boolean), ...FILE_FUNCTIONS.map((name) => name.toLowerCase())]);
}

/**
 * Throws `READONLY` for what `SET readonly = 1` would let through: `INTO OUTFILE`, which the engine takes for the client's
 * business, functions that read files, and statements such as `KILL`. It looks at the canonical text, which is what runs.
 */
export function assertReading({ tokens }: CanonicalStatement, forbidden: ReadonlySet<string>): void {
  const first = tokens.find((token) => token.text !== '(');
  if (first?.kind !== 'word' || !READING.has(first.text.toUpperCase())) {
    throw new ClickHouseException(
      CODE.readonly,
      `Cannot execute ${first?.text ?? 'this'} in readonly mode. (READONLY)`,
    );
  }
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (isWord(token, 'INTO') && isWord(next, 'OUTFILE')) {
      throw new ClickHouseException(CODE.readonly, 'INTO OUTFILE is not allowed in readonly mode. (READONLY)');
    }
    if (next?.text !== '(' || (token.kind !== 'word' && token.kind !== 'name')) continue;
    if (forbidden.has(token.text.toLowerCase())) {
      throw new ClickHouseException(CODE.readonly, `${token.text}() is not allowed in readonly mode. (READONLY)`);
    }
  }
}

/** The format that a statement names at its end. */
export function formatOf({ tokens }: CanonicalStatement): string | undefined {
  const at = formatAt(tokens);
  return at === undefined ? undefined : tokens[at + 1]?.text;
}

/** Whether the statement is an `INSERT` that takes its rows from the body of the request. */
export function takesData({ tokens }: CanonicalStatement): boolean {
  return isWord(tokens[0], 'INSERT') && formatAt(tokens) !== undefined;
}

/** The `INSERT`, reading its rows from a file: the one way for binary formats to reach the embedded engine. */
export function insertFromFile({ sql, tokens }: CanonicalStatement, path: string): string {
  const format = formatAt(tokens) ?? tokens.length;
  const settings = tokens.findLastIndex(
    (token, i) => i < format && isWord(token, 'SETTINGS') && tokens[i + 2]?.text === '=',
  );
  const at = tokens[settings === -1 ? format : settings]?.start ?? sql.length;
  return `${sql.slice(0, at)}FROM INFILE ${quoteString(path)} ${sql.slice(at)}`;
}

/** A ClickHouse string literal. */
export function quoteString(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;
}

/** Index of the word `FORMAT` with which a statement ends, but for its settings. */
function formatAt(tokens: readonly SqlToken[]): number | undefined {
  const at = tokens.findLastIndex((token) => isWord(token, 'FORMAT'));
  if (at === -1) return undefined;
  const after = tokens[at + 2];
  const isClause = after === undefined || isWord(after, 'SETTINGS');
  return isClause && tokens[at + 1]?.kind !== 'sign' ? at : undefined;
}

function isWord(token: SqlToken | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toUpperCase() === word;
}
