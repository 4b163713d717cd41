import { getLIDModel } from 'fasttext.wasm.js';
import { franc } from 'franc';
import { createLanguageDetector } from '../../src/language/detector.ts';
import { loadLanguageModel } from '../../src/language/load.ts';
import { table } from '../../src/output.ts';
import { TextBatch } from '../../src/post/text-batch.ts';

const BATCH = 1_000;
const ROUNDS = 5;

/** Peers are slow, and this many posts tell how slow. */
const PEER_POSTS = 2_000;

/**
 * Times the language detector beside `JSON.parse` of the same records and beside fastText (lid.176.ftz) and franc, all in one
 * thread and in turns. `seen` posts have only words met before; for `stream` a detector that has read the first half of the
 * posts reads the second half, which is what a worker pays. The texts are normalised beforehand, but for the row that says so: mentions and copies share that cost.
 *
 * @param records posts as JSON.
 * @returns a table: CPU µs a post, ratio to `JSON.parse`, posts a second of CPU, and the cost in times of `stream`.
 */
export async function benchLanguage(records: readonly { value: Buffer }[]): Promise<string> {
  const texts = records.map(({ value }): string => JSON.parse(value.toString('utf8')).text);
  const model = loadLanguageModel();
  const settings = { prior: { kk: 1, ru: 1 } };
  const parts = Array.from({ length: Math.ceil(texts.length / BATCH) }, (_, i) => {
    const part = texts.slice(i * BATCH, (i + 1) * BATCH);
    return { part, batch: new TextBatch().fill(part) };
  });
  const detector = createLanguageDetector(model, settings);
  const shared = new TextBatch();
  const few = texts.slice(0, PEER_POSTS);
  const fastText = await (await getLIDModel()).load();

  const parse = (): void => {
    for (const { value } of records) JSON.parse(value.toString('utf8'));
  };
  const seen = (): void => {
    for (const { part, batch } of parts) detector.detect(batch, part);
  };
  const half = parts.length >> 1;
  let young = detector;
  const prepareStream = (): void => {
    young = createLanguageDetector(model, settings);
    for (const { part, batch } of parts.slice(0, half)) young.detect(batch, part);
  };
  const stream = (): void => {
    for (const { part, batch } of parts.slice(half)) young.detect(batch, part);
  };
  const whole = (): void => {
    for (const { part } of parts) detector.detect(shared.fill(part), part);
  };
  const peer = (): void => {
    for (const text of few) fastText.predict(text.replaceAll('\n', ' '), 1, 0);
  };
  const slowPeer = (): void => {
    for (const text of few) franc(text, { minLength: 1 });
  };
  const [unit = 0, ...costs] = bestOf([
    { work: parse, posts: texts.length },
    { work: seen, posts: texts.length },
    { prepare: prepareStream, work: stream, posts: texts.length - half * BATCH },
    { work: whole, posts: texts.length },
    { work: peer, posts: few.length },
    { work: slowPeer, posts: few.length },
  ]);
  const names = ['seen words', 'stream', 'normalise + seen words', 'fastText lid.176.ftz', 'franc'];
  const [, streamUs = 0] = costs;
  return table(
    ['language', 'CPU µs per post', '× B', 'posts/s', '× stream'],
    names.map((name, i) => {
      const us = costs[i] ?? 0;
      return [name, us, us / unit, Math.round(1e6 / us), us / streamUs];
    }),
  );
}

/** CPU microseconds a post of each work; they take turns, and the best round of each counts. */
function bestOf(works: readonly { prepare?: () => void; work: () => void; posts: number }[]): number[] {
  const best = works.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, { prepare, work, posts }] of works.entries()) {
      prepare?.();
      const start = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(start);
      best[i] = Math.min(best[i] ?? 0, (user + system) / posts);
    }
  }
  return best;
}
