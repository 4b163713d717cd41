import fc from 'fast-check';
import { expect, test } from 'vitest';
import { residentsOf, STRATA, strataOf } from '../../../src/weigh/frame.ts';
import { trimWeights } from '../../../src/weigh/raking.ts';
import { representativenessOf } from '../../../src/weigh/representativeness.ts';
import { stratumWeights } from '../../../src/weigh/stratum-weights.ts';
import { NEIGHBOURS, weighing } from './support.ts';

const { frame, settings } = weighing;
const uncut = { minimumPanel: 20, largestWeight: 1e6 };
const fourOf = (min: number, max: number) => fc.array(fc.integer({ min, max }), { minLength: 4, maxLength: 4 });
const weighted = (panel: readonly number[], weights: readonly number[]) => panel.map((n, i) => n * (weights[i] ?? 0));
const shareOf = (of: readonly number[], has: (stratum: (typeof STRATA)[number]) => boolean) =>
  residentsOf(of.filter((_, i) => STRATA[i] !== undefined && has(STRATA[i]))) / residentsOf(of);

test('raked writers stand for town and village, and for both languages, as the residents do; post-stratified ones for each stratum', () => {
  fc.assert(
    fc.property(fourOf(10_000, 900_000), fourOf(20, 3000), (residents, panel) => {
      const raked = weighted(panel, stratumWeights(residents, panel, { ...uncut, weighting: 'rake' }));
      const isUrban = ({ settlement }: (typeof STRATA)[number]) => settlement === 'urban';
      const isKazakh = ({ language }: (typeof STRATA)[number]) => language === 'kk';
      for (const has of [isUrban, isKazakh]) expect(shareOf(raked, has)).toBeCloseTo(shareOf(residents, has), 5);
      const stratified = weighted(panel, stratumWeights(residents, panel, { ...uncut, weighting: 'post-stratify' }));
      for (const of of [raked, stratified]) expect(residentsOf(of)).toBeCloseTo(residentsOf(panel), 4);
      stratified.forEach((count, i) => {
        expect(count / residentsOf(panel)).toBeCloseTo((residents[i] ?? 0) / residentsOf(residents), 9);
      });
    }),
  );
});

test('weights are positive and within bounds, and those cut keep their sum, whoever writes', () => {
  fc.assert(
    fc.property(fourOf(0, 900_000), fourOf(0, 500), (residents, panel) => {
      fc.pre(residentsOf(residents) > 0);
      const { largestWeight } = settings.population;
      for (const weighting of ['rake', 'post-stratify'] as const) {
        for (const weight of stratumWeights(residents, panel, { ...settings.population, weighting })) {
          expect(weight).toBeGreaterThanOrEqual(1 / largestWeight - 1e-9);
          expect(weight).toBeLessThanOrEqual(largestWeight + 1e-9);
        }
      }
    }),
  );
});

test('weights of groups are trimmed as those of their persons', () => {
  const groups = fc.array(fc.tuple(fc.double({ min: 0.05, max: 20, noNaN: true }), fc.integer({ min: 1, max: 9 })), {
    minLength: 1,
    maxLength: 6,
  });
  fc.assert(
    fc.property(groups, (of) => {
      const persons = of.flatMap(([weight, count]) => Array.from({ length: count }, () => weight));
      const single = trimWeights(persons, 0.3, 3);
      const grouped = trimWeights(
        of.map(([weight]) => weight),
        0.3,
        3,
        of.map(([, count]) => count),
      );
      expect(of.flatMap(([, count], i) => Array.from({ length: count }, () => grouped[i]))).toEqual(
        single.map((weight) => expect.closeTo(weight, 9)),
      );
    }),
  );
});

test('which of the two is a setting of the pipeline', () => {
  const residents = strataOf(frame, 'KZ-61');
  const strata = STRATA.map(({ settlement, language }, i) => ({
    settlement,
    language,
    authors: [80, 20, 25, 60][i] ?? 0,
  }));
  const evidence = {
    ...NEIGHBOURS,
    region: 'KZ-61',
    strata,
    panel: strata.map((row) => ({ ...row, authors: 9 * row.authors })),
  };
  const rateBy = (weighting: 'rake' | 'post-stratify') =>
    representativenessOf(evidence, frame, { ...settings, population: { ...settings.population, weighting } }).rate
      .per100k;
  expect(residents.every((count) => count > 0)).toBe(true);
  expect(rateBy('rake')).not.toBeCloseTo(rateBy('post-stratify'), 1);
  expect(settings.population.weighting).toBe('post-stratify');
});
