import type { Listed, MentionLists } from '../../src/mentions/lists.ts';

/** The lists so many times as long: every row is repeated under other words, which no text holds. */
export function growLists(lists: MentionLists, times: number): MentionLists {
  // Where two rows stand for one region the last one counts: those of the lists come last.
  const grow = <Row extends { id: string }>(rows: readonly Listed<Row>[]): Listed<Row>[] =>
    Array.from({ length: times }, (_, n) => times - 1 - n).flatMap((copy) =>
      copy === 0 ? rows : rows.map((row) => ({ ...row, ...scramble(row, copy), id: `${row.id}_${copy}` })),
    );
  return { agencies: grow(lists.agencies), themes: grow(lists.themes), places: grow(lists.places) };
}

/** Every column that holds patterns: one left as it is would be found as many times as the lists have grown. */
const PATTERNS = /^(name|aliases|adjective|stems|passing|weak)_|^(short|lines|not)$/;
const CONSONANTS = 'бвгджзклмнпрстфхцчшщ';

/** The row's patterns with every word and number ended by four consonants of its own. */
function scramble(row: object, copy: number): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [column, cell] of Object.entries(row)) {
    if (!PATTERNS.test(column) || typeof cell !== 'string') continue;
    cells[column] = cell.replace(/[\p{L}\p{N}]+/gu, (word) => {
      const seed = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + copy * 7_919) >>> 0, copy);
      const tail = [0, 1, 2, 3].map((n) => CONSONANTS.charAt((seed >>> (5 * n)) % CONSONANTS.length)).join('');
      return `${word.slice(0, Math.ceil(word.length / 2))}${tail}`;
    });
  }
  return cells;
}
