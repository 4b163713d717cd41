import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { type Comparison, compareStatistics, differenceOf } from '../../eval/statistics.ts';

const comparisons = compareStatistics(join(PACKAGE_ROOT, 'fixtures/oracles'));
const isWeight = ({ statistic }: Comparison) => /weights$/.test(statistic);

test('every statistic equals its oracle to nine digits', () => {
  expect(comparisons.length).toBeGreaterThan(280);
  expect(comparisons.filter((row) => !isWeight(row) && !(differenceOf(row) <= 1e-9))).toEqual([]);
});

test('raking, trimmed and post-stratification weights equal those of R survey to six digits', () => {
  expect(comparisons.filter(isWeight)).toHaveLength(180);
  expect(comparisons.filter((row) => isWeight(row) && !(differenceOf(row) <= 1e-6))).toEqual([]);
});

test('data defect correlations are right to the twelfth digit', () => {
  const rows = comparisons.filter(({ statistic }) => statistic.startsWith('data defect'));
  expect(rows.filter(({ ours, oracle }) => Math.abs(ours - oracle) > 1e-12)).toEqual([]);
});
