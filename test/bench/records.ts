import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type Post, postSchema } from '../../src/post/post.ts';
import type { SourceRecord } from '../../src/post/source-record.ts';

/** A record as Kafka brings it. */
export type BenchRecord = SourceRecord & { value: Buffer };

const SPAN_MS = 3_600_000;

/** Posts of an NDJSON file, gzipped or not. */
export function readPosts(path: string): Post[] {
  const file = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(file) : file).toString('utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => postSchema.parse(JSON.parse(line)));
}

/**
 * Makes `count` records of these posts, published within the hour before `nowMs`. Every fifth has the text of a post, so
 * that there are copies; the others are {@link patchwork} as long as that text, or as makes the record `bytes` long.
 */
export function makeRecords(posts: readonly Post[], count: number, bytes: number, nowMs: number): BenchRecord[] {
  const words = posts.map((post) => post.text.split(/\s+/));
  return Array.from({ length: count }, (_, i) => {
    const post = posts[i % posts.length];
    if (post === undefined) throw new RangeError('there are no posts');
    const publishedAt = new Date(nowMs - SPAN_MS + Math.floor((i * SPAN_MS) / count)).toISOString();
    const like = { ...post, id: `${post.id}-${i}`, publishedAt };
    const missing = bytes - Buffer.byteLength(JSON.stringify(like));
    // A letter takes two bytes, a word about twelve.
    const length = (words[i % words.length]?.length ?? 1) + Math.max(0, Math.ceil(missing / 12));
    const text = i % 5 === 0 && missing <= 0 ? post.text : patchwork(words, length, i);
    const value = Buffer.from(JSON.stringify({ ...like, text }));
    return { topic: 'bench', partition: 0, offset: BigInt(i), key: null, value, observedAtMs: nowMs };
  });
}

/** A text of pieces of two to four words of others: different from all, and as alike to them as language is. */
export function patchwork(texts: readonly (readonly string[])[], length: number, seed: number): string {
  const words: string[] = [];
  for (let i = 0; words.length < length; i++) {
    const dice = hashOf(Math.imul(seed, 0x9e3779b1) + i);
    const donor = texts[dice % texts.length] ?? [];
    const from = (dice >>> 9) % Math.max(1, donor.length);
    words.push(...donor.slice(from, from + 2 + ((dice >>> 5) % 3)));
  }
  return words.slice(0, length).join(' ');
}

function hashOf(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
