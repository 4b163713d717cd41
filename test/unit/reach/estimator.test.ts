import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLATFORMS } from '../../../src/post/post.ts';
import { createReachEstimator } from '../../../src/reach/estimator.ts';
import type { SeenPost } from '../../../src/reach/reach.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { loadReachRates } from '../../../src/signals/load.ts';

const rates = loadReachRates(join(PACKAGE_ROOT, 'pipelines/reach-rates.csv'));
const reach = createReachEstimator(rates);
const author = { id: 'a' };

const size = fc.option(fc.integer({ min: 0, max: 20_000_000 }), { nil: undefined });
const posts: fc.Arbitrary<SeenPost> = fc
  .record({
    platform: fc.constantFrom(...PLATFORMS),
    kind: fc.constantFrom('post' as const, 'comment' as const, 'repost' as const, 'message' as const),
    followers: size,
    members: size,
    channelKind: fc.constantFrom(
      'page' as const,
      'group' as const,
      'channel' as const,
      'media' as const,
      'agency' as const,
    ),
    onChannel: fc.boolean(),
    views: size,
    likes: size,
  })
  .map(({ platform, kind, followers, members, channelKind, onChannel, views, likes }) => ({
    platform,
    kind,
    author: { id: 'a', ...(followers !== undefined && { followers }) },
    ...(onChannel && { channel: { id: 'c', kind: channelKind, ...(members !== undefined && { members }) } }),
    metrics: { ...(views !== undefined && { views }), ...(likes !== undefined && { likes }) },
  }));

test('every post has an audience of whole persons, low ≤ mid ≤ high, and no fewer than liked it', () => {
  fc.assert(
    fc.property(posts, (post) => {
      const { low, mid, high } = reach(post);
      expect([low, mid, high].every((persons) => Number.isInteger(persons) && persons >= 0)).toBe(true);
      expect(low).toBeLessThanOrEqual(mid);
      expect(mid).toBeLessThanOrEqual(high);
      expect(low).toBeGreaterThanOrEqual(post.metrics?.likes ?? 0);
    }),
  );
});

test('where the platform shows views they decide, and nobody is counted who could not have seen it', () => {
  const seen = reach({ platform: 'telegram', kind: 'post', author, metrics: { views: 1000 } });
  expect(seen).toEqual({ low: 500, mid: 830, high: 1000 });
  const withMembers = reach({
    platform: 'telegram',
    kind: 'post',
    author,
    channel: { id: 'c', kind: 'channel', members: 9_000_000 },
    metrics: { views: 1000 },
  });
  expect(withMembers).toEqual(seen);
});

test('a larger account reaches a smaller share of its followers', () => {
  const share = (followers: number) =>
    reach({ platform: 'instagram', kind: 'post', author: { id: 'a', followers } }).mid / followers;
  expect(share(5_000)).toBeCloseTo(0.3, 3);
  expect(share(50_000)).toBeCloseTo(0.22, 3);
  expect(share(500_000)).toBeCloseTo(0.15, 3);
  expect(share(5_000_000)).toBeCloseTo(0.08, 3);
});

test('a comment reaches far fewer than the channel it stands under', () => {
  const channel = { id: 'c', kind: 'media' as const, members: 100_000 };
  const post = reach({ platform: 'instagram', kind: 'post', author, channel });
  const comment = reach({ platform: 'instagram', kind: 'comment', author, channel });
  expect(comment.mid).toBeLessThan(post.mid / 3);
});

test('a list that leaves a platform out is refused, and the message names it', () => {
  const withoutRest = rates.filter(({ platform }) => platform !== '*');
  expect(() => createReachEstimator(withoutRest)).toThrow(/no row for platform/);
});
