import { BAND_WORDS } from '../../../src/copies/bands.ts';
import { BINS_AT, SKETCH_AT, TEXT_BYTES } from '../../../src/copies/fingerprint.ts';
import { createCopyIndex } from '../../../src/copies/index.ts';
import { estimateSimilarity } from '../../../src/copies/similarity.ts';
import { assign, type Sample, SETTINGS } from './posts.ts';

/** The components by comparing every pair of posts: what the index must find whatever it does to be quick. */
export function componentsOfAllPairs(posts: readonly Sample[]): string[] {
  const parents = new Map<string, string>();
  const find = (key: string): string => {
    const up = parents.get(key) ?? key;
    return up === key ? key : find(up);
  };
  const prints = posts.map((post) => assign(createCopyIndex(SETTINGS), [post])[0]?.fingerprint ?? new Uint8Array(0));
  for (const [i, a] of posts.entries()) {
    if (a.repostOf !== undefined) parents.set(find(a.key), find(a.repostOf));
    for (const [j, b] of posts.slice(0, i).entries()) {
      if (Math.abs(a.publishedAtMs - b.publishedAtMs) > SETTINGS.windowMs) continue;
      if (areCopies(prints[i], prints[j])) parents.set(find(a.key), find(b.key));
    }
  }
  const groups = new Map<string, string[]>();
  for (const { key } of posts) groups.set(find(key), [...(groups.get(find(key)) ?? []), key]);
  return [...groups.values()].map((keys) => keys.sort().join(' ')).sort();
}

function areCopies(a: Uint8Array = new Uint8Array(0), b: Uint8Array = new Uint8Array(0)): boolean {
  if (a.length === 0 || a.length !== b.length) return false;
  if (Buffer.compare(a, b) === 0) return true;
  if (a.length !== TEXT_BYTES) return false;
  const prints = new Uint8Array(2 * TEXT_BYTES);
  prints.set(a);
  prints.set(b, TEXT_BYTES);
  const words = new Int32Array(prints.buffer);
  const other = TEXT_BYTES / 4;
  const sharesBand = [...Array(BAND_WORDS).keys()].some(
    (band) => words[SKETCH_AT + band] === words[other + SKETCH_AT + band],
  );
  return sharesBand && estimateSimilarity(words, BINS_AT, other + BINS_AT) >= SETTINGS.threshold;
}
