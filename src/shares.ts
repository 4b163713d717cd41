import { z } from 'zod';
import type { CopyIndex } from './copies/copies.ts';
import { linksOf } from './post/links.ts';
import { type Post, postKey } from './post/post.ts';
import { TextBatch } from './post/text-batch.ts';
import { validatePost } from './post/validate.ts';
import { readFiles, sizesOf } from './source-files.ts';
import type { Share } from './weigh/coordination/share.ts';

/** A row of shares as CooRTweet takes them; time in Unix seconds or RFC 3339. */
const shareSchema = z
  .object({
    object_id: z.coerce.string().min(1),
    account_id: z.coerce.string().min(1),
    content_id: z.coerce.string().min(1),
    timestamp_share: z.union([
      z.number(),
      z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(Number),
      z.iso.datetime({ offset: true }).transform((time) => Date.parse(time) / 1000),
    ]),
  })
  .transform(
    (row): Share => ({
      object: row.object_id,
      account: row.account_id,
      content: row.content_id,
      atMs: Math.round(row.timestamp_share * 1000),
    }),
  );

const ROWS = 2_000;

/**
 * Reads a file of shares: CSV or NDJSON, plain or `.gz`, with the columns `object_id`, `account_id`, `content_id`, `timestamp_share`; or posts of
 * the contract as NDJSON, each of which shares the links in its text, the post it reposts, and its cluster of copies.
 *
 * @param openCopies opens the copy index once a post is met
 * @returns shares batch by batch, and how many records were neither
 * @throws SalmaqError `SLM_INPUT` for a file that cannot be read
 */
export async function* readShares(
  path: string,
  openCopies: () => CopyIndex,
  nowMs: number,
): AsyncGenerator<{ shares: Share[]; refused: number }> {
  const files = [{ path, kind: 'posts' as const }];
  await sizesOf(files);
  let shareOut: ((posts: readonly Post[]) => Share[]) | undefined;
  for await (const { records } of readFiles(files, { observedAtMs: nowMs, rows: ROWS })) {
    const shares: Share[] = [];
    const posts: Post[] = [];
    let refused = 0;
    for (const { value } of records) {
      const share = shareSchema.safeParse(jsonOf(value));
      if (share.success) {
        shares.push(share.data);
        continue;
      }
      const post = validatePost(value, nowMs);
      if (post.ok) posts.push(post.value);
      else refused++;
    }
    if (posts.length > 0) {
      shareOut ??= createPostShares(openCopies());
      shares.push(...shareOut(posts));
    }
    yield { shares, refused };
  }
}

function jsonOf(value: Uint8Array | null): unknown {
  try {
    return JSON.parse(Buffer.from(value ?? []).toString());
  } catch {
    return undefined;
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
