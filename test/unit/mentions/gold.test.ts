import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { readGold, scoreMentions } from '../../eval/mentions.ts';
import { lists, settings } from './lists-of-project.ts';

test.each(['gold-posts.ndjson', 'gold-wording.ndjson'])('mentions of %s are as good as promised', (file) => {
  const scores = scoreMentions(readGold(join(PACKAGE_ROOT, 'fixtures', file)), lists, settings);
  expect(scores.agencies.f1).toBeGreaterThanOrEqual(0.95);
  expect(scores.agencies.exact).toBeGreaterThanOrEqual(0.92);
  expect(scores.themes.f1).toBeGreaterThanOrEqual(0.88);
  expect(scores.regionAccuracy).toBeGreaterThanOrEqual(0.95);
  expect(scores.falseAgency).toBeLessThanOrEqual(0.03);
});
