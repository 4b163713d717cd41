import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { readHistory, readSignals } from '../../../src/signals/read.ts';
import { weighDirty } from '../../../src/signals/standing.ts';
import { standingWindow, touchedWindows, windowsLookingBack } from '../../../src/signals/windows.ts';
import { isoDuration, signalId } from '../../../src/weigh/signal-id.ts';
import { weighing } from '../weigh/support.ts';
import { appealRow, DAY, DAY_MS, embeddedStore, HOUR_MS, postRow } from './support.ts';

const { store, empty } = embeddedStore();
const nowMs = DAY.toMs - 1;
const WATER = { agency: 'akimat_almaty', region: 'KZ-75', theme: 'water' };

beforeEach(empty);

const persons = (first: number, count: number, atMs: number) =>
  Array.from({ length: count }, (_, i) =>
    postRow({ id: `${first + i}`, author: BigInt(first + i), published_at: atMs + i, ingested_at: Date.now() }),
  );

test('a late post weighs its hour, day and weeks again, and the history keeps what was said before', async () => {
  const at = DAY.fromMs + 8 * HOUR_MS;
  const windows = (['PT1H', 'P1D', 'P7D'] as const).map((duration) => standingWindow(duration, at));
  const ids = windows.map((window) => signalId({ ...WATER, window }));
  const now = async () =>
    (await Promise.all(ids.map((id) => readSignals(store(), { id })))).map(([signal]) => signal?.volume.authors);

  await store().insert('posts', persons(1, 2, at));
  await weighDirty(store(), 0, weighing, { nowMs });
  expect(await now()).toEqual([2, 2, 2]);

  const lateMs = Date.now();
  await store().insert('posts', persons(101, 30, at));
  await weighDirty(store(), lateMs, weighing, { nowMs: nowMs + 1 });
  expect(await now()).toEqual([32, 32, 32]);
  for (const id of ids) {
    const history = await readHistory(store(), id);
    expect(history.map(({ authors }) => authors)).toEqual([2, 32]);
    expect(history[0]?.label).toBe('insufficient');
    expect(history[1]?.label).not.toBe('insufficient');
  }
});

test('late appeals weigh again the days and hours that look back on them, not only those they fall into', async () => {
  await store().insert('posts', persons(1, 12, DAY.fromMs + 8 * HOUR_MS));
  const hourlyForMs = HOUR_MS;
  await weighDirty(store(), 0, weighing, { nowMs, hourlyForMs });
  const id = signalId({ ...WATER, window: DAY });
  const label = async () => (await readSignals(store(), { id }))[0]?.verdict.label;
  expect(await label()).toBe('emerging');

  const lateMs = Date.now();
  const received = DAY.fromMs - 3 * DAY_MS;
  const appeals = Array.from({ length: 30 }, (_, i) =>
    appealRow({ id: `${i}`, received_at: received, ingested_at: Date.now() }),
  );
  await store().insert('appeals', appeals);
  const { windows } = await weighDirty(store(), lateMs, weighing, { nowMs, hourlyForMs });
  expect(await label()).toBe('systemic');
  const lengths = new Map<string, number>();
  for (const window of windows) {
    const length = isoDuration(window);
    lengths.set(length, (lengths.get(length) ?? 0) + 1);
  }
  // Hours from the newest post on; the appeals' own day and the three after it; the weeks that end with these.
  expect(Object.fromEntries(lengths)).toEqual({ PT1H: 16, P1D: 4, P7D: 4 });
});

test('windows that look back are those that would count what came in the hours, begun by now, and hold their own', () => {
  const hours = fc.uniqueArray(fc.integer({ min: 0, max: 24 * 20 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(hours, fc.integer({ min: 1, max: 12 }), (offsets, days) => {
      const hoursMs = offsets.map((hour) => DAY.fromMs + hour * HOUR_MS);
      const nowAtMs = DAY.fromMs + 24 * DAY_MS + 5;
      const options = { nowMs: nowAtMs, hourlySinceMs: Number.NEGATIVE_INFINITY };
      const key = ({ fromMs, toMs }: { fromMs: number; toMs: number }) => `${fromMs}/${toMs}`;
      const found = new Set(windowsLookingBack(hoursMs, { ...options, days }).map(key));
      const own = touchedWindows(hoursMs, nowAtMs).map(key);
      expect(own.filter((window) => !found.has(window))).toEqual([]);
      for (const [lengthMs, stepMs] of [
        [HOUR_MS, HOUR_MS],
        [DAY_MS, DAY_MS],
        [7 * DAY_MS, DAY_MS],
      ] as const) {
        for (let toMs = DAY.fromMs - 8 * DAY_MS; toMs <= nowAtMs + 8 * DAY_MS; toMs += stepMs) {
          const seesSinceMs = toMs - Math.max(lengthMs, days * DAY_MS);
          const sees = hoursMs.some((hour) => hour + HOUR_MS > seesSinceMs && hour < toMs);
          const isBegun = toMs - stepMs <= nowAtMs;
          expect(found.has(key({ fromMs: toMs - lengthMs, toMs }))).toBe(sees && isBegun);
        }
      }
    }),
    { numRuns: 30 },
  );
});
