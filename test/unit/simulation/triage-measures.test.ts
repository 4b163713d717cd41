import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auc, calibrationError, median, ndcg, spearman } from '../../eval/triage/measures.ts';

const values = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 3, maxLength: 40 });

describe('the measures of triage', () => {
  it("gives Spearman's published example", () => {
    const iq = [106, 86, 100, 101, 99, 103, 97, 113, 112, 110];
    const hours = [7, 0, 27, 50, 28, 29, 20, 12, 6, 17];
    expect(spearman(iq, hours)).toBeCloseTo(-29 / 165, 12);
  });

  it('cares for order alone, in rank correlation and in area under the curve', () => {
    fc.assert(
      fc.property(values, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (scores, labels) => {
        const grown = scores.map((score) => Math.exp(score / 5));
        const truth = scores.map((_, i) => (i * 7) % 11);
        expect(spearman(grown, truth)).toBeCloseTo(spearman(scores, truth), 12);
        const positive = labels.slice(0, scores.length);
        fc.pre(positive.includes(true) && positive.includes(false));
        const turned = scores.map((score) => -score);
        expect(auc(turned, positive)).toBeCloseTo(1 - auc(scores, positive), 12);
        expect(auc(grown, positive)).toBeCloseTo(auc(scores, positive), 12);
      }),
    );
  });

  it('holds the order of the gains for the best there is, and no order of ties for better than another', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 30 }), (gains) => {
        expect(ndcg(gains, gains, 10)).toBeCloseTo(1, 12);
        const flat = gains.map(() => 0);
        expect(ndcg(flat, gains, 10)).toBeCloseTo(ndcg(flat, gains.toReversed(), 10), 12);
        expect(ndcg(flat, gains, 10)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('finds no calibration error where as many come true as were said to, and all of it where none does', () => {
    const scores = Array.from({ length: 100 }, () => 0.25);
    expect(
      calibrationError(
        scores,
        Array.from(scores, (_, i) => i % 4 === 0),
      ),
    ).toBeCloseTo(0, 12);
    expect(calibrationError([1, 1, 1], [false, false, false])).toBe(1);
  });

  it('takes the mean of the two in the middle for the median of an even number', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([5, 1, 3])).toBe(3);
  });
});
