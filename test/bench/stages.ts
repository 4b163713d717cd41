import type { PipelineConfig } from '../../src/config/pipeline.ts';
import { createCopyIndex } from '../../src/copies/index.ts';
import { createEnricher, TOGETHER } from '../../src/enrich.ts';
import { createAuthorHash } from '../../src/post/author-key.ts';
import { postKey } from '../../src/post/post.ts';
import { TextBatch } from '../../src/post/text-batch.ts';
import { validatePosts } from '../../src/post/validate.ts';
import { openRooms } from '../../src/rooms.ts';
import { toPostRow } from '../../src/store/post-row.ts';
import { encodeRows } from '../../src/store/row-binary.ts';
import { RowSink } from '../../src/store/row-sink.ts';
import { type Timed, timeInTurns } from './cpu.ts';
import type { BenchRecord } from './records.ts';

const ROUNDS = 5;

/** CPU of every room over these records, in microseconds for all of them; `JSON.parse` of the records is the first. */
export function timeStages(records: readonly BenchRecord[], config: PipelineConfig, nowMs: number): Timed[] {
  const rooms = openRooms(config);
  const parts = Array.from({ length: Math.ceil(records.length / TOGETHER) }, (_, i) =>
    records.slice(i * TOGETHER, (i + 1) * TOGETHER),
  );
  const enrich = createEnricher(openRooms(config));
  const batches = parts.map((part) => {
    const posts = validatePosts(valuesOf(part), nowMs).flatMap((result) => (result.ok ? [result.value] : []));
    if (posts.length !== part.length) throw new Error('a record of the bench is invalid');
    const texts = posts.map(({ text }) => text);
    const candidates = posts.map((post) => ({ key: postKey(post), publishedAtMs: Date.parse(post.publishedAt) }));
    return { part, posts, texts, candidates, normalised: new TextBatch().fill(texts), enriched: enrich(posts) };
  });
  const batch = new TextBatch();
  const hash = createAuthorHash(Buffer.alloc(32, 7));
  const stamp = { worker: 'bench', ingestedAtMs: nowMs };
  const sink = new RowSink();
  const each = (work: (batch: (typeof batches)[number]) => void) => () => {
    for (const one of batches) work(one);
  };
  return timeInTurns(
    {
      'JSON.parse of the record (B)': each(({ part }) => {
        for (const { value } of part) JSON.parse(value.toString('utf8'));
      }),
      validate: each(({ part }) => validatePosts(valuesOf(part), nowMs)),
      normalise: each(({ texts }) => batch.fill(texts)),
      language: each(({ normalised, texts }) => rooms.language.detect(normalised, texts)),
      mentions: each(({ normalised, posts }) => rooms.mentions.find(normalised, posts)),
      copies: () => {
        const copies = createCopyIndex(config.copies);
        for (const { normalised, candidates } of batches) copies.assign(normalised, candidates);
      },
      reach: each(({ posts }) => {
        for (const post of posts) rooms.reach(post);
      }),
      'rows and their encoding': each(({ part, enriched }) => {
        const rows = enriched.flatMap((post, i) => {
          const record = part[i];
          return record === undefined ? [] : [toPostRow(post, record, hash, stamp)];
        });
        for (const _ of encodeRows('posts', rows, sink));
      }),
    },
    ROUNDS,
  );
}

function valuesOf(part: readonly BenchRecord[]): Buffer[] {
  return part.map(({ value }) => value);
}
