import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { collectEvidence } from '../../../src/signals/collect.ts';
import { evaluateWindow } from '../../../src/signals/evaluate.ts';
import { runOf } from '../../../src/signals/runs.ts';
import type { PostRow } from '../../../src/store/rows.ts';
import type { Signal } from '../../../src/weigh/signal.ts';
import { voicesOf } from '../../../src/weigh/voices.ts';
import { weighing } from '../weigh/support.ts';
import { appealRow, DAY, DAY_MS, days, embeddedStore, HOUR_MS, postRow } from './support.ts';

const { store, empty } = embeddedStore();
const clock = { nowMs: DAY.toMs };
const evaluate = (window = DAY) => evaluateWindow(store(), window, weighing, clock);
const find = (signals: readonly Signal[], place = 'akimat_almaty/KZ-75/water') =>
  signals.find(({ id }) => id.startsWith(`${place}/`));

beforeEach(empty);

/** The same counts by reading the rows one after another. */
function countCells(rows: readonly PostRow[]) {
  const cells = new Map<string, PostRow[]>();
  for (const row of rows) {
    for (const agency of row.agencies.length > 0 ? row.agencies : ['-']) {
      for (const theme of row.themes.length > 0 ? row.themes : ['-']) {
        const key = `${agency}/${row.region || '-'}/${theme}`;
        cells.set(key, [...(cells.get(key) ?? []), row]);
      }
    }
  }
  return cells;
}

const isPerson = (row: PostRow) => row.kind === 'comment' || row.channel_kind !== 'media';

function voices(rows: readonly PostRow[]) {
  const byTime = rows.toSorted((a, b) => a.published_at - b.published_at);
  const firstOf = new Map<string, PostRow>();
  for (const row of byTime) if (!firstOf.has(row.cluster)) firstOf.set(row.cluster, row);
  const said = new Map<bigint, number>();
  for (const { author } of [...firstOf.values()].filter(isPerson)) said.set(author, (said.get(author) ?? 0) + 1);
  return voicesOf([...said.values()].map((statements) => [statements, 1]));
}

test('a window’s cells are counted as one would by hand, whatever is posted', async () => {
  await fc.assert(
    fc.asyncProperty(days, async (rows) => {
      // Two first posts at the very same millisecond may stand in either order.
      fc.pre(new Set(rows.map((row) => row.published_at)).size === rows.length);
      await empty();
      await store().insert('posts', rows);
      const signals = await evaluate();
      const cells = countCells(rows);
      expect(signals.map(({ id }) => id.split('/').slice(0, 3).join('/')).toSorted()).toEqual(
        [...cells.keys()].toSorted(),
      );
      for (const [key, posts] of cells) {
        const signal = find(signals, key);
        expect(signal?.volume).toEqual({
          posts: posts.length,
          statements: new Set(posts.map(({ cluster }) => cluster)).size,
          authors: new Set(posts.filter(isPerson).map(({ author }) => author)).size,
        });
        expect(signal?.voices.hhi).toBeCloseTo(voices(posts).hhi, 5);
        expect(signal?.voices.gini).toBeCloseTo(voices(posts).gini, 5);
        expect(signal?.reach.gross).toBe(posts.reduce((sum, { reach_mid }) => sum + reach_mid, 0));
      }
    }),
    { numRuns: 25 },
  );
});

test('the same posts give the same bytes in whatever order and parts they came, observed once or twice', async () => {
  await fc.assert(
    fc.asyncProperty(days, fc.integer({ min: 1, max: 9 }), async (rows, part) => {
      await empty();
      await store().insert('posts', rows);
      const once = JSON.stringify(await evaluate());
      await empty();
      const shuffled = rows.toReversed();
      for (let i = 0; i < shuffled.length; i += part) {
        const slice = shuffled.slice(i, i + part);
        await store().insert(
          'posts',
          slice.map((row) => ({ ...row, version: 0n, reach_mid: 1 })),
        );
        await store().insert('posts', slice);
      }
      expect(JSON.stringify(await evaluate())).toBe(once);
    }),
    { numRuns: 8 },
  );
});

test('the best score comes first, and a window is exact to the millisecond', async () => {
  await store().insert('posts', [
    postRow({ id: 'in', published_at: DAY.fromMs }),
    postRow({ id: 'late', published_at: DAY.toMs }),
    postRow({ id: 'early', published_at: DAY.fromMs - 1 }),
    postRow({ id: 'other', themes: ['roads'], author: 2n }),
    postRow({ id: 'other2', themes: ['roads'], author: 3n }),
  ]);
  const signals = await evaluate();
  expect(signals.map(({ id, volume }) => [id, volume.posts])).toEqual([
    ['akimat_almaty/KZ-75/roads/2026-03-01T00:00:00Z/P1D', 2],
    ['akimat_almaty/KZ-75/water/2026-03-01T00:00:00Z/P1D', 1],
  ]);
});

test('clusters that a later link joined count as one statement, of the person who was first', async () => {
  const author = (id: string, at: number) => postRow({ id, author: BigInt(at), published_at: DAY.fromMs + at });
  await store().insert('posts', [author('a', 1), author('b', 2), author('c', 3), author('d', 4)]);
  const link = { linked_at: DAY.fromMs + 5, version: 1n };
  await store().insert('cluster_links', [
    { cluster: 'instagram:c', root: 'instagram:b', ...link },
    // Joined through a cluster of another day.
    { cluster: 'instagram:b', root: 'instagram:yesterday', ...link },
    { cluster: 'instagram:a', root: 'instagram:yesterday', ...link },
  ]);
  const signal = find(await evaluate());
  expect(signal?.volume).toEqual({ posts: 4, statements: 2, authors: 4 });
  expect(signal?.voices.effective).toBe(2);
});

test('an outlet’s own posts count in volume and reach but in neither authors nor voices; comments under them do', async () => {
  const outlet = { channel: 7n, channel_kind: 'media', channel_members: 100_000 };
  await store().insert('posts', [
    postRow({ id: 'article', author: 70n, ...outlet }),
    postRow({ id: 'news', platform: 'news', author: 71n }),
    postRow({ id: 'comment', kind: 'comment', author: 2n, ...outlet }),
  ]);
  const signal = find(await evaluate());
  expect(signal?.volume).toEqual({ posts: 3, statements: 3, authors: 1 });
  expect(signal?.voices.effective).toBe(1);
  expect(signal?.reach.net.mid).toBeGreaterThan(0);
});

test('consultations and thanks are no appeals; of exports the count counts', async () => {
  await store().insert('appeals', [
    appealRow({ id: '1', count: 12 }),
    appealRow({ id: '2', kind: 'request' }),
    appealRow({ id: '3', kind: 'consultation', count: 99 }),
    appealRow({ id: '4', kind: 'thanks', count: 99 }),
    appealRow({ id: '5', received_at: DAY.fromMs - DAY_MS, count: 5 }),
  ]);
  expect(find(await evaluate())?.appeals.count).toBe(13);
});

test('a template that many file counts as one in what appeals say, and in full in their number', async () => {
  const streets = ['Абая', 'Сатпаева', 'Желтоқсан'];
  const template = (i: number) =>
    `Я, ${'АБВГ'[i % 4]}. Заявитель, прошу решить вопрос с подачей воды по улице ${streets[i % 3]}, дом ${i}, квартира ${10 * i}`;
  await store().insert('appeals', [
    ...Array.from({ length: 40 }, (_, i) => appealRow({ id: `t${i}`, text: template(i), escalated: i < 10 })),
    appealRow({ id: 'own', text: 'Вода на третьем этаже идёт только ночью, прошу проверить насос' }),
    appealRow({ id: 'short1', text: 'Нет воды!' }),
    appealRow({ id: 'short2', text: 'Нет воды' }),
    appealRow({ id: 'yesterday', text: template(7), received_at: DAY.fromMs - HOUR_MS }),
  ]);
  const [cells = []] = await collectEvidence(store(), runOf(DAY), weighing, clock);
  expect(cells[0]?.appeals).toMatchObject({ inWindow: 43, filed: 44, recent: 4, escalated: 10 });
  const signal = find(await evaluate());
  expect(signal?.appeals.count).toBe(43);
  expect(signal?.appeals.escalatedShare).toBeCloseTo(10 / 44, 5);
  expect(signal?.appeals.templateShare).toBeCloseTo(40 / 44, 5);
});

test('many appeals without a single post are a silent cell', async () => {
  await store().insert('posts', [postRow({ id: '1', themes: ['roads'] })]);
  await store().insert('appeals', [
    appealRow({ id: '1', count: 60 }),
    ...Array.from({ length: 9 }, (_, i) => appealRow({ id: `other${i}`, themes: [`theme${i}`], region: 'KZ-61' })),
  ]);
  const signal = find(await evaluate());
  expect(signal?.volume.posts).toBe(0);
  expect(signal?.verdict.label).toBe('silent');
});

test('a text that many accounts publish within minutes is coordinated; reposts are not', async () => {
  const paste = (kind: string) =>
    Array.from({ length: 30 }, (_, i) =>
      postRow({
        id: `${kind}${i}`,
        kind,
        author: BigInt(i + 1),
        cluster: `instagram:${kind}0`,
        copy: i > 0,
        published_at: DAY.fromMs + i * 20_000,
        themes: [kind === 'repost' ? 'roads' : 'water'],
      }),
    );
  await store().insert('posts', [...paste('post'), ...paste('repost')]);
  const signals = await evaluate();
  const pasted = find(signals);
  expect(pasted?.amplification).toMatchObject({ copyShare: 0.966667, coordinatedShare: 1 });
  expect(pasted?.verdict.label).toBe('amplified');
  expect(find(signals, 'akimat_almaty/KZ-75/roads')?.amplification.coordinatedShare).toBe(0);
});

test('the usual volume is that of the same hours of earlier days, as far as there is data', async () => {
  const quiet = (day: number, hour: number, i: number) =>
    postRow({
      id: `${day}.${hour}.${i}`,
      author: BigInt(i + 1),
      published_at: DAY.fromMs - day * DAY_MS + hour * HOUR_MS,
    });
  const morning = { fromMs: DAY.fromMs + 8 * HOUR_MS, toMs: DAY.fromMs + 9 * HOUR_MS };
  const today = Array.from({ length: 30 }, (_, i) => quiet(0, 8, i));
  const usual = [1, 2, 3, 4].flatMap((day) => Array.from({ length: 40 }, (_, i) => quiet(day, 8, i)));
  await store().insert('posts', [...today, ...usual]);
  expect(find(await evaluate(morning))?.verdict.label).toBe('noise');
  const minutes = { fromMs: morning.fromMs + 10 * 60_000, toMs: morning.fromMs + 20 * 60_000 };
  await store().insert(
    'posts',
    today.map((row) => ({ ...row, published_at: minutes.fromMs, version: 2n })),
  );
  expect(find(await evaluate(minutes))?.verdict.label).toBe('emerging');
  await empty();
  const nights = usual.map((row) => ({ ...row, published_at: row.published_at - 5 * HOUR_MS }));
  await store().insert('posts', [...today, ...nights]);
  expect(find(await evaluate(morning))?.verdict.label).toBe('emerging');
});

test('persons are placed by where they live and the language they mostly write; those from elsewhere and thanks are left out', async () => {
  const urban = { author_settlement: 'urban' };
  await store().insert('posts', [
    postRow({ id: '1', author: 1n, language: 'kk', ...urban }),
    postRow({ id: '2', author: 1n, language: 'kk' }),
    postRow({ id: '3', author: 1n, language: 'ru' }),
    postRow({ id: '4', author: 2n, language: 'mixed', author_settlement: 'rural' }),
    postRow({ id: '5', author: 3n, author_region: 'KZ-61' }),
    postRow({ id: '6', author: 4n, stance: 'thanks' }),
    postRow({ id: '7', author: 5n, author_region: 'KZ-75' }),
    postRow({ id: '8', author: 6n, themes: ['roads'] }),
  ]);
  const [evidence] = await collectEvidence(store(), runOf(DAY), weighing, clock);
  const water = evidence?.find(({ theme }) => theme === 'water');
  const [mostlyKk, mixed, ru] = [
    { settlement: 'urban', language: 'kk', authors: 1 },
    { settlement: 'rural', language: '', authors: 1 },
    { settlement: '', language: 'ru', authors: 1 },
  ];
  expect(water?.strata).toEqual([ru, mostlyKk, mixed]);
  expect(water?.panel).toEqual([{ ...ru, authors: 3 }, mostlyKk, mixed]);
});
