import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allocate, fullyKnown } from '../../../src/weigh/allocation.ts';
import { fayFeuer } from '../../../src/weigh/fay-feuer.ts';
import { residentsOf, strataOf } from '../../../src/weigh/frame.ts';
import { gammaPoisson, gammaRatio, poissonRate, wilson } from '../../../src/weigh/intervals.ts';
import { netReach } from '../../../src/weigh/net-reach.ts';
import { signalSchema } from '../../../src/weigh/signal.ts';
import { stratumWeights } from '../../../src/weigh/stratum-weights.ts';
import { items, sum, voicesOf } from '../../../src/weigh/voices.ts';
import { weighCell } from '../../../src/weigh/weigh-cell.ts';
import { audiences, evidences, histograms, weighing } from './support.ts';

const { frame, settings } = weighing;
const events = fc.integer({ min: 0, max: 5000 });
const exposure = fc.double({ min: 0.01, max: 1e6, noNaN: true });
const prior = { shape: 0.5, rate: 0.5 };

test('whatever a store may give, the signal is the contract’s, and the same evidence gives the same bytes', () => {
  fc.assert(
    fc.property(evidences, (evidence) => {
      const signal = weighCell(evidence, frame, settings);
      expect(signalSchema.parse(signal)).toEqual(signal);
      expect(JSON.stringify(weighCell(structuredClone(evidence), frame, settings))).toBe(JSON.stringify(signal));
    }),
  );
});

test('the parts of a verdict add up to its score', () => {
  fc.assert(
    fc.property(evidences, (evidence) => {
      const { score, reasons } = weighCell(evidence, frame, settings).verdict;
      const logOdds = reasons.reduce((total, { contribution }) => total + contribution, settings.score.intercept);
      // A part below 0.1 is not said, the others are said to two digits: ten parts at most.
      expect(Math.abs(Math.log(score / (1 - score)) - logOdds)).toBeLessThan(10 * 0.1);
    }),
  );
});

test('an interval holds its estimate', () => {
  fc.assert(
    fc.property(events, events, exposure, exposure, (x, y, t, s) => {
      for (const { value, low, high } of [
        gammaRatio({ events: x, exposure: t }, { events: y, exposure: s }, prior, 0.9),
        { value: x / t, ...poissonRate(x, t, 0.9) },
        { value: x / (x + y + 1), ...wilson(x, x + y + 1, 0.9) },
        fayFeuer([x, y], [t, s], 0.9),
      ]) {
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
      }
      expect(gammaPoisson(x, t, prior, 0.9).low).toBeLessThan(gammaPoisson(x, t, prior, 0.9).high);
    }),
  );
});

test('more appeals never weaken a cell', () => {
  fc.assert(
    fc.property(evidences, fc.integer({ min: 1, max: 100 }), (evidence, more) => {
      const known = { ...evidence.appeals, known: true };
      const before = weighCell({ ...evidence, appeals: known }, frame, settings);
      const after = weighCell({ ...evidence, appeals: { ...known, recent: known.recent + more } }, frame, settings);
      expect(after.verdict.score).toBeGreaterThanOrEqual(before.verdict.score);
    }),
  );
});

test('copies raise neither voices nor rate nor score', () => {
  fc.assert(
    fc.property(evidences, fc.integer({ min: 1, max: 1000 }), (evidence, copies) => {
      fc.pre(evidence.posts > 0 && evidence.thanks === 0);
      const before = weighCell(evidence, frame, settings);
      const after = weighCell(
        { ...evidence, posts: evidence.posts + copies, authors: evidence.authors + copies },
        frame,
        settings,
      );
      expect(after.voices).toEqual(before.voices);
      expect(after.representativeness).toEqual(before.representativeness);
      expect(after.verdict.score).toBeLessThanOrEqual(before.verdict.score);
    }),
  );
});

test('effective voices lie between one and the number of authors', () => {
  fc.assert(
    fc.property(histograms, (statements) => {
      fc.pre(statements.length > 0);
      const { effective, gini, top10Share } = voicesOf(statements);
      expect(effective).toBeGreaterThan(1 - 1e-9);
      expect(effective).toBeLessThan(items(statements) * (1 + 1e-9));
      expect(gini).toBeGreaterThan(-1e-9);
      expect(gini).toBeLessThan(1);
      expect(top10Share * sum(statements)).toBeGreaterThan(sum(statements) / 10 - 1e-9);
    }),
  );
});

test('reach is a band within the residents, and one audience more never lowers its upper end', () => {
  fc.assert(
    fc.property(audiences, audiences, (some, more) => {
      const residents = 2_000_000;
      const before = netReach(some, residents, settings.reach);
      const after = netReach([...some, ...more], residents, settings.reach);
      expect(before.low).toBeLessThanOrEqual(before.mid);
      expect(before.mid).toBeLessThanOrEqual(before.high);
      expect(before.high).toBeLessThanOrEqual(residents);
      expect(after.low).toBeGreaterThanOrEqual(before.low);
      expect(after.high).toBeGreaterThanOrEqual(before.high * (1 - 1e-12));
    }),
  );
});

test('spreading authors over strata loses none, and weights are positive and bounded', () => {
  fc.assert(
    fc.property(evidences, ({ region, strata, panel }) => {
      const residents = strataOf(frame, region);
      const known = fullyKnown(panel);
      const spread = allocate(strata, known, residents, settings.population.unknownPrior);
      const authors = strata.reduce((total, { authors: count }) => total + count, 0);
      expect(residentsOf(spread)).toBeCloseTo(authors, 6);
      expect(Math.min(...spread)).toBeGreaterThanOrEqual(0);

      const writers = allocate(panel, known, residents, settings.population.unknownPrior);
      for (const weight of stratumWeights(residents, writers, settings.population)) {
        expect(weight).toBeGreaterThan(0);
        expect(weight).toBeLessThanOrEqual(settings.population.largestWeight);
      }
    }),
  );
});

test('a breakdown by stratum is given from so many persons on, and parts that are told add up to the unevenness of the whole', () => {
  fc.assert(
    fc.property(evidences, (evidence) => {
      const { strata, index } = weighCell(evidence, frame, settings).representativeness;
      const persons = evidence.strata.reduce((total, { authors }) => total + authors, 0);
      if (persons < settings.breakdownFrom) expect(strata).toBeUndefined();
      else expect(strata?.length).toBeGreaterThan(0);
      if (strata?.length === 4 && strata.every(({ atMost }) => atMost === undefined)) {
        const cv2 = strata.reduce((total, { partial }) => total + partial ** 2, 0);
        expect(1 / (1 + cv2)).toBeCloseTo(index, 4);
      }
    }),
  );
});

test('the more the loud weigh, the fewer voices there are: Hill numbers of order 0, 1 and 2 descend', () => {
  fc.assert(
    fc.property(histograms, (statements) => {
      const { distinct, hill1, effective } = voicesOf(statements);
      expect(hill1).toBeLessThanOrEqual(distinct + 1e-9);
      expect(effective).toBeLessThanOrEqual(hill1 + 1e-9);
      expect(effective > 0).toBe(distinct > 0);
    }),
  );
});

test('unseen persons are added, never taken away', () => {
  fc.assert(
    fc.property(histograms, (statements) => {
      const { distinct, atLeast } = voicesOf(statements);
      expect(distinct).toBe(items(statements));
      expect(atLeast).toBeGreaterThanOrEqual(distinct);
    }),
  );
});
