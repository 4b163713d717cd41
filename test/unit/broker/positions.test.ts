import { describe, expect, it } from 'vitest';
import { Positions } from '../../../src/broker/positions.ts';

describe('The position in a partition', () => {
  it('starts where the first records start, and then expects no gap', () => {
    const positions = new Positions();
    expect(positions.judge('t', 0, 5n, 9n)).toEqual({ take: true, skipped: 0n });
    expect(positions.judge('t', 0, 9n, 12n)).toEqual({ take: true, skipped: 0n });
    expect(positions.judge('t', 1, 70n, 80n)).toEqual({ take: true, skipped: 0n });
  });

  it('refuses records that a fetch from before a rewind still returns, and asks for the right ones', () => {
    const positions = new Positions();
    positions.judge('t', 0, 0n, 100n);
    positions.rewind('t', 0, 40n);
    positions.rewind('t', 0, 60n);
    expect(positions.judge('t', 0, 100n, 150n)).toEqual({ take: false, seek: 40n });
    expect(positions.judge('t', 0, 40n, 90n)).toEqual({ take: true, skipped: 0n });
  });

  it('goes on after a gap when asking again yields the same, and counts what is gone', () => {
    const positions = new Positions();
    positions.judge('t', 0, 0n, 10n);
    expect(positions.judge('t', 0, 25n, 30n)).toEqual({ take: false, seek: 10n });
    expect(positions.judge('t', 0, 25n, 30n)).toEqual({ take: true, skipped: 15n });
    expect(positions.judge('t', 0, 30n, 40n)).toEqual({ take: true, skipped: 0n });
  });

  it('passes over records that are never shown, but only where it stands', () => {
    const positions = new Positions();
    positions.judge('t', 0, 0n, 10n);
    positions.skip('t', 0, 10n, 12n);
    expect(positions.of('t', 0)).toBe(12n);
    positions.skip('t', 0, 50n, 60n);
    expect(positions.of('t', 0)).toBe(12n);
  });

  it('is forgotten with the partition', () => {
    const positions = new Positions();
    positions.judge('t', 0, 0n, 10n);
    positions.judge('t', 1, 0n, 10n);
    positions.retain([{ topic: 't', partition: 1 }]);
    // Which of two fetches belongs to the new ownership shows when fetching again.
    expect(positions.judge('t', 0, 10n, 20n)).toEqual({ take: false });
    expect(positions.judge('t', 0, 500n, 600n)).toEqual({ take: false });
    expect(positions.judge('t', 0, 500n, 600n)).toEqual({ take: true, skipped: 0n });
    expect(positions.judge('t', 1, 500n, 600n)).toEqual({ take: false, seek: 10n });
  });
});
