import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { evaluateWindow } from '../../../src/signals/evaluate.ts';
import { readSignals } from '../../../src/signals/read.ts';
import { weighDirty } from '../../../src/signals/standing.ts';
import { standingWindow, touchedWindows } from '../../../src/signals/windows.ts';
import { isoDuration, isoTime } from '../../../src/weigh/signal-id.ts';
import { weighing } from '../weigh/support.ts';
import { appealRow, DAY, DAY_MS, days, embeddedStore, HOUR_MS, postRow } from './support.ts';

const { store, empty } = embeddedStore();
const nowMs = DAY.toMs - 1;

beforeEach(empty);

test('an hour touches its hour, its day and the weeks that end with the days from it to today, each once', () => {
  const hours = [DAY.fromMs, DAY.fromMs + HOUR_MS, DAY.fromMs - DAY_MS];
  const windows = touchedWindows(hours, nowMs).map((window) => `${isoTime(window.fromMs)}/${isoDuration(window)}`);
  expect(windows).toEqual([
    '2026-02-28T00:00:00Z/PT1H',
    '2026-03-01T00:00:00Z/PT1H',
    '2026-03-01T01:00:00Z/PT1H',
    '2026-02-28T00:00:00Z/P1D',
    '2026-03-01T00:00:00Z/P1D',
    '2026-02-22T00:00:00Z/P7D',
    '2026-02-23T00:00:00Z/P7D',
  ]);
  const lastWeek = standingWindow('P7D', DAY.fromMs);
  expect([isoTime(lastWeek.fromMs), isoTime(lastWeek.toMs)]).toEqual(['2026-02-23T00:00:00Z', '2026-03-02T00:00:00Z']);
});

test('what was written since is weighed and kept, best score first; what was not is left alone', async () => {
  await store().insert('posts', [postRow({ id: '1', ingested_at: nowMs })]);
  const first = await weighDirty(store(), 0, weighing, { nowMs });
  expect(first.windows).toHaveLength(3);
  const kept = await readSignals(store(), { lengthMs: DAY_MS });
  expect(kept).toEqual(first.signals.filter(({ id }) => id.endsWith('/P1D')));
  expect((await weighDirty(store(), nowMs + 1, weighing, { nowMs })).windows).toEqual([]);
});

test('appeals that come late make their window dirty too', async () => {
  await store().insert('appeals', [appealRow({ id: '1', ingested_at: nowMs })]);
  const { signals } = await weighDirty(store(), nowMs, weighing, { nowMs, durations: ['P1D'] });
  expect(signals.map(({ appeals }) => appeals.count)).toEqual([1]);
});

test('a cell whose only post was edited into another cell is kept as empty, even when the clock was set back', async () => {
  const row = postRow({ id: '1' });
  await store().insert('posts', [row]);
  await weighDirty(store(), 0, weighing, { nowMs });
  await store().insert('posts', [{ ...row, themes: ['roads'], version: 2n }]);
  const { signals } = await weighDirty(store(), 0, weighing, { nowMs: nowMs - HOUR_MS, durations: ['P1D'] });
  const gone = signals.find(({ theme }) => theme === 'water');
  expect(gone?.volume.posts).toBe(0);
  expect(gone?.verdict.label).toBe('insufficient');
  const kept = await readSignals(store(), { lengthMs: DAY_MS });
  expect(kept.map(({ theme }) => theme)).toEqual(['roads']);
});

test('stored signals are found by what they are about; null asks for what was not resolved', async () => {
  await store().insert('posts', [
    postRow({ id: '1' }),
    postRow({ id: '2', region: '' }),
    postRow({ id: '3', agencies: [], themes: ['roads'] }),
  ]);
  await weighDirty(store(), 0, weighing, { nowMs, durations: ['P1D'] });
  const ids = async (filter: Parameters<typeof readSignals>[1]) =>
    (await readSignals(store(), filter)).map(({ id }) => id.split('/').slice(0, 3).join('/'));
  expect(await ids({ region: null })).toEqual(['akimat_almaty/-/water']);
  expect(await ids({ agency: null })).toEqual(['-/KZ-75/roads']);
  expect(await ids({ agency: 'akimat_almaty', region: 'KZ-75' })).toEqual(['akimat_almaty/KZ-75/water']);
  expect(await ids({ labels: ['systemic'] })).toEqual([]);
  expect(await ids({ limit: 1 })).toHaveLength(1);
});

test('hours weighed together are the same to the byte as each weighed alone', async () => {
  await fc.assert(
    fc.asyncProperty(days, async (rows) => {
      await empty();
      const yesterday = rows.map((row) => ({ ...row, id: `y${row.id}`, published_at: row.published_at - DAY_MS }));
      await store().insert('posts', [...rows, ...yesterday]);
      await store().insert(
        'appeals',
        rows.map((row, i) => appealRow({ id: `${i}`, received_at: row.published_at - i * 3 * HOUR_MS, count: i + 1 })),
      );
      const options = { nowMs, durations: ['PT1H'] as const, hourlyForMs: 6 * HOUR_MS };
      const { windows, signals } = await weighDirty(store(), 0, weighing, options);
      expect(windows.length).toBeGreaterThan(1);
      const alone: unknown[] = [];
      for (const window of windows) alone.push(...(await evaluateWindow(store(), window, weighing, { nowMs })));
      expect(JSON.stringify(signals)).toBe(JSON.stringify(alone));
    }),
    { numRuns: 2 },
  );
});
