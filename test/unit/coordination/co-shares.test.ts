import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { Random } from '../../../src/random.ts';
import { evaluateWindow } from '../../../src/signals/evaluate.ts';
import { sharedMoments } from '../../../src/store/queries/co-shares.ts';
import type { PostRow } from '../../../src/store/rows.ts';
import { benjaminiHochberg } from '../../../src/weigh/benjamini-hochberg.ts';
import { gather, type Moment, rarityOf, weighPairs } from '../../../src/weigh/coordination/co-shares.ts';
import { chanceOf, findRings } from '../../../src/weigh/coordination/rings.ts';
import { DAY, embeddedStore, HOUR_MS, postRow } from '../signals/support.ts';
import { weighing } from '../weigh/support.ts';

const { shares: settings } = weighing.settings.amplification;

interface Act {
  author: bigint;
  object: string;
  moment: number;
}

/** By definition: of each object and stretch of time who shared it, where that were several. */
function momentsOf(acts: readonly Act[]): Moment[] {
  const moments = new Map<string, { object: string; accounts: Set<string> }>();
  for (const { author, object, moment } of acts) {
    const key = `${object} ${moment}`;
    const known = moments.get(key) ?? { object, accounts: new Set() };
    moments.set(key, known);
    known.accounts.add(String(author));
  }
  return [...moments.values()].flatMap(({ object, accounts }) =>
    accounts.size < 2 ? [] : [{ object, size: accounts.size, accounts: [...accounts].sort() }],
  );
}

describe('who shares the same things at the same time', () => {
  test('a pair weighs the rarity of its common objects, each once', () => {
    const acts = fc.array(
      fc.record({
        author: fc.bigInt({ min: 1n, max: 6n }),
        object: fc.constantFrom('1', '2', '3', '4'),
        moment: fc.nat({ max: 2 }),
      }),
      { maxLength: 40, size: 'max' },
    );
    fc.assert(
      fc.property(acts, (all) => {
        const moments = momentsOf(all);
        const { accounts: authors, objects: gathered } = gather(moments, 200);
        const pairs = weighPairs(
          gathered,
          authors.map(() => 2),
        );
        const found = new Map(pairs.map((pair) => [`${authors[pair.a]} ${authors[pair.b]}`, pair]));
        for (const [i, a] of authors.entries()) {
          for (const b of authors.slice(i + 1)) {
            const common = moments.filter(({ accounts }) => accounts.includes(a) && accounts.includes(b));
            const objects = [...new Set(common.map(({ object }) => object))];
            const sharersOf = (object: string) =>
              moments.reduce((sum, one) => sum + (one.object === object ? one.size : 0), 0);
            const weight = objects.reduce((sum, object) => sum + rarityOf(sharersOf(object)), 0);
            const pair = found.get(`${a} ${b}`);
            expect(pair?.objects ?? 0).toBe(objects.length);
            expect(pair?.weight ?? 0).toBeCloseTo(weight, 10);
          }
        }
      }),
    );
  });

  test('five among a crowd of three hundred are found, and nobody else', () => {
    for (const seed of [1, 2, 3]) {
      const random = new Random(seed);
      const crowd = Array.from({ length: 1500 }, () => ({
        author: BigInt(random.between(1, 300)),
        object: String(random.between(1, 120)),
        moment: random.between(0, 4),
      }));
      expect(findRings(momentsOf(crowd), settings)).toEqual([]);
      const hired = [1001n, 1002n, 1003n, 1004n, 1005n];
      const orders = Array.from({ length: 7 }, (_, order) =>
        hired.map((author) => ({ author, object: String(900 + order), moment: order })),
      ).flat();
      const [ring, ...others] = findRings(momentsOf([...crowd, ...orders]), settings);
      expect(others).toEqual([]);
      expect(ring?.accounts.toSorted()).toEqual(hired);
      expect(ring?.objects.toSorted()).toEqual([900n, 901n, 902n, 903n, 904n, 905n, 906n]);
    }
  });

  test('accounts that share thousands of things together are found however much of all that is shared is theirs', () => {
    const random = new Random(5);
    const crowd = Array.from({ length: 30_000 }, (_, object) => ({
      object: String(object),
      size: 3,
      accounts: Array.from({ length: 3 }, (_, i) => String(1 + 3 * random.between(0, 9_999) + i)),
    }));
    const farm = Array.from({ length: 60 }, (_, i) => String(100_000 + i));
    const orders = Array.from({ length: 1_500 }, (_, order) => ({
      object: String(1_000_000 + order),
      size: farm.length,
      accounts: farm,
    }));
    const [ring, ...others] = findRings([...crowd, ...orders], settings);
    expect(others).toEqual([]);
    expect(ring?.accounts.map(String).sort()).toEqual(farm);
    expect(ring?.objects).toHaveLength(orders.length);
  });

  test('what everybody shares joins nobody, as often as it may be', () => {
    const random = new Random(4);
    const everybody = Array.from({ length: 20 }, (_, object) =>
      Array.from({ length: 150 }, (_, author) => ({
        author: BigInt(author + 1),
        object: String(object),
        moment: random.between(0, 2),
      })),
    ).flat();
    expect(findRings(momentsOf(everybody), settings)).toEqual([]);
    expect(findRings([], settings)).toEqual([]);
  });

  test('the chance of a weight is the tail of a negative binomial', () => {
    const totals = { acts: 200, weight: 300, squares: 600 };
    const [size, unit] = [settings.dispersion, 2];
    const mean = (12 * totals.weight) / totals.acts ** 2 / unit;
    // P(N = n) = Γ(n + r)/(n! Γ(r)) · (r/(r + m))^r · (m/(r + m))^n, added up from below.
    let [term, below] = [(size / (size + mean)) ** size, 0];
    for (let n = 1; n < 12; n++) {
      below += term;
      term *= ((n - 1 + size) / n) * (mean / (size + mean));
      expect(chanceOf(n * unit, 12, totals, size)).toBeCloseTo(1 - below, 12);
    }
  });

  test('Benjamini and Hochberg call the first four of their own fifteen', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    expect(benjaminiHochberg(p).map((q) => q <= 0.05)).toEqual(p.map((_, i) => i < 4));
  });
});

describe('in the store', () => {
  const { store, empty } = embeddedStore();
  beforeEach(empty);

  test('moments are those of the definition: one object a post, shares of outlets left out', async () => {
    const posts = fc.array(
      fc.record({
        author: fc.bigInt({ min: 1n, max: 5n }),
        minutes: fc.nat({ max: 40 }),
        what: fc.constantFrom('link', 'other link', 'repost', 'copy', 'own', 'outlet'),
      }),
      { maxLength: 25, size: 'max' },
    );
    await fc.assert(
      fc.asyncProperty(posts, async (all) => {
        await empty();
        const rows = all.map(({ author, minutes, what }, i) =>
          postRow({ id: String(i), author, published_at: DAY.fromMs + minutes * 60_000, ...SHARED[what] }),
        );
        await store().insert('posts', rows);
        const shared = all.filter(({ what }) => what !== 'own' && what !== 'outlet');
        const expected = momentsOf(
          shared.map(({ author, minutes, what }) => ({ author, object: what, moment: Math.floor(minutes / 10) })),
        );
        const range = { from: DAY.fromMs, to: DAY.toMs, withinMinutes: 10 };
        const found = await store().query(sharedMoments, { ...range, mostSharers: 5 });
        const objectsOf = (moments: readonly Moment[]) => new Set(moments.map(({ object }) => object)).size;
        const shape = (moments: readonly Moment[]) =>
          moments.map(({ size, accounts }) => `${size}: ${accounts}`).sort();
        expect(objectsOf(found)).toBe(objectsOf(expected));
        const sharersOf = (object: string) =>
          expected.reduce((sum, one) => sum + (one.object === object ? one.size : 0), 0);
        expect(shape(found)).toEqual(
          shape(expected.map((moment) => (sharersOf(moment.object) > 5 ? { ...moment, accounts: [] } : moment))),
        );
      }),
      { numRuns: 15 },
    );
  });

  test('a cell counts the posts by which a ring shares, once the last of them has come; own words of the same accounts are their own', async () => {
    const random = new Random(1);
    const crowd = Array.from({ length: 600 }, (_, i) =>
      postRow({
        id: `c${i}`,
        author: BigInt(random.between(100, 300)),
        published_at: DAY.fromMs + random.between(0, 23 * HOUR_MS),
        links: [BigInt(random.between(1, 15))],
        themes: ['roads'],
      }),
    );
    const pushed = Array.from({ length: 6 }, (_, order) =>
      Array.from({ length: 6 }, (_, account) =>
        postRow({
          id: `p${order}.${account}`,
          author: BigInt(account + 1),
          published_at: DAY.fromMs + (order + 1) * HOUR_MS + account * 60_000,
          links: [BigInt(1000 + order)],
        }),
      ),
    ).flat();
    const own = Array.from({ length: 6 }, (_, account) =>
      postRow({ id: `o${account}`, author: BigInt(account + 1), themes: ['heating'] }),
    );
    const shareOf = async (theme: string) => {
      const signals = await evaluateWindow(store(), DAY, weighing, { nowMs: DAY.toMs });
      return signals.find((signal) => signal.theme === theme)?.amplification.coordinatedShare;
    };
    await store().insert('posts', [...crowd, ...own, ...pushed.slice(0, 6)]);
    expect(await shareOf('water')).toBe(0);
    await store().insert('posts', pushed.slice(6));
    expect(await shareOf('water')).toBe(1);
    expect(await shareOf('heating')).toBe(0);
    expect(await shareOf('roads')).toBe(0);
  });
});

const SHARED: Record<string, Partial<PostRow>> = {
  link: { links: [7n, 9n] },
  'other link': { links: [8n], copy: true, cluster: 'vk:1' },
  repost: { repost_of: 'x', kind: 'repost', copy: true, cluster: 'vk:1' },
  copy: { copy: true, cluster: 'vk:1' },
  own: {},
  outlet: { links: [7n], channel_kind: 'media', channel: 1n },
};
