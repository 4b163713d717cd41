import { once } from 'node:events';

/** Writes to stdout and waits while its reader is slow. A closed pipe (`| head`) ends the process quietly. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** One JSON object per line. */
export async function printJson(values: readonly unknown[]): Promise<void> {
  if (values.length > 0) await print(`${values.map((value) => JSON.stringify(value)).join('\n')}\n`);
}

/** For people; stdout stays clean for data. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * A table for the terminal: columns as wide as their widest cell, numbers to the right. Cells are strings or numbers.
 */
export function table(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [header.map(String), ...rows.map((row) => row.map(formatCell))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const isNumber = header.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'));
  return cells
    .map((row) =>
      row
        .map((cell, column) => pad(cell, widths[column] ?? 0, isNumber[column] ?? false))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatCell(cell: string | number): string {
  if (typeof cell === 'string') return cell;
  return Number.isInteger(cell) ? cell.toLocaleString('en-US') : cell.toFixed(cell < 10 ? 2 : 1);
}

function widthOf(cell: string): number {
  return [...cell].length;
}

function pad(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)));
  return right ? space + cell : cell + space;
}
