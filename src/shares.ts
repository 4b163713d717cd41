import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';
import type { CopyIndex } from './copies/copies.ts';
import { CsvReader, type CsvRow } from './csv-rows.ts';
import { messageOf, SalmaqError } from './errors.ts';
import { createLineDecoder } from './line-decoder.ts';
import { readLines } from './lines.ts';
import { linksOf } from './post/links.ts';
import { parseRecord } from './post/parse.ts';
import { type Post, postKey } from './post/post.ts';
import { TextBatch } from './post/text-batch.ts';
import { validatePost } from './post/validate.ts';
import { readFiles, sizesOf } from './source-files.ts';
import type { Share } from './weigh/coordination/share.ts';

const COLUMNS = ['object_id', 'account_id', 'content_id', 'timestamp_share'] as const;

const id = z.coerce.string().min(1, 'is empty');
const NO_TIME = 'is neither Unix seconds nor an RFC 3339 time';
/** Times in milliseconds, a usual mistake, are far beyond. */
const LAST_SECOND = Date.UTC(2200, 0) / 1000;

/** A row of shares as CooRTweet takes them; time in Unix seconds or RFC 3339. */
const shareSchema = z
  .object({
    object_id: id,
    account_id: id,
    content_id: id,
    timestamp_share: z
      .union(
        [
          z.number(),
          z
            .string()
            .regex(/^-?\d+(\.\d+)?$/)
            .transform(Number),
          z.iso.datetime({ offset: true }).transform((time) => Date.parse(time) / 1000),
        ],
        NO_TIME,
      )
      .refine((seconds) => Math.abs(seconds) < LAST_SECOND, NO_TIME),
  })
  .transform(
    (row): Share => ({
      object: row.object_id,
      account: row.account_id,
      content: row.content_id,
      atMs: Math.round(row.timestamp_share * 1000),
    }),
  );

/** A record that is neither a share nor a post. */
export interface RefusedShare {
  /** From 1; of a row of several lines the first. */
  line: number;
  reason: string;
}

export interface ShareBatch {
  shares: Share[];
  refused: RefusedShare[];
}

const ROWS = 2_000;

/**
 * Reads a file of shares: CSV or NDJSON, plain or `.gz`, with the columns `object_id`, `account_id`, `content_id`, `timestamp_share`; or posts of
 * the contract as NDJSON, each of which shares the links in its text, the post it reposts, and its cluster of copies.
 *
 * @param openCopies opens the copy index once a post is met
 * @throws SalmaqError `SLM_INPUT` for a file that cannot be read, and for a CSV that lacks one of the columns
 */
export async function* readShares(
  path: string,
  openCopies: () => CopyIndex,
  nowMs: number,
): AsyncGenerator<ShareBatch> {
  await sizesOf([{ path, kind: 'posts' }]);
  yield* /\.csv(\.gz)?$/.test(path) ? csvShares(path) : recordShares(path, openCopies, nowMs);
}

async function* csvShares(path: string): AsyncGenerator<ShareBatch> {
  const file = createReadStream(path, { highWaterMark: 1 << 20 });
  const plain: Readable = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => plain.destroy(error));
  const decode = createLineDecoder();
  const csv = new CsvReader(',');
  let places: number[] | undefined;
  try {
    for await (const lines of readLines(plain, ROWS)) yield toBatch(csv.read(decode(lines)));
  } catch (cause) {
    if (cause instanceof SalmaqError) throw cause;
    throw new SalmaqError('SLM_INPUT', `${path}: ${messageOf(cause)}`, {
      hint: 'the file is broken off or was packed otherwise',
      cause,
    });
  }
  yield toBatch(csv.read([], true));

  function toBatch(rows: readonly CsvRow[]): ShareBatch {
    const batch: ShareBatch = { shares: [], refused: [] };
    for (const row of rows) {
      if ('refusal' in row) batch.refused.push({ line: row.line, reason: row.refusal.message });
      else if (places === undefined) places = placesIn(row.cells, path);
      else take(batch, row.line, Object.fromEntries(COLUMNS.map((name, i) => [name, row.cells[places?.[i] ?? -1]])));
    }
    return batch;
  }
}

function placesIn(header: readonly string[], path: string): number[] {
  return COLUMNS.map((name) => {
    const place = header.indexOf(name);
    if (place >= 0) return place;
    throw new SalmaqError('SLM_INPUT', `${path}:1: no column "${name}" among ${header.join(', ')}`, {
      hint: `the first line must name ${COLUMNS.join(', ')}, with commas between`,
    });
  });
}

async function* recordShares(path: string, openCopies: () => CopyIndex, nowMs: number): AsyncGenerator<ShareBatch> {
  let shareOut: ((posts: readonly Post[]) => Share[]) | undefined;
  for await (const { records } of readFiles([{ path, kind: 'posts' }], { observedAtMs: nowMs, rows: ROWS })) {
    const batch: ShareBatch = { shares: [], refused: [] };
    const posts: Post[] = [];
    for (const { value, offset } of records) {
      const line = Number(offset);
      const parsed = parseRecord(value);
      if ('json' in parsed && isShare(parsed.json)) take(batch, line, parsed.json);
      else {
        const post = validatePost(value, nowMs);
        if (post.ok) posts.push(post.value);
        else batch.refused.push({ line, reason: post.refusal.message });
      }
    }
    if (posts.length > 0) {
      shareOut ??= createPostShares(openCopies());
      for (const share of shareOut(posts)) batch.shares.push(share);
    }
    yield batch;
  }
}

function isShare(json: unknown): boolean {
  return typeof json === 'object' && json !== null && COLUMNS.some((name) => name in json);
}

function take(batch: ShareBatch, line: number, row: unknown): void {
  const share = shareSchema.safeParse(row);
  if (share.success) batch.shares.push(share.data);
  else {
    const [issue] = share.error.issues;
    batch.refused.push({ line, reason: `${issue?.path.join('.')}: ${issue?.message}` });
  }
}

/** The shares of posts: objects are told apart by a prefix, since a link may look like the key of a post. */
function createPostShares(copies: CopyIndex): (posts: readonly Post[]) => Share[] {
  const batch = new TextBatch();
  return (posts) => {
    const candidates = posts.map((post) => ({ key: postKey(post), publishedAtMs: Date.parse(post.publishedAt) }));
    const assigned = copies.assign(batch.fill(posts.map(({ text }) => text)), candidates);
    return posts.flatMap((post, i) => {
      const links = linksOf(post.text).map((link) => `link ${link}`);
      const repost = post.repostOf === undefined ? [] : [`repost ${post.platform}:${post.repostOf}`];
      const cluster = assigned[i]?.cluster;
      const objects = new Set([...links, ...repost, ...(cluster === undefined ? [] : [`text ${cluster}`])]);
      const share = {
        account: `${post.platform}:${post.author.id}`,
        content: postKey(post),
        atMs: Date.parse(post.publishedAt),
      };
      return [...objects].map((object): Share => ({ ...share, object }));
    });
  };
}
