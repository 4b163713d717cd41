import type { PipelineConfig } from '../../src/config/pipeline.ts';
import { createMentionFinder } from '../../src/mentions/finder.ts';
import type { MentionLists } from '../../src/mentions/lists.ts';
import type { MentionFinder, PlacedPost } from '../../src/mentions/mentions.ts';
import type { MentionSettings } from '../../src/mentions/settings.ts';
import { TextBatch } from '../../src/post/text-batch.ts';
import { readLists } from '../../src/rooms.ts';
import { growLists } from './grow-lists.ts';

/**
 * What finding mentions costs beside parsing, and what it costs more with lists ten times as long: on posts that are read again
 * and again, and once each by a finder that has read as many others, as a worker does.
 */
export function benchMentions(records: readonly { value: Buffer }[], config: PipelineConfig): string {
  const values = records.map(({ value }) => value);
  const lists = readLists(config);
  const again = measureMentions(values.slice(0, REPEATED), lists, config.mentions);
  const once = measureStream(values, lists, config.mentions);
  return `mentions: ${tell(again)}\nas a stream: ${tell(once)}`;
}

function tell({ parseUs, findUs, grownUs }: MentionCost): string {
  const growth = (100 * (grownUs / findUs - 1)).toFixed(0);
  return `${(findUs / parseUs).toFixed(2)} B a post; with lists ${GROWTH} times as long ${growth} % more`;
}

/** What finding mentions costs a post, beside parsing it. */
interface MentionCost {
  /** CPU of `JSON.parse` of the posts from their bytes, in microseconds a post. */
  parseUs: number;
  /** CPU of finding mentions in normalised text, in microseconds a post. */
  findUs: number;
  /** The same with the lists {@link growLists grown} tenfold. */
  grownUs: number;
}

/** How many of the posts are read again and again. */
const REPEATED = 2_000;
const CHUNK = 500;
const ROUNDS = 20;
const STREAM_ROUNDS = 2;
const GROWTH = 10;

/**
 * Measures finders over these records. Parsing, finding and finding with grown lists take turns, and every chunk counts
 * by its best round, since other work on the machine disturbs the rest.
 */
function measureMentions(
  records: readonly Buffer[],
  lists: MentionLists,
  settings: MentionSettings,
  rounds = ROUNDS,
): MentionCost {
  const finder = createMentionFinder(lists, settings);
  const grown = createMentionFinder(growLists(lists, GROWTH), settings);
  const cost: MentionCost = { parseUs: 0, findUs: 0, grownUs: 0 };
  const count = Math.floor(records.length / CHUNK);
  for (let c = 0; c < count; c++) {
    const slice = records.slice(c * CHUNK, (c + 1) * CHUNK);
    const posts: PlacedPost[] = slice.map((record) => JSON.parse(record.toString('utf8')));
    const batch = new TextBatch().fill(posts.map((post) => post.text));
    const find = (by: MentionFinder) => () => {
      by.find(batch, posts);
    };
    const parse = () => {
      for (const record of slice) JSON.parse(record.toString('utf8'));
    };
    const [parseUs = 0, findUs = 0, grownUs = 0] = bestOf(rounds, [parse, find(finder), find(grown)]);
    cost.parseUs += parseUs / (count * CHUNK);
    cost.findUs += findUs / (count * CHUNK);
    cost.grownUs += grownUs / (count * CHUNK);
  }
  return cost;
}

/** The same for the second half of the records, each read once, by finders that have read the first half. */
function measureStream(records: readonly Buffer[], lists: MentionLists, settings: MentionSettings): MentionCost {
  const half = records.length >> 1;
  const posts: PlacedPost[] = records.map((record) => JSON.parse(record.toString('utf8')));
  const early = new TextBatch().fill(posts.slice(0, half).map((post) => post.text));
  const late = new TextBatch().fill(posts.slice(half).map((post) => post.text));
  const best: MentionCost = { parseUs: Infinity, findUs: Infinity, grownUs: Infinity };
  const grownLists = growLists(lists, GROWTH);
  for (let round = 0; round < STREAM_ROUNDS; round++) {
    const finder = createMentionFinder(lists, settings);
    const grown = createMentionFinder(grownLists, settings);
    finder.find(early, posts.slice(0, half));
    grown.find(early, posts.slice(0, half));
    const [parseUs = 0, findUs = 0, grownUs = 0] = bestOf(1, [
      () => {
        for (const record of records.slice(half)) JSON.parse(record.toString('utf8'));
      },
      () => {
        finder.find(late, posts.slice(half));
      },
      () => {
        grown.find(late, posts.slice(half));
      },
    ]);
    best.parseUs = Math.min(best.parseUs, parseUs / (records.length - half));
    best.findUs = Math.min(best.findUs, findUs / (records.length - half));
    best.grownUs = Math.min(best.grownUs, grownUs / (records.length - half));
  }
  return best;
}

/** CPU microseconds of the best round of each work. */
function bestOf(rounds: number, works: readonly (() => void)[]): number[] {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) {
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      best[index] = Math.min(best[index] ?? 0, user + system);
    }
  }
  return best;
}
