import { expect, test } from 'vitest';
import { coverageCases, coverageOf } from '../../eval/coverage.ts';
import { weighing } from './support.ts';

const cases = coverageCases(weighing.settings).map((one) => [`${one.interval}, ${one.of}`, one] as const);

test.each(cases)('the 90 %% interval holds the truth as often as it says: %s', (_, one) => {
  const covered = coverageOf(one);
  expect(covered).toBeGreaterThanOrEqual(0.89);
  if (!one.isConservative) expect(covered).toBeLessThanOrEqual(0.92);
});
