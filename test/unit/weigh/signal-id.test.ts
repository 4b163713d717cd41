import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSignalId, signalId } from '../../../src/weigh/signal-id.ts';

const part = fc.option(fc.stringMatching(/^[a-zA-Z][\w-]{0,20}$/));

test('a signal id names the cell and the window it was made of', () => {
  fc.assert(
    fc.property(
      fc.record({
        agency: part,
        region: part,
        theme: part,
        window: fc
          .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 4e10 }))
          .map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs })),
      }),
      (cell) => {
        expect(parseSignalId(signalId(cell))).toEqual(cell);
      },
    ),
  );
});

test.each([
  '',
  'water',
  'a/b/c/2026-03-01T00:00:00Z',
  'a/b/c/soon/P1D',
  'a/b/c/2026-03-01T00:00:00Z/P0D',
  'a/b/c/2026-02-31T00:00:00Z/P1D',
  'a/b/c/2026/P1D',
  'a/b/c/1969-12-31T00:00:00Z/P7D',
  'a/b/c/d/e/f',
])('"%s" is no signal id', (id) => expect(parseSignalId(id)).toBeNull());
