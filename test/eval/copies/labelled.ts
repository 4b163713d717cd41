import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { Dice, editCopy } from './edits.ts';

/** A post of which it is known what it was copied from. */
export interface LabelledPost {
  key: string;
  publishedAtMs: number;
  text: string;
  /** Number of the original text. */
  origin: number;
}

const HOUR_MS = 3_600_000;

/** Texts of an NDJSON file of posts, gzipped or not. */
export function readTexts(file: string): string[] {
  const bytes = readFileSync(file);
  const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => String(JSON.parse(line).text));
}

/**
 * Every original, and copies of a part of them until there are `count` posts: each copied original is copied one to
 * twelve times at an edit strength drawn evenly from 0 … 0.4, within a day. Shuffled in order of time.
 */
export function labelledPosts(texts: readonly string[], count: number, seed: number): LabelledPost[] {
  const dice = new Dice(seed);
  const vocabulary = texts.flatMap((text) => text.split(/\s+/)).filter((word) => word.length > 2);
  const posts = texts.map((text, origin) => ({ text, origin, publishedAtMs: dice.below(48) * HOUR_MS }));
  while (posts.length < count) {
    const origin = dice.below(texts.length);
    const original = posts[origin];
    if (original === undefined) break;
    for (let copies = 1 + dice.below(12); copies > 0; copies--) {
      const text = editCopy(original.text, 0.4 * dice.roll(), vocabulary, dice);
      posts.push({ text, origin, publishedAtMs: original.publishedAtMs + dice.below(24 * HOUR_MS) });
    }
  }
  return posts.sort((a, b) => a.publishedAtMs - b.publishedAtMs).map((post, i) => ({ ...post, key: `other:p${i}` }));
}

/** Every text and one copy of it made by `rewrite`, an hour later. */
export function rewrittenPosts(
  texts: readonly string[],
  rewrite: (text: string, dice: Dice) => string,
  seed: number,
): LabelledPost[] {
  const dice = new Dice(seed);
  return texts.flatMap((text, origin) => [
    { key: `other:o${origin}`, publishedAtMs: 0, text, origin },
    { key: `other:c${origin}`, publishedAtMs: HOUR_MS, text: rewrite(text, dice), origin },
  ]);
}
