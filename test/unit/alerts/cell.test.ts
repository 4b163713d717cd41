import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellKey, freshWindows, isFresh, lastComplete, parseSignalId, signalIdOf } from '../../../src/alerts/cell.ts';
import { ALERT_WINDOWS } from '../../../src/alerts/subscription.ts';
import { standingWindow } from '../../../src/signals/windows.ts';
import { signalId } from '../../../src/weigh/signal-id.ts';
import { DAY_MS, HOUR_MS } from './support.ts';

const part = fc.constantFrom('akimat_almaty', 'KZ-75', 'water', null);
const time = fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2040-01-01') });
const duration = fc.constantFrom(...ALERT_WINDOWS);

describe('the cell of an alert', () => {
  it('is read from the id that weighing gives a signal, and written the same', () => {
    fc.assert(
      fc.property(part, part, part, duration, time, (agency, region, theme, length, nowMs) => {
        const window = standingWindow(length, nowMs);
        const id = signalId({ agency, region, theme, window });
        const cell = parseSignalId(id);
        expect(cell).toEqual({ agency, region, theme, duration: length, ...window });
        expect(cell && signalIdOf(cell)).toBe(id);
        expect(cell && cellKey(cell)).toBe([agency, region, theme, length].map((name) => name ?? '-').join('/'));
      }),
    );
  });

  it('looks at the standing window of now and at the last that is over, as weighing cuts them', () => {
    fc.assert(
      fc.property(duration, time, (length, nowMs) => {
        const stepMs = length === 'PT1H' ? HOUR_MS : DAY_MS;
        const [over, current] = freshWindows(length, nowMs);
        expect(current).toEqual(standingWindow(length, nowMs));
        expect(over).toEqual(standingWindow(length, nowMs - stepMs));
        const cell = { agency: null, region: null, theme: null, duration: length };
        const older = standingWindow(length, nowMs - 2 * stepMs);
        expect([older, over, current].map((window) => window && isFresh({ ...cell, ...window }, nowMs))).toEqual([
          false,
          true,
          true,
        ]);
        expect(lastComplete({ ...cell, ...standingWindow(length, nowMs - 9 * DAY_MS) }, nowMs)).toMatchObject(
          over ?? {},
        );
      }),
    );
  });

  it('is not that of a window asked for by hand', () => {
    expect(parseSignalId('a/b/c/2026-03-01T00:00:00Z/PT90S')).toBeUndefined();
    expect(parseSignalId('a/b/c')).toBeUndefined();
  });
});
