import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Curve, heightAt } from '../../../src/weigh/curve.ts';
import { type Feature, fitCurves, type Judged } from '../../../src/weigh/train/fit-curves.ts';

const FEATURES: Feature[] = [
  { direction: 1, knots: [0, 1, 2, 4] },
  { direction: -1, knots: [-1, 0, 1] },
];
const KNOWN = { intercept: -0.5, rising: 1.2, falling: -1.5 };

/** Cells whose labels follow a known logistic rule, every other one without its second piece of evidence. */
function planted(count: number): Judged[] {
  let state = 7;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, () => {
    const [first, second] = [4 * uniform(), 2 * uniform() - 1];
    const logit = KNOWN.intercept + KNOWN.rising * (first - 2) + KNOWN.falling * second;
    return { values: [first, second], label: uniform() < 1 / (1 + Math.exp(-logit)) };
  });
}

test('the curves of a known rule are found again', () => {
  const { intercept, curves } = fitCurves(planted(4000), FEATURES, 1e-4);
  expect(intercept).toBeCloseTo(KNOWN.intercept, 0);
  const slope = (curve: Curve | undefined, from: number, to: number) =>
    curve === undefined ? Number.NaN : (heightAt(curve, to) - heightAt(curve, from)) / (to - from);
  expect(slope(curves[0], 0, 4)).toBeCloseTo(KNOWN.rising, 0);
  expect(slope(curves[1], -1, 1)).toBeCloseTo(KNOWN.falling, 0);
});

test('more of what speaks for a problem never lowers the score, whatever the cells say', () => {
  const cells = fc.array(
    fc.record({
      values: fc.tuple(
        fc.double({ min: -2, max: 6, noNaN: true }),
        fc.option(fc.double({ min: -2, max: 2, noNaN: true })),
      ),
      label: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(cells, (judged) => {
      const { curves } = fitCurves(judged, FEATURES, 1e-2);
      for (const [f, { add }] of curves.entries()) {
        const along = add.map((height) => (FEATURES[f]?.direction ?? 0) * height);
        expect(along).toEqual(along.toSorted((a, b) => a - b));
      }
    }),
    { numRuns: 30 },
  );
});

test('a curve is level outside its points and straight between them', () => {
  const curve = { at: [0, 2, 4], add: [-1, 0, 3] };
  expect([-9, 0, 1, 2, 3, 4, 9].map((x) => heightAt(curve, x))).toEqual([-1, -1, -0.5, 0, 1.5, 3, 3]);
});
