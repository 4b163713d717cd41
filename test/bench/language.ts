import { createLanguageDetector } from '../../src/language/detector.ts';
import { loadLanguageModel } from '../../src/language/load.ts';
import { TextBatch } from '../../src/post/text-batch.ts';

/** What one step costs, in microseconds of processor time a post. */
export interface LanguageCost {
  name: string;
  usPerPost: number;
}

const BATCH = 1000;

/**
 * Times the detector over posts, single-threaded: on words it has met in the first half of the posts (`seen`), and on
 * the second half right after the first (`stream`), which is what a worker pays. The texts are normalised beforehand:
 * that cost is shared with mentions and copies.
 */
export function benchLanguage(posts: readonly { text: string }[]): LanguageCost[] {
  const model = loadLanguageModel();
  const half = Math.ceil(posts.length / 2);
  const first = batches(posts.slice(0, half));
  const second = batches(posts.slice(half));
  const detect = (parts: readonly Part[], detector = createLanguageDetector(model, { prior: { kk: 1, ru: 1 } })) => {
    const run = (): number => {
      const start = process.cpuUsage();
      for (const { batch, texts } of parts) detector.detect(batch, texts);
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    return { run, detector };
  };
  // Compiles the code before anything is timed.
  for (let pass = 0; pass < 5; pass++) detect(first).run();
  const stream = median(5, () => {
    const { run, detector } = detect(first);
    run();
    return detect(second, detector).run() / (posts.length - half);
  });
  const warm = detect(first);
  warm.run();
  const seen = median(7, () => warm.run() / half);
  return [
    { name: 'language, stream', usPerPost: stream },
    { name: 'language, seen words', usPerPost: seen },
  ];
}

interface Part {
  batch: TextBatch;
  texts: string[];
}

function batches(posts: readonly { text: string }[]): Part[] {
  const parts: Part[] = [];
  for (let from = 0; from < posts.length; from += BATCH) {
    const texts = posts.slice(from, from + BATCH).map((post) => post.text);
    parts.push({ batch: new TextBatch().fill(texts), texts });
  }
  return parts;
}

function median(times: number, measure: () => number): number {
  const values = Array.from({ length: times }, measure).sort((a, b) => a - b);
  return values[times >> 1] ?? 0;
}
