import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextAlerts } from '../../../src/alerts/next-alerts.ts';
import { type Signal, VERDICTS } from '../../../src/weigh/signal.ts';
import { createWorker, DAY_MS, HOUR_MS, MIDNIGHT, signal, subscription, weighQuiet } from './support.ts';

const subscriptions = [
  subscription({ name: 'hours', windows: ['PT1H'], hysteresis: { quietMinutes: 0 } }),
  subscription({ name: 'days', windows: ['P1D', 'P7D'] }),
  subscription({ name: 'campaigns', verdicts: ['amplified'], minScore: 0, windows: ['PT1H', 'P1D'] }),
];

const cell = fc.record({
  label: fc.constantFrom(...VERDICTS),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  theme: fc.constantFrom('water', 'heating', null),
  duration: fc.constantFrom('PT1H', 'P1D', 'P7D'),
});

/** Turns some minutes to some hours apart, each with what was weighed in the current windows. */
const story = fc.array(
  fc.record({ minutes: fc.integer({ min: 1, max: 300 }), cells: fc.array(cell, { maxLength: 6 }) }),
  {
    maxLength: 40,
  },
);

type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

function tell(told: Story): { nowMs: number; signals: Signal[] }[] {
  let nowMs = MIDNIGHT;
  return told.map(({ minutes, cells }) => {
    nowMs += minutes * 60_000;
    const stepMs = { PT1H: HOUR_MS, P1D: DAY_MS, P7D: DAY_MS };
    const signals = cells.map((sketch) => {
      const step = stepMs[sketch.duration];
      const start = Math.floor(nowMs / step) * step;
      return signal({ ...sketch, fromMs: sketch.duration === 'P7D' ? start - 6 * DAY_MS : start });
    });
    return { nowMs, signals: [...new Map(signals.map((one) => [one.id, one])).values()] };
  });
}

describe('the alerts of any story', () => {
  it('open before all else, never twice in a row, and have ids of their own', () => {
    fc.assert(
      fc.property(story, (told) => {
        const worker = createWorker(subscriptions);
        for (const { nowMs, signals } of tell(told)) worker.turn(nowMs, signals);
        const open = new Set<string>();
        for (const { value } of worker.published) {
          const { subscription: name, agency, region, theme, change, id } = value;
          const key = [name, agency, region, theme, id.split('/').at(-1)].join('/');
          expect(open.has(key)).toBe(change !== 'opened');
          if (change === 'opened') open.add(key);
          if (change === 'closed') open.delete(key);
        }
        expect(new Set(worker.published.map(({ id }) => id)).size).toBe(worker.published.length);
      }),
    );
  });

  it('are the same after a restart at any turn as without one', () => {
    fc.assert(
      fc.property(story, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (told, restarts) => {
        const steady = createWorker(subscriptions);
        const restarted = createWorker(subscriptions);
        for (const [i, { nowMs, signals }] of tell(told).entries()) {
          steady.turn(nowMs, signals);
          if (restarts[i]) restarted.restart();
          restarted.turn(nowMs, signals);
        }
        expect(restarted.published).toEqual(steady.published);
      }),
    );
  });

  it('publish again, after a crash before the states were stored, what was published, with the same ids', () => {
    fc.assert(
      fc.property(story, (told) => {
        const worker = createWorker(subscriptions);
        for (const { nowMs, signals } of tell(told)) {
          const lost = worker.turn(nowMs, signals, true).map(({ id }) => id);
          worker.restart();
          const again = worker.turn(nowMs + 1, signals).map(({ id }) => id);
          // A quiet time may have ended in that millisecond, and more is told.
          expect(again).toEqual(expect.arrayContaining(lost));
        }
      }),
    );
  });

  it('do not depend on the order of signals, states or subscriptions', () => {
    fc.assert(
      fc.property(story, fc.infiniteStream(fc.nat()), (told, random) => {
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((item) => ({ item, at: random.next().value }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const worker = createWorker(subscriptions);
        for (const { nowMs, signals } of tell(told)) {
          const states = worker.states();
          const known = [...new Map([...worker.weighed(), ...signals].map((each) => [each.id, each])).values()];
          const around = { nowMs, weighQuiet };
          const one = nextAlerts(subscriptions, known, states, around);
          const other = nextAlerts(shuffled(subscriptions), shuffled(known), shuffled(states), around);
          expect(other.messages).toEqual(one.messages);
          expect(other.changed).toEqual(one.changed);
          worker.turn(nowMs, signals);
        }
      }),
    );
  });

  it('give a state that changes a newer version, even when the clock stands still', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VERDICTS), { minLength: 2, maxLength: 10 }), (labels) => {
        const worker = createWorker([subscription({ hysteresis: { quietMinutes: 0 } })]);
        for (const label of labels) {
          const [before] = worker.states();
          const told = worker.turn(MIDNIGHT + HOUR_MS, [signal({ label })]);
          const [after] = worker.states();
          if (told.length > 0 && before) expect(after?.version).toBeGreaterThan(before.version);
        }
      }),
    );
  });
});
