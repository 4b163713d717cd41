import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCoSharing } from '../../../src/weigh/coordination/co-sharing.ts';
import { networkOf } from '../../../src/weigh/coordination/network.ts';
import type { CoShare, CoSharingSettings, Share } from '../../../src/weigh/coordination/share.ts';

/** A few accounts, objects and seconds, so that shares meet; contents are sometimes reused, and may be an object. */
const shares: fc.Arbitrary<Share[]> = fc.array(
  fc.record({
    object: fc.constantFrom('o1', 'o2', 'o3'),
    account: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    content: fc.oneof(
      { weight: 9, arbitrary: fc.nat({ max: 20 }).map((n) => `p${n}`) },
      { weight: 1, arbitrary: fc.constant('o1') },
    ),
    atMs: fc.nat({ max: 20 }).map((seconds) => seconds * 500),
  }),
  { maxLength: 30, size: 'max' },
);
const settings = fc.record({ windowMs: fc.nat({ max: 4000 }), minParticipation: fc.integer({ min: 1, max: 4 }) });

test('shares taken in one by one, in any order of time, give the pairs of the definition after each of them', () => {
  fc.assert(
    fc.property(shares, settings, (all, rule) => {
      const sharing = createCoSharing(rule);
      const pairs: CoShare[] = [];
      for (const [i, share] of all.entries()) {
        pairs.push(...sharing.add(share));
        expect(pairs.map(textOf).sort()).toEqual(
          byDefinition(all.slice(0, i + 1), rule)
            .map(textOf)
            .sort(),
        );
      }
    }),
    { numRuns: 150 },
  );
});

test('an edge is coordinated when heavier than the quantile of all weights, and groups are counted over these', () => {
  const together = (accounts: [string, string], times: number) =>
    Array.from({ length: times }, (_, i): CoShare => {
      const [older, newer] = accounts.map((account) => ({
        object: `${account}${i}`,
        account,
        content: `${account}.${i}`,
        atMs: 0,
      }));
      if (older === undefined || newer === undefined) throw new Error('two accounts');
      return { older, newer, deltaMs: i * 1000 };
    });
  const pairs = [
    ...together(['a', 'b'], 3),
    ...together(['c', 'b'], 2),
    ...together(['d', 'e'], 1),
    ...together(['f', 'e'], 4),
  ];
  const { edges, summary } = networkOf(pairs, 0.25);
  expect(edges.map(({ from, to, weight, meanDeltaMs }) => [from, to, weight, meanDeltaMs])).toEqual([
    ['a', 'b', 3, 1000],
    ['b', 'c', 2, 500],
    ['d', 'e', 1, 0],
    ['e', 'f', 4, 1500],
  ]);
  expect(summary).toMatchObject({ pairs: 10, accounts: 6, edges: 4, maxWeight: 4, weightThreshold: 1.75 });
  expect(summary.coordinated).toEqual({ edges: 3, accounts: 5, components: 2, largestComponent: 3 });
});

test('of nothing the network is empty', () => {
  expect(networkOf([], 0.5).summary).toMatchObject({ pairs: 0, meanWeight: 0, coordinated: { components: 0 } });
});

function textOf({ older, newer }: CoShare): string {
  return [older.object, older.account, older.content, older.atMs, newer.account, newer.content, newer.atMs].join(' ');
}

/** The definition, word for word, over all shares at once. */
function byDefinition(all: readonly Share[], { windowMs, minParticipation }: CoSharingSettings): CoShare[] {
  const rank = [...new Set(all.map(({ account }) => account))];
  const rowsOf = (rows: readonly Share[], account: string) => rows.filter((row) => row.account === account).length;
  const active = all
    .filter(({ account }) => rowsOf(all, account) >= minParticipation)
    .toSorted((a, b) => a.atMs - b.atMs || rank.indexOf(a.account) - rank.indexOf(b.account));
  const close = active.flatMap((older, i) =>
    active
      .slice(i + 1)
      .filter((newer) => newer.object === older.object && newer.atMs - older.atMs <= windowMs)
      .filter((newer) => newer.account !== older.account && newer.content !== older.content)
      .filter((newer) => ![older.content, newer.content].includes(older.object))
      .map((newer): CoShare => ({ older, newer, deltaMs: newer.atMs - older.atMs })),
  );
  const paired = new Set(close.flatMap(({ older, newer }) => [older.content, newer.content]));
  const ofPaired = active.filter(({ content }) => paired.has(content));
  const counted = new Set(
    ofPaired.filter(({ account }) => rowsOf(ofPaired, account) >= minParticipation).map(({ content }) => content),
  );
  return close.filter(({ older, newer }) => counted.has(older.content) || counted.has(newer.content));
}
