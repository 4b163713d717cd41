import type { CopyCandidate, StoredFingerprint } from '../../src/copies/copies.ts';
import { createCopyIndex } from '../../src/copies/index.ts';
import { TextBatch } from '../../src/post/text-batch.ts';

/** What the copy index costs a post, and holds. */
export interface CopyCost {
  posts: number;
  /** `JSON.parse` of the same posts, from their bytes, in microseconds a post. */
  parseUs: number;
  /** Fingerprint, lookup and insert; the normalised text, which language and mentions share, not counted. */
  assignUs: number;
  ratio: number;
  bytesPerPost: number;
}

const HOUR_MS = 3_600_000;
const BATCH = 500;
const SETTINGS = { windowMs: 72 * HOUR_MS, slackMs: 24 * HOUR_MS, threshold: 0.57 };

/**
 * Puts `count` posts made of these texts into an empty index, all within one window, and measures it from `warmUp` posts
 * on. Every fifth post is one of the texts as it is, a copy of the last time; the others are pieces of many and differ.
 */
export function measureCopies(texts: readonly string[], count: number, warmUp = Math.min(50_000, count / 2)): CopyCost {
  const index = createCopyIndex(SETTINGS);
  const batch = new TextBatch();
  const spent = { parse: 0, assign: 0, posts: 0 };
  for (let start = 0; start < count; start += BATCH) {
    const posts = Array.from({ length: Math.min(BATCH, count - start) }, (_, i) => samplePost(texts, start + i, count));
    const records = posts.map((post) => Buffer.from(JSON.stringify(post)));
    const beforeParse = performance.now();
    for (const record of records) JSON.parse(record.toString('utf8'));
    const afterParse = performance.now();
    batch.fill(posts.map((post) => post.text));
    const candidates = posts.map(toCandidate);
    const beforeAssign = performance.now();
    index.assign(batch, candidates);
    const afterAssign = performance.now();
    index.takeLinks();
    if (start < warmUp) continue;
    spent.parse += afterParse - beforeParse;
    spent.assign += afterAssign - beforeAssign;
    spent.posts += posts.length;
  }
  return {
    posts: index.size,
    parseUs: (1000 * spent.parse) / spent.posts,
    assignUs: (1000 * spent.assign) / spent.posts,
    ratio: spent.assign / spent.parse,
    bytesPerPost: index.bytes / index.size,
  };
}

/** Seconds to restore an index of `count` posts from what was stored with them. */
export function measureRestore(texts: readonly string[], count: number): number {
  const before = createCopyIndex(SETTINGS);
  const batch = new TextBatch();
  const rows: StoredFingerprint[] = [];
  for (let start = 0; start < count; start += BATCH) {
    const posts = Array.from({ length: BATCH }, (_, i) => samplePost(texts, start + i, count));
    const candidates = posts.map(toCandidate);
    const assigned = before.assign(batch.fill(posts.map((post) => post.text)), candidates);
    for (const [i, { key }] of candidates.entries()) {
      const assignment = assigned[i];
      if (assignment !== undefined) rows.push({ key, ...assignment });
    }
  }
  const restored = createCopyIndex(SETTINGS);
  const start = performance.now();
  for (let i = 0; i < rows.length; i += 10_000) restored.restore(rows.slice(i, i + 10_000));
  return (performance.now() - start) / 1000;
}

function toCandidate({ platform, id, publishedAt }: ReturnType<typeof samplePost>): CopyCandidate {
  return { key: `${platform}:${id}`, publishedAtMs: Date.parse(publishedAt) };
}

function samplePost(texts: readonly string[], i: number, count: number) {
  const text = texts[i % texts.length] ?? '';
  return {
    id: `${3_000_000_000 + i}`,
    platform: 'instagram',
    kind: 'comment',
    text: i < texts.length || i % 5 === 0 ? text : patchwork(texts, text, i),
    publishedAt: new Date(Date.UTC(2026, 2, 1) + (i / count) * 72 * HOUR_MS).toISOString(),
    url: `https://www.instagram.com/p/C${i.toString(36)}/`,
    author: {
      id: `${1_000_000 + (i % 90_000)}`,
      followers: i % 5000,
      region: 'KZ-75',
      createdAt: '2019-05-01T00:00:00Z',
    },
    channel: { id: `c${i % 1000}`, name: 'Алматы live', kind: 'page', members: 120_000 },
    metrics: { views: i % 10_000, likes: i % 300, comments: i % 40, shares: i % 9 },
  };
}

/** A text as long as `like`, of pieces of two to four words of others: different from all, and as alike as language is. */
function patchwork(texts: readonly string[], like: string, seed: number): string {
  const length = like.split(' ').length;
  const words: string[] = [];
  for (let i = 0; words.length < length; i++) {
    const dice = hashOf(seed * 64 + i);
    const donor = (texts[dice % texts.length] ?? '').split(' ');
    const from = (dice >>> 9) % donor.length;
    words.push(...donor.slice(from, from + 2 + ((dice >>> 5) % 3)));
  }
  return words.slice(0, length).join(' ');
}

function hashOf(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
