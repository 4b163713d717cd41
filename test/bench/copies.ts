import type { CopySettings, StoredFingerprint } from '../../src/copies/copies.ts';
import { createCopyIndex } from '../../src/copies/index.ts';
import { type Post, postKey } from '../../src/post/post.ts';
import { TextBatch } from '../../src/post/text-batch.ts';
import { patchwork } from './records.ts';

/** What the copy index holds, and how long it takes to fill it again. */
export interface CopyMemoryCost {
  posts: number;
  bytesPerPost: number;
  restored: number;
  /** Seconds to restore so many posts from what was stored with them. */
  restoreSeconds: number;
}

const BATCH = 10_000;

/** No more are restored, however many the index holds: what was stored with them must be held, too. */
const MOST_RESTORED = 1_000_000;

/** Words that all texts of a crowd begin with, and words of each of their own. */
const COMMON_WORDS = 12;
const OWN_WORDS = 10;

/**
 * CPU a post, in microseconds, of a crowd of `count` posts that begin alike and go on with pieces of other posts: no
 * copies of each other, and yet far more alike than texts of one language are.
 */
export function timeCrowd(posts: readonly Post[], count: number, settings: CopySettings): number {
  const words = posts.map(({ text }) => text.split(/\s+/));
  const common = patchwork(words, COMMON_WORDS, 0);
  const index = createCopyIndex(settings);
  const batch = new TextBatch();
  let us = 0;
  for (let start = 0; start < count; start += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, count - start) }, (_, i) => start + i);
    const texts = numbers.map((number) => {
      return `${common} ${patchwork(words, OWN_WORDS, number)}`;
    });
    const candidates = numbers.map((number) => ({
      key: postKey({ platform: 'vk', id: String(number) }),
      publishedAtMs: (number * settings.windowMs) / count,
    }));
    batch.fill(texts);
    const before = process.cpuUsage();
    index.assign(batch, candidates);
    const { user, system } = process.cpuUsage(before);
    us += user + system;
  }
  return us / count;
}

/** Fills an index with `count` posts of one window, four in five with texts of their own as long as these are, and another from it. */
export function measureCopyMemory(posts: readonly Post[], count: number, settings: CopySettings): CopyMemoryCost {
  const words = posts.map(({ text }) => text.split(/\s+/));
  const index = createCopyIndex(settings);
  const batch = new TextBatch();
  const rows: StoredFingerprint[] = [];
  for (let start = 0; start < count; start += BATCH) {
    const texts: string[] = [];
    const candidates = [];
    for (let i = start; i < Math.min(count, start + BATCH); i++) {
      const post = posts[i % posts.length];
      if (post === undefined) throw new RangeError('there are no posts');
      texts.push(i % 5 === 0 ? post.text : patchwork(words, words[i % words.length]?.length ?? 1, i));
      const key = postKey({ platform: post.platform, id: String(3_000_000_000 + i) });
      candidates.push({ key, publishedAtMs: (i * settings.windowMs) / count });
    }
    for (const [i, assignment] of index.assign(batch.fill(texts), candidates).entries()) {
      if (rows.length < MOST_RESTORED) rows.push({ key: candidates[i]?.key ?? '', ...assignment });
    }
  }
  const restored = createCopyIndex(settings);
  const start = performance.now();
  for (let i = 0; i < rows.length; i += BATCH) restored.restore(rows.slice(i, i + BATCH));
  const restoreSeconds = (performance.now() - start) / 1_000;
  return { posts: index.size, bytesPerPost: index.bytes / index.size, restored: restored.size, restoreSeconds };
}
