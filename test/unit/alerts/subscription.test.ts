import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { closeBelow, subscriptionSchema, subscriptionsSchema, topicOf } from '../../../src/alerts/subscription.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';

const FOLDER = join(PACKAGE_ROOT, 'pipelines/subscriptions');

describe('a subscription', () => {
  it('needs a name and nothing else', () => {
    const subscription = subscriptionSchema.parse({ name: 'all' });
    expect(subscription.verdicts).toEqual(['emergency', 'systemic', 'silent', 'emerging']);
    expect(subscription.windows).toEqual(['P1D']);
    expect(closeBelow(subscription)).toBeLessThan(subscription.minScore);
    expect(topicOf('all')).toBe('alerts.all');
  });

  it.each([
    { name: 'Over Here' },
    { name: '../etc' },
    { name: 'a'.repeat(101) },
    { name: 'a', agencies: [] },
    { name: 'a', regions: ['KZ'] },
    { name: 'a', verdicts: ['bad'] },
    { name: 'a', minScore: 1.1 },
    { name: 'a', windows: ['P2D'] },
    { name: 'a', minScore: 0.5, hysteresis: { closeBelow: 0.6 } },
    { name: 'a', minscore: 0.5 },
  ])('is refused: %j', (settings) => {
    expect(subscriptionSchema.safeParse(settings).success).toBe(false);
  });

  it('has a name of its own', () => {
    const { error } = subscriptionsSchema.safeParse([{ name: 'a' }, { name: 'b' }, { name: 'a' }]);
    expect(error?.issues.map(({ path }) => path)).toEqual([[2, 'name']]);
  });
});

describe('the subscriptions that come with the project', () => {
  it('are good, and named as their files', () => {
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'));
    const read = files.map((file) => parse(readFileSync(join(FOLDER, file), 'utf8')));
    expect(subscriptionsSchema.parse(read).map(({ name }) => `${name}.yaml`)).toEqual(files);
    expect(files.length).toBeGreaterThanOrEqual(3);
  });
});
