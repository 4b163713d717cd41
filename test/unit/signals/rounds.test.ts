import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { evaluateWindow } from '../../../src/signals/evaluate.ts';
import { readSignals } from '../../../src/signals/read.ts';
import type { RoundMemory } from '../../../src/signals/round-memory.ts';
import { weighDirty } from '../../../src/signals/standing.ts';
import type { PostRow } from '../../../src/store/rows.ts';
import type { Signal } from '../../../src/weigh/signal.ts';
import { weighing } from '../weigh/support.ts';
import { appealRow, DAY, DAY_MS, days, embeddedStore, HOUR_MS, postRow } from './support.ts';

const { store, empty } = embeddedStore();
const nowMs = DAY.toMs - 1;
/** However much is new, only cells with other rows are weighed again. */
const patient = { ...weighing, settings: { ...weighing.settings, rounds: { newPosts: 1 } } };

beforeEach(empty);

/** A weigher's rounds over one store. */
function rounds() {
  const memory: RoundMemory = { batches: new Map(), windows: new Map() };
  return {
    memory,
    weigh: () => weighDirty(store(), 0, patient, { nowMs, durations: ['P1D'], memory }),
  };
}

const inFull = () => evaluateWindow(store(), DAY, patient, { nowMs });
const byId = (signals: readonly Signal[]) => new Map(signals.map((signal) => [signal.id, JSON.stringify(signal)]));

test('cells weighed again for their new rows are the same to the byte as in full; once nothing new comes, all stored ones are', async () => {
  let wasPartial = 0;
  await fc.assert(
    fc.asyncProperty(days, days, fc.boolean(), async (before, after, isLinked) => {
      await empty();
      const { weigh } = rounds();
      const many = Array.from({ length: 12 }, (_, i) => postRow({ id: `m${i}`, themes: [`theme${i}`], author: 99n }));
      await store().insert('posts', [...many, ...before]);
      await weigh();
      // Some ids are new, some are later observations that may stand in other cells.
      const later = after
        .slice(0, 5)
        .map(
          (row, i): PostRow => ({ ...row, id: i % 2 === 0 ? row.id : `n${i}`, version: 2n, ingested_at: Date.now() }),
        );
      await store().insert('posts', later);
      if (isLinked) {
        await store().insert('cluster_links', [
          { cluster: 'instagram:1', root: 'instagram:m0', linked_at: DAY.fromMs, version: 1n },
        ]);
      }
      const { signals } = await weigh();
      const full = byId(await inFull());
      if (signals.length < full.size) wasPartial++;
      for (const signal of signals.filter(({ volume }) => volume.posts > 0)) {
        expect(JSON.stringify(signal)).toBe(full.get(signal.id));
      }
      expect((await weigh()).windows.length).toBeLessThanOrEqual(1);
      expect(byId(await readSignals(store(), { lengthMs: DAY_MS }))).toEqual(full);
      expect((await weigh()).windows).toEqual([]);
    }),
    { numRuns: 3 },
  );
  expect(wasPartial).toBeGreaterThan(0);
});

test('rows that were stamped long before they could be seen are weighed, and none twice', async () => {
  const { weigh } = rounds();
  await store().insert('posts', [postRow({ id: '1' })]);
  expect((await weigh()).signals).toHaveLength(1);
  expect((await weigh()).windows).toEqual([]);
  await store().insert('posts', [postRow({ id: '2', themes: ['roads'], ingested_at: Date.now() - 120_000 })]);
  const { signals } = await weigh();
  expect(signals.map(({ theme }) => theme)).toContain('roads');
  expect((await weigh()).windows.length).toBeLessThanOrEqual(1);
  expect((await weigh()).windows).toEqual([]);
});

test('appeals have every cell of their window weighed', async () => {
  const { weigh } = rounds();
  await store().insert('posts', [
    postRow({ id: '1' }),
    postRow({ id: '2', themes: ['roads'] }),
    postRow({ id: '3', themes: ['heating'] }),
  ]);
  await weigh();
  await store().insert('appeals', [appealRow({ id: '1', ingested_at: Date.now() })]);
  const { signals } = await weigh();
  expect(byId(signals)).toEqual(byId(await inFull()));
});

test('hours that were weighed in part are settled together, once', async () => {
  const memory: RoundMemory = { batches: new Map(), windows: new Map() };
  const weigh = (atMs: number) => weighDirty(store(), 0, patient, { nowMs: atMs, durations: ['PT1H'], memory });
  const posts = [3, 5].flatMap((hour) =>
    [1, 2, 3, 4].map((i) =>
      postRow({ id: `${hour}.${i}`, themes: [`theme${i}`], published_at: DAY.fromMs + hour * HOUR_MS }),
    ),
  );
  await store().insert('posts', posts);
  expect((await weigh(DAY.fromMs)).signals).toHaveLength(8);
  const again = posts.filter(({ id }) => id.endsWith('.1'));
  await store().insert(
    'posts',
    again.map((row) => ({ ...row, version: 2n, ingested_at: Date.now() })),
  );
  expect((await weigh(DAY.fromMs)).signals).toHaveLength(2);
  expect((await weigh(DAY.toMs)).windows).toHaveLength(2);
  expect((await weigh(DAY.toMs)).windows).toEqual([]);
});
