import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { collectEvidence } from '../../../src/signals/collect.ts';
import { earlierHours, exposures } from '../../../src/signals/earlier.ts';
import { countHours } from '../../../src/signals/hours.ts';
import { readHistory } from '../../../src/signals/read.ts';
import { runOf } from '../../../src/signals/runs.ts';
import { weighDirty } from '../../../src/signals/standing.ts';
import { laterWindows } from '../../../src/signals/windows.ts';
import { defineQuery } from '../../../src/store/store.ts';
import { isoDuration, isoTime, signalId } from '../../../src/weigh/signal-id.ts';
import { weighing } from '../weigh/support.ts';
import { DAY, DAY_MS, days, embeddedStore, HOUR_MS, postRow } from './support.ts';

const { store, empty } = embeddedStore();
const nowMs = DAY.toMs - 1;
const WEEK_MS = 7 * DAY_MS;

beforeEach(empty);

/** So many statements of different persons in the hour that begins then. */
const said = (statements: number, startMs: number, change: Partial<Parameters<typeof postRow>[0]> = {}) =>
  Array.from({ length: statements }, (_, i) =>
    postRow({
      id: `${startMs}.${i}.${change.themes}.${change.agencies}`,
      author: BigInt(i + 1),
      published_at: startMs + i,
      ...change,
    }),
  );

const counts = defineQuery({
  name: 'counts',
  sql: 'SELECT toUnixTimestamp(hour) * 1000 AS hourMs, agency, region, theme, statements FROM cell_hours FINAL WHERE statements > 0',
  params: z.object({}),
  row: z.object({
    hourMs: z.coerce.number(),
    agency: z.string(),
    region: z.string(),
    theme: z.string(),
    statements: z.number(),
  }),
});

test('hours are counted as one would by hand, also after posts were changed', async () => {
  await fc.assert(
    fc.asyncProperty(days, days, async (first, second) => {
      await empty();
      await store().insert('posts', first);
      await countHours(store());
      const changed = second.map((row) => ({ ...row, version: 2n }));
      await store().insert('posts', changed);
      await countHours(store());
      const hourOf = ({ published_at }: { published_at: number }) => Math.floor(published_at / HOUR_MS) * HOUR_MS;
      // A post keeps its hour, so that one seen again in another is another row.
      const newest = new Map([...first, ...changed].map((row) => [`${hourOf(row)} ${row.id}`, row]));
      const expected = new Map<string, number>();
      for (const row of newest.values()) {
        if (row.copy || (row.kind !== 'comment' && row.channel_kind === 'media')) continue;
        for (const agency of row.agencies.length > 0 ? row.agencies : ['']) {
          for (const theme of row.themes.length > 0 ? row.themes : ['']) {
            const key = [hourOf(row), agency, row.region, theme].join('/');
            expected.set(key, (expected.get(key) ?? 0) + 1);
          }
        }
      }
      const rows = await store().query(counts, {});
      const found = rows.map(
        (row) => [[row.hourMs, row.agency, row.region, row.theme].join('/'), row.statements] as const,
      );
      expect(found.toSorted()).toEqual([...expected].toSorted());
    }),
    { numRuns: 5 },
  );
});

async function baselineOf(
  window: { fromMs: number; toMs: number },
  place = { agency: 'akimat_almaty', theme: 'water' },
) {
  const [cells = []] = await collectEvidence(store(), runOf(window), weighing, { nowMs });
  const cell = cells.find(({ agency, theme }) => agency === place.agency && theme === place.theme);
  const { statements = Number.NaN, windows = Number.NaN } = cell?.baseline ?? {};
  return { statements, windows, usual: statements / windows };
}

const morning = { fromMs: DAY.fromMs + 8 * HOUR_MS, toMs: DAY.fromMs + 9 * HOUR_MS };

test('the same hour of the week counts for more than the same hour of other days', async () => {
  const past = Array.from({ length: 56 }, (_, i) => i + 1).flatMap((day) =>
    said(day % 7 === 0 ? 40 : 4, morning.fromMs - day * DAY_MS),
  );
  await store().insert('posts', past);
  await store().insert('posts', said(1, morning.fromMs));
  const { usual, windows } = await baselineOf(morning);
  expect(windows).toBe(8 + weighing.settings.baseline.otherDays + weighing.settings.baseline.thin);
  expect(usual).toBeGreaterThan(25);
});

test('a cell without a past is held against its region and theme, not against nothing', async () => {
  const past = Array.from({ length: 8 }, (_, i) => said(30, morning.fromMs - (i + 1) * WEEK_MS));
  await store().insert('posts', past.flat());
  await store().insert('posts', [...said(5, morning.fromMs), ...said(5, morning.fromMs, { agencies: ['mvd'] })]);
  const [known, fresh] = [await baselineOf(morning), await baselineOf(morning, { agency: 'mvd', theme: 'water' })];
  expect(fresh.usual).toBeGreaterThan(1);
  expect(fresh.usual).toBeLessThan(known.usual / 4);
});

test('what a season does to a theme is known from a year ago', async () => {
  const yearMs = 364 * DAY_MS;
  const at = (ms: number, statements: number) => [
    ...said(statements, ms, { themes: ['heating'] }),
    ...said(10, ms, { themes: ['water'] }),
  ];
  const yearAgo = Array.from({ length: 91 }, (_, i) => i - 7).flatMap((day) =>
    at(morning.fromMs - yearMs - day * DAY_MS, day <= 7 ? 60 : 5),
  );
  const lately = Array.from({ length: 9 }, (_, week) => at(morning.fromMs - week * WEEK_MS, 5));
  await store().insert('posts', [...yearAgo, ...lately.flat()]);
  const heating = await baselineOf(morning, { agency: 'akimat_almaty', theme: 'heating' });
  const water = await baselineOf(morning);
  expect(heating.usual).toBeGreaterThan(25);
  expect(water.usual).toBeGreaterThan(8);
  expect(water.usual).toBeLessThan(12);
});

test('every moment of earlier windows is looked at once, to the second', () => {
  const anyWindow = fc.record({
    fromMs: fc.integer({ min: 0, max: 3000 }).map((hours) => DAY.fromMs + hours * HOUR_MS),
    shiftS: fc.integer({ min: 0, max: 3599 }),
    lengthS: fc.integer({ min: 1, max: 70 * 86_400 }),
  });
  fc.assert(
    fc.property(anyWindow, ({ fromMs, shiftS, lengthS }) => {
      const run = { fromMs: fromMs + shiftS * 1000, lengthMs: lengthS * 1000, count: 1 };
      const earlier = earlierHours(run, 8, Number.POSITIVE_INFINITY);
      const all = [...new Set(earlier.hours.map((hour) => Math.floor(hour / 86_400) * 86_400))];
      const [exposure] = exposures(
        earlier,
        run,
        0,
        all.map((day) => ({ day, firstHour: day })),
      );
      const weeks = Math.floor(8 / Math.ceil(lengthS / (7 * 86_400)));
      expect(exposure?.weekly).toBeCloseTo(weeks, 6);
      expect(exposure?.daily).toBeCloseTo(lengthS <= 86_400 ? 6 : 0, 6);
      expect(earlier.hours.every((hour) => hour < run.fromMs / 1000)).toBe(true);
    }),
  );
});

test('a late post weighs again the later windows for which it changes what is usual, as far back as settings say', async () => {
  const late = DAY.fromMs - 7 * DAY_MS + 5 * HOUR_MS;
  const settings = { nowMs, sinceMs: nowMs - 3 * DAY_MS, hourlySinceMs: nowMs - 2 * DAY_MS, weeks: 8 };
  const windows = laterWindows([late], settings).map((window) => `${isoTime(window.fromMs)}/${isoDuration(window)}`);
  expect(windows).toEqual([
    '2026-02-28T05:00:00Z/PT1H',
    '2026-03-01T05:00:00Z/PT1H',
    '2026-02-26T00:00:00Z/P1D',
    '2026-02-27T00:00:00Z/P1D',
    '2026-02-28T00:00:00Z/P1D',
    '2026-03-01T00:00:00Z/P1D',
    '2026-02-23T00:00:00Z/P7D',
  ]);

  await store().insert('posts', said(12, DAY.fromMs));
  await weighDirty(store(), 0, weighing, { nowMs, durations: ['P1D'] });
  const beforeMs = Date.now();
  await store().insert('posts', said(40, DAY.fromMs - WEEK_MS, { ingested_at: beforeMs + 1000 }));
  const { signals } = await weighDirty(store(), beforeMs, weighing, { nowMs, durations: ['P1D'] });
  const today = signalId({ agency: 'akimat_almaty', region: 'KZ-75', theme: 'water', window: DAY });
  expect(signals.find(({ id }) => id === today)?.verdict.label).toBe('noise');
});

test('verdicts that change are kept, with what they rested on; those that stay are not written again', async () => {
  const rows = said(12, morning.fromMs);
  const id = signalId({ agency: 'akimat_almaty', region: 'KZ-75', theme: 'water', window: DAY });
  await store().insert('posts', rows.slice(0, 1));
  await weighDirty(store(), 0, weighing, { nowMs, durations: ['P1D'] });
  await weighDirty(store(), 0, weighing, { nowMs: nowMs + 1, durations: ['P1D'] });
  await store().insert('posts', rows);
  await weighDirty(store(), 0, weighing, { nowMs: nowMs + 2, durations: ['P1D'] });
  const history = await readHistory(store(), id);
  expect(history.map(({ evaluatedAt, label, statements }) => [evaluatedAt, label, statements])).toEqual([
    [isoTime(nowMs), 'insufficient', 1],
    [isoTime(nowMs + 2), 'emerging', 12],
  ]);
});

test('a window longer than the past that is looked at is weighed without saying what is usual', async () => {
  await store().insert('posts', [...said(5, DAY.fromMs), ...said(5, DAY.fromMs - 400 * DAY_MS)]);
  const years = { fromMs: DAY.toMs - 9000 * DAY_MS, toMs: DAY.toMs };
  expect((await baselineOf(years)).windows).toBe(0);
});
