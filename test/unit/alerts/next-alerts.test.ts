import { describe, expect, it } from 'vitest';
import { nextAlerts } from '../../../src/alerts/next-alerts.ts';
import { createWorker, DAY_MS, HOUR_MS, MIDNIGHT, signal, subscription, weighQuiet } from './support.ts';

const NOON = MIDNIGHT + 12 * HOUR_MS;
const MINUTE_MS = 60_000;

function changes(messages: readonly { value: { change: string } }[]): string[] {
  return messages.map(({ value }) => value.change);
}

describe('an alert', () => {
  it('opens once, and says nothing more while the cell weighs the same', () => {
    const worker = createWorker([subscription()]);
    expect(changes(worker.turn(NOON, [signal()]))).toEqual(['opened']);
    for (let turn = 1; turn < 20; turn++) {
      expect(worker.turn(NOON + turn * 20 * MINUTE_MS, [signal({ score: 0.8 + turn / 1000 })])).toEqual([]);
    }
  });

  it('carries the signal, the subscription and the change', () => {
    const [alert] = createWorker([subscription({ name: 'water-almaty' })]).turn(NOON, [signal()]);
    expect(alert?.value).toEqual({ ...signal(), subscription: 'water-almaty', change: 'opened' });
  });

  it('escalates and eases by label, and by a step of the score since the last message', () => {
    const worker = createWorker([subscription({ hysteresis: { scoreStep: 0.2, quietMinutes: 0 } })]);
    const told = (minute: number, sketch: Parameters<typeof signal>[0]) =>
      changes(worker.turn(NOON + minute * MINUTE_MS, [signal(sketch)]));
    expect(told(0, { label: 'emerging', score: 0.55 })).toEqual(['opened']);
    expect(told(1, { label: 'emerging', score: 0.7 })).toEqual([]);
    expect(told(2, { label: 'emerging', score: 0.76 })).toEqual(['escalated']);
    expect(told(3, { label: 'systemic', score: 0.76 })).toEqual(['escalated']);
    expect(told(4, { label: 'systemic', score: 0.5 })).toEqual(['eased']);
    expect(told(5, { label: 'amplified', score: 0.5 })).toEqual(['closed']);
  });

  it('stays open between the score that opens and the score that closes', () => {
    const worker = createWorker([subscription({ minScore: 0.6, hysteresis: { closeBelow: 0.4, quietMinutes: 0 } })]);
    expect(worker.turn(NOON, [signal({ score: 0.59 })])).toEqual([]);
    expect(changes(worker.turn(NOON + 1, [signal({ score: 0.6 })]))).toEqual(['opened']);
    expect(worker.turn(NOON + 2, [signal({ score: 0.41 })])).toEqual([]);
    expect(changes(worker.turn(NOON + 3, [signal({ score: 0.39 })]))).toEqual(['closed']);
    expect(worker.turn(NOON + 4, [signal({ score: 0.59 })])).toEqual([]);
  });

  it('goes on in the next window, and a day that has just begun does not close it', () => {
    const worker = createWorker([subscription()]);
    worker.turn(NOON, [signal()]);
    const nextDay = MIDNIGHT + DAY_MS;
    expect(worker.turn(nextDay + HOUR_MS, [signal({ fromMs: nextDay, label: 'insufficient', score: 0.1 })])).toEqual(
      [],
    );
    expect(worker.turn(nextDay + 2 * HOUR_MS, [signal({ fromMs: nextDay, label: 'emerging' })])).toEqual([]);
    expect(worker.turn(nextDay + 9 * HOUR_MS, [signal({ fromMs: nextDay })])).toEqual([]);
    expect(worker.states().map((state) => state.signal_id)).toEqual([signal({ fromMs: nextDay }).id]);
  });

  it('is judged by the day that is over, not by the one that has just begun', () => {
    const worker = createWorker([subscription()]);
    const nextDay = MIDNIGHT + DAY_MS;
    worker.turn(NOON, [signal()]);
    const late = signal({ label: 'emerging' });
    const begun = signal({ fromMs: nextDay, label: 'insufficient', score: 0.1 });
    const [eased] = worker.turn(nextDay + HOUR_MS, [late, begun]);
    expect(eased?.value).toEqual({ ...late, subscription: 'everything', change: 'eased' });
  });

  it('closes by the window that bore it out, even while the one before still would', () => {
    const worker = createWorker([subscription()]);
    const nextDay = MIDNIGHT + DAY_MS;
    worker.turn(NOON, [signal()]);
    expect(worker.turn(nextDay + HOUR_MS, [signal({ fromMs: nextDay })])).toEqual([]);
    const copied = signal({ fromMs: nextDay, label: 'amplified', score: 0.1 });
    expect(changes(worker.turn(nextDay + 2 * HOUR_MS, [copied]))).toEqual(['closed']);
    expect(worker.turn(nextDay + 4 * HOUR_MS, [signal(), copied])).toEqual([]);
  });

  it('is not closed by a window still filling when nothing else is known', () => {
    const subscriptions = [subscription()];
    const around = { nowMs: NOON, weighQuiet };
    const { states } = nextAlerts(subscriptions, [signal()], [], around);
    const begun = signal({ fromMs: MIDNIGHT + DAY_MS, label: 'noise', score: 0.1 });
    const later = nextAlerts(subscriptions, [begun], states, { ...around, nowMs: NOON + DAY_MS });
    expect(later).toMatchObject({ messages: [], changed: [] });
  });

  it('closes when a whole window has passed in which the cell was too light', () => {
    const worker = createWorker([subscription()]);
    const nextDay = MIDNIGHT + DAY_MS;
    const light = signal({ fromMs: nextDay, label: 'noise', score: 0.1 });
    worker.turn(NOON, [signal()]);
    worker.turn(nextDay + HOUR_MS, [light]);
    const [closed] = worker.turn(nextDay + DAY_MS, []);
    expect(closed?.value).toEqual({ ...light, subscription: 'everything', change: 'closed' });
  });

  it('closes when a whole window has passed without a word', () => {
    const worker = createWorker([subscription({ windows: ['PT1H'] })]);
    worker.turn(NOON + 10 * MINUTE_MS, [signal({ fromMs: NOON, duration: 'PT1H' })]);
    expect(worker.turn(NOON + 119 * MINUTE_MS, [])).toEqual([]);
    const [closed] = worker.turn(NOON + 120 * MINUTE_MS, []);
    expect(closed?.value).toMatchObject({ change: 'closed', window: { from: '2026-03-02T13:00:00Z' } });
    expect(worker.turn(NOON + 300 * MINUTE_MS, [])).toEqual([]);
  });

  it('closes with the last whole window after the worker was away for days', () => {
    const worker = createWorker([subscription()]);
    worker.turn(NOON, [signal()]);
    const [closed] = worker.turn(NOON + 5 * DAY_MS, []);
    expect(closed?.value).toMatchObject({ change: 'closed', window: { from: '2026-03-06T00:00:00Z' } });
  });

  it('says at most one thing about a flapping cell in its quiet time, and then what is so', () => {
    const worker = createWorker([subscription({ hysteresis: { quietMinutes: 60 } })]);
    const times: number[] = [];
    for (let minute = 0; minute < 600; minute++) {
      const heavy = minute % 2 === 0;
      const told = worker.turn(NOON + minute * MINUTE_MS, [signal(heavy ? {} : { label: 'noise', score: 0.1 })]);
      times.push(...told.map(() => minute));
    }
    expect(times.length).toBeGreaterThan(2);
    expect(times.every((time, i) => i === 0 || time - (times[i - 1] ?? 0) >= 60)).toBe(true);
  });

  it('tells after its quiet time what was not told in it, with no new post', () => {
    const worker = createWorker([subscription({ hysteresis: { quietMinutes: 60 } })]);
    worker.turn(NOON, [signal({ label: 'emerging' })]);
    expect(worker.turn(NOON + 5 * MINUTE_MS, [signal({ label: 'systemic' })])).toEqual([]);
    expect(worker.turn(NOON + 59 * MINUTE_MS, [])).toEqual([]);
    expect(changes(worker.turn(NOON + 60 * MINUTE_MS, []))).toEqual(['escalated']);
  });

  it('of an emergency is told at once, whatever its score and the quiet time', () => {
    const worker = createWorker([subscription({ minScore: 0.9, hysteresis: { quietMinutes: 600 } })]);
    expect(changes(worker.turn(NOON, [signal({ label: 'emerging', score: 0.95 })]))).toEqual(['opened']);
    expect(changes(worker.turn(NOON + 1, [signal({ label: 'emergency', score: 0.2 })]))).toEqual(['escalated']);
    expect(worker.turn(NOON + 2, [signal({ label: 'emergency', score: 0.2 })])).toEqual([]);
  });

  it('does not open for windows that are long over, nor for windows asked for by hand', () => {
    const worker = createWorker([subscription({ windows: ['PT1H', 'P1D', 'P7D'] })]);
    const byHand = { ...signal(), id: 'akimat_almaty/KZ-75/water/2026-03-02T00:00:00Z/PT90S' };
    expect(worker.turn(MIDNIGHT + 2 * DAY_MS, [signal(), byHand])).toEqual([]);
  });

  it('opened again is another alert, with another id', () => {
    const worker = createWorker([subscription({ hysteresis: { quietMinutes: 0 } })]);
    for (let minute = 0; minute < 6; minute++) {
      worker.turn(NOON + minute, [signal(minute % 2 === 0 ? {} : { label: 'noise', score: 0.1 })]);
    }
    expect(changes(worker.published)).toEqual(['opened', 'closed', 'opened', 'closed', 'opened', 'closed']);
    expect(new Set(worker.published.map(({ id }) => id)).size).toBe(6);
  });

  it('published before a crash and again after it has the same id', () => {
    const worker = createWorker([subscription()]);
    const [before] = worker.turn(NOON, [signal({ score: 0.81 })], true);
    worker.restart();
    const [after] = worker.turn(NOON + 30_000, [signal({ score: 0.82 })]);
    expect(after?.id).toBe(before?.id);
    expect(before?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('goes to whom it concerns: agency, region, theme, window and verdict, unresolved ones by "-"', () => {
    const cells = [
      signal(),
      signal({ agency: 'moh' }),
      signal({ region: null }),
      signal({ theme: 'roads' }),
      signal({ label: 'amplified', score: 0.1 }),
    ];
    const told = (settings: Record<string, unknown>, signals = cells) =>
      createWorker([subscription(settings)])
        .turn(NOON, signals)
        .map(({ value }) => value.id);
    expect(told({ agencies: ['moh'] })).toEqual([signal({ agency: 'moh' }).id]);
    expect(told({ regions: ['-'] })).toEqual([signal({ region: null }).id]);
    expect(told({ themes: ['roads'] })).toEqual([signal({ theme: 'roads' }).id]);
    expect(told({ windows: ['P7D'] })).toEqual([]);
    const campaign = signal({ theme: 'gas', label: 'amplified', score: 0.1 });
    expect(told({ verdicts: ['amplified'], minScore: 0 }, [...cells, campaign])).toContain(campaign.id);
  });
});
