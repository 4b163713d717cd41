/** A piece of ClickHouse SQL: a word, a quoted name, a string, or any other sign. Comments and spaces are no tokens. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'string' | 'sign';
  /** As it stands in the text; of a `name`, what is between the quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?\*\/|(?<string>'(?:[^'\\]|\\[\s\S]|'')*')|(?<name>`(?:[^`\\]|\\[\s\S]|``)*`|"(?:[^"\\]|\\[\s\S]|"")*")|(?<word>[\p{L}_$][\p{L}\p{N}_$]*)|(?<sign>[\s\S])/uy;

/** The tokens of a text, each where it stands. */
export function tokenize(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  for (const match of sql.matchAll(new RegExp(TOKEN, 'guy'))) {
    const { groups = {}, index } = match;
    const place = { start: index, end: index + match[0].length };
    if (groups['word'] !== undefined) tokens.push({ kind: 'word', text: groups['word'], ...place });
    else if (groups['name'] !== undefined) tokens.push({ kind: 'name', text: groups['name'].slice(1, -1), ...place });
    else if (groups['string'] !== undefined) tokens.push({ kind: 'string', text: groups['string'], ...place });
    else if (groups['sign'] !== undefined) tokens.push({ kind: 'sign', text: groups['sign'], ...place });
  }
  return tokens;
}

/** The statements of a text, each from its first word to before its `;`. A server takes one at a time. */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let start: number | undefined;
  for (const token of tokenize(sql)) {
    if (token.kind !== 'sign' || token.text !== ';') {
      start ??= token.start;
      continue;
    }
    if (start !== undefined) statements.push(sql.slice(start, token.start).trimEnd());
    start = undefined;
  }
  if (start !== undefined) statements.push(sql.slice(start).trimEnd());
  return statements;
}
