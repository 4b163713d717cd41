export interface Statement {
  query: string;
  query_params?: Record<string, unknown>;
}

const PLACE = /\{(\w+):([\w()]+)\}/g;
/** Types whose values hold neither a quote nor a backslash. */
const OF_NUMBERS = /^(?:Array\()?(?:U?Int(?:8|16|32|64)|Float64)\)?$/;
/** The engine reads statements of up to 256 KiB. */
const LONGEST = 200_000;

/**
 * Writes the parameters of a statement into it where all of them are numbers or lists of numbers, and the statement stays short enough; any
 * other is given back as it is.
 *
 * Statements with bound parameters run one after another on all connections of the embedded engine, the others at once.
 *
 * @example
 * withLiterals({ query: 'SELECT {n:UInt32}', query_params: { n: 1 } }).query; // "SELECT CAST('1', 'UInt32')"
 */
export function withLiterals(statement: Statement): Statement {
  const { query, query_params: params = {} } = statement;
  let isWritten = true;
  const written = query.replaceAll(PLACE, (place, name: string, type: string) => {
    const text = OF_NUMBERS.test(type) ? numbersText(params[name]) : undefined;
    if (text === undefined) isWritten = false;
    return `CAST('${text ?? place}', '${type}')`;
  });
  return isWritten && written.length <= LONGEST ? { query: written } : statement;
}

function numbersText(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const texts = value.map((each) => (Array.isArray(each) ? undefined : numbersText(each)));
    return texts.includes(undefined) ? undefined : `[${texts.join()}]`;
  }
  return typeof value === 'bigint' || Number.isFinite(value) ? String(value) : undefined;
}
