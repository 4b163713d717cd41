import { createMentionFinder } from '../../src/mentions/finder.ts';
import type { Listed, MentionLists } from '../../src/mentions/lists.ts';
import type { PlacedPost } from '../../src/mentions/mentions.ts';
import { TextBatch } from '../../src/post/text-batch.ts';

/** What finding mentions costs a post, beside parsing it. */
export interface MentionCost {
  /** CPU of `JSON.parse` of the posts from their bytes, in microseconds a post. */
  parseUs: number;
  /** CPU of finding mentions in normalised text, in microseconds a post. */
  findUs: number;
  ratio: number;
}

const CHUNK = 500;
const ROUNDS = 40;

/** Measures a finder over these records; every chunk counts by its best round, since other work disturbs the rest. */
export function measureMentions(records: readonly Buffer[], lists: MentionLists, rounds = ROUNDS): MentionCost {
  const finder = createMentionFinder(lists);
  const chunks = Array.from({ length: Math.floor(records.length / CHUNK) }, (_, i) => {
    const slice = records.slice(i * CHUNK, (i + 1) * CHUNK);
    const posts: PlacedPost[] = slice.map((record) => JSON.parse(record.toString('utf8')));
    return { slice, posts, batch: new TextBatch().fill(posts.map((post) => post.text)) };
  });
  let parseUs = 0;
  let findUs = 0;
  for (const { slice, posts, batch } of chunks) {
    parseUs += bestOf(rounds, () => {
      for (const record of slice) JSON.parse(record.toString('utf8'));
    });
    findUs += bestOf(rounds, () => {
      finder.find(batch, posts);
    });
  }
  const count = chunks.length * CHUNK;
  return { parseUs: parseUs / count, findUs: findUs / count, ratio: findUs / parseUs };
}

/** The lists with every row repeated under other letters, which no text holds. */
export function growLists(lists: MentionLists, times: number): MentionLists {
  const grow = <Row extends { id: string }>(rows: readonly Listed<Row>[]): Listed<Row>[] =>
    Array.from({ length: times }, (_, copy) =>
      copy === 0 ? rows : rows.map((row) => ({ ...row, ...scramble(row, copy), id: `${row.id}_${copy}` })),
    ).flat();
  return { agencies: grow(lists.agencies), themes: grow(lists.themes), places: grow(lists.places) };
}

const LETTERS = 'абвгдежзиклмнопрстуфхчшыя';

/** The row's patterns with every word ended by letters of its own. */
function scramble(row: object, copy: number): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const [column, cell] of Object.entries(row)) {
    if (!/^(name|aliases|stems|weak|adjective)_/.test(column) || typeof cell !== 'string') continue;
    cells[column] = cell.replace(/\p{L}{2,}/gu, (word) => {
      const seed = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) + copy * 7_919) >>> 0, copy);
      const tail = [0, 1, 2, 3].map((n) => LETTERS.charAt((seed >>> (5 * n)) % LETTERS.length)).join('');
      return `${word.slice(0, Math.ceil(word.length / 2))}${tail}`;
    });
  }
  return cells;
}

/** CPU microseconds of the best round. */
function bestOf(rounds: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, user + system);
  }
  return best;
}
