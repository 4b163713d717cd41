import type { Refusal } from './post/validate.ts';

/** A line of a text file, without its end; `text` is null where the bytes are none of the file's encoding. */
export interface TextLine {
  /** From 1. */
  number: number;
  bytes: Uint8Array;
  text: string | null;
}

/** A row, by the number of its first line and with its bytes, or why it is none. */
export type CsvRow = { line: number; bytes: Uint8Array } & ({ cells: string[] } | { refusal: Refusal });

/** A quoted cell of more lines than this was never closed. */
const MAX_LINES = 1_000;
const LINE_FEED = Buffer.from('\n');
const QUOTE = '"';

/**
 * Reads the rows of a CSV (RFC 4180) as they come out of real systems: any delimiter, line breaks inside of quotes, quotes that
 * stand unescaped inside of a cell. A row whose quote is never closed is refused alone and reading goes on with the next
 * line: `csv-parse` loses all that follows.
 */
export class CsvReader {
  private readonly delimiter: string;
  private waiting: TextLine[] = [];

  constructor(delimiter: string) {
    this.delimiter = delimiter;
  }

  /** The rows that are complete with these lines; blank lines are none. `isLast` gives those that wait for more, too. */
  read(lines: readonly TextLine[], isLast = false): CsvRow[] {
    const { delimiter } = this;
    const queue = [...this.waiting, ...lines];
    const rows: CsvRow[] = [];
    let at = 0;
    for (let line = queue[at]; line !== undefined; line = queue[at]) {
      const row = line.bytes.length === 0 ? undefined : readRow(queue, at, delimiter);
      if (row === 'open' && !isLast && queue.length - at < MAX_LINES) break;
      if (row === undefined) at++;
      else {
        const { cells, lines: count } = typeof row === 'string' ? { cells: readAlone(line, delimiter), lines: 1 } : row;
        const origin = { line: line.number, bytes: joined(queue.slice(at, at + count)) };
        rows.push(cells === undefined ? { ...origin, refusal: refusalOf(line) } : { ...origin, cells });
        at += count;
      }
    }
    this.waiting = queue.slice(at);
    return rows;
  }
}

/** The cells that begin on a line, and how many lines they take; `open` when they go on below, `broken` when that is no row. */
function readRow(
  lines: readonly TextLine[],
  from: number,
  delimiter: string,
): { cells: string[]; lines: number } | 'open' | 'broken' {
  const cells: string[] = [];
  let line = from;
  for (let at = 0; ; at++) {
    const text = lines[line]?.text ?? null;
    if (text === null) return 'broken';
    if (text[at] === QUOTE) {
      const cell = readQuoted(lines, from, { line, at: at + 1 }, delimiter);
      if (typeof cell === 'string') return cell;
      cells.push(cell.text);
      line = cell.line;
      at = cell.at;
    } else {
      const end = endOf(text, at, delimiter);
      cells.push(text.slice(at, end).trim());
      at = end;
    }
    if (at >= (lines[line]?.text ?? '').length) return { cells, lines: line + 1 - from };
  }
}

interface Place {
  line: number;
  at: number;
}

/** A quoted cell from behind its opening quote, and the place behind its closing one. */
function readQuoted(
  lines: readonly TextLine[],
  from: number,
  { line, at }: Place,
  delimiter: string,
): ({ text: string } & Place) | 'open' | 'broken' {
  let cell = '';
  for (;;) {
    const text = lines[line]?.text ?? null;
    if (text === null) return 'broken';
    const quote = text.indexOf(QUOTE, at);
    if (quote < 0) {
      cell += `${text.slice(at)}\n`;
      line++;
      at = 0;
      if (line >= lines.length || line - from >= MAX_LINES) return 'open';
      continue;
    }
    cell += text.slice(at, quote);
    const after = text[quote + 1];
    if (after === undefined || after === delimiter) return { text: cell, line, at: quote + 1 };
    // What looks like the opening of a cell, lines below: the quote before it was never closed.
    if (after !== QUOTE && line > from && (quote === 0 || text[quote - 1] === delimiter)) return 'broken';
    cell += QUOTE;
    at = quote + (after === QUOTE ? 2 : 1);
  }
}

/** The cells of a line of which no row can be made as it stands: a cell may begin with a quoted word, as «"Жылу" ЖШС» does. */
function readAlone({ text }: TextLine, delimiter: string): string[] | undefined {
  if (text === null) return undefined;
  const cells: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    const alone = [{ number: 1, bytes: LINE_FEED, text }];
    const quoted = text[at] === QUOTE ? readQuoted(alone, 0, { line: 0, at: at + 1 }, delimiter) : 'open';
    if (typeof quoted !== 'string') {
      cells.push(quoted.text);
      at = quoted.at;
      continue;
    }
    const end = endOf(text, at, delimiter);
    const cell = text.slice(at, end).trim();
    if (cell.startsWith(QUOTE) && !cell.includes(QUOTE, 1)) return undefined;
    cells.push(cell);
    at = end;
  }
  return cells;
}

function endOf(text: string, at: number, delimiter: string): number {
  const end = text.indexOf(delimiter, at);
  return end < 0 ? text.length : end;
}

function refusalOf({ text }: TextLine): Refusal {
  return text === null
    ? { reason: 'invalid-utf8', message: 'the row is not valid UTF-8' }
    : { reason: 'schema', message: 'record: a quote is opened and never closed' };
}

function joined(lines: readonly TextLine[]): Uint8Array {
  const [only] = lines;
  if (only !== undefined && lines.length === 1) return only.bytes;
  return Buffer.concat(lines.flatMap(({ bytes }, i) => (i === 0 ? [bytes] : [LINE_FEED, bytes])));
}
