import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader, type CsvRow, type TextLine } from '../../../src/csv-rows.ts';

const toLines = (text: string): TextLine[] =>
  text.split('\n').map((line, i) => ({ number: i + 1, bytes: Buffer.from(line), text: line }));

const cellsOf = (rows: readonly CsvRow[]) => rows.map((row) => ('cells' in row ? row.cells : row.refusal.reason));

const read = (text: string, delimiter = ';') => new CsvReader(delimiter).read(toLines(text), true);

describe('A CSV of an export', () => {
  it('is read as it was written, with any delimiter, quotes and line breaks in cells, in whatever pieces it comes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ә', '"', ',', ';', '\t', '\n', ' '), maxLength: 8 });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rows, fc.constantFrom(',', ';', '\t', '|'), fc.array(fc.nat(20)), (table, delimiter, cuts) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const lines = toLines(table.map((row) => row.map(quoted).join(delimiter)).join('\n'));
        const reader = new CsvReader(delimiter);
        const found: CsvRow[] = [];
        let from = 0;
        for (const cut of cuts) {
          found.push(...reader.read(lines.slice(from, from + cut)));
          from += cut;
        }
        found.push(...reader.read(lines.slice(from), true));
        expect(cellsOf(found)).toEqual(table);
      }),
    );
  });

  it('keeps the bytes of a row and the number of its first line', () => {
    const rows = read('a;b\n1;"x\ny"\n\n2;z');
    expect(rows.map(({ line, bytes }) => [line, Buffer.from(bytes).toString()])).toEqual([
      [1, 'a;b'],
      [2, '1;"x\ny"'],
      [5, '2;z'],
    ]);
  });

  it('takes quotes that nobody doubled for what they are', () => {
    expect(cellsOf(read('ТОО "Жылу";1\n"ТОО "Жылу" просит";2\n"a" b;3\n"";""'))).toEqual([
      ['ТОО "Жылу"', '1'],
      ['ТОО "Жылу" просит', '2'],
      ['"a" b', '3'],
      ['', ''],
    ]);
  });

  it('loses no row to a quote that is never closed', () => {
    const rows = read('1;"never closed\n2;x\n3;"y"\n4;"z\nz"\n5;"again\n6;w');
    expect(cellsOf(rows)).toEqual(['schema', ['2', 'x'], ['3', 'y'], ['4', 'z\nz'], 'schema', ['6', 'w']]);
  });

  it('gives a quote up after a thousand lines and reads them again', () => {
    const many = Array.from({ length: 2_500 }, (_, i) => `${i};x`).join('\n');
    const reader = new CsvReader(';');
    const lines = toLines(`0;"open\n${many}`);
    const rows = [...reader.read(lines.slice(0, 700)), ...reader.read(lines.slice(700)), ...reader.read([], true)];
    expect(rows).toHaveLength(2_501);
    expect(cellsOf(rows).filter((row) => row === 'schema')).toHaveLength(1);
  });

  it('refuses a row whose bytes are no text, and that row alone', () => {
    const lines = toLines('1;a\n?\n2;b').map((line) => (line.number === 2 ? { ...line, text: null } : line));
    expect(cellsOf(new CsvReader(';').read(lines, true))).toEqual([['1', 'a'], 'invalid-utf8', ['2', 'b']]);
  });
});
