import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { evaluateWindow } from '../../../src/signals/evaluate.ts';
import { amplificationOf } from '../../../src/weigh/amplification.ts';
import { expectHours } from '../../../src/weigh/coordination/bursts.ts';
import { noEvidence, type TraitEvidence } from '../../../src/weigh/evidence.ts';
import { areaUnderCurve, scoreWorld } from '../../eval/coordination/amplification.ts';
import { concertedWorld } from '../../eval/coordination/world.ts';
import { DAY, embeddedStore, HOUR_MS, postRow } from '../signals/support.ts';
import { cell, evidences, weighing } from '../weigh/support.ts';

const { store, empty } = embeddedStore();
const { amplification: settings } = weighing.settings;

beforeEach(empty);

test('what few hands do is told from emergencies, news, fans and neighbours, in worlds not looked at before', async () => {
  const cells = [];
  for (const seed of [201, 202]) {
    await empty();
    cells.push(...(await scoreWorld(store(), concertedWorld(seed), weighing)));
  }
  expect(areaUnderCurve(cells)).toBeGreaterThan(0.93);
  expect(cells.filter(({ isAmplified, probability }) => !isAmplified && probability > 0.5)).toEqual([]);
});

test('accounts that began to speak together on two regions’ matters are coordinated wherever they speak; neighbours of two streets are not', async () => {
  const together = (id: string, accounts: number, change: Partial<Parameters<typeof postRow>[0]>) =>
    Array.from({ length: accounts }, (_, i) =>
      postRow({ id: `${id}${i}`, author: BigInt(i + 1), published_at: DAY.fromMs + i * 60_000, ...change }),
    );
  const others = Array.from({ length: 300 }, (_, i) =>
    postRow({
      id: `o${i}`,
      author: BigInt(1000 + i),
      region: ['KZ-10', 'KZ-35', 'KZ-61'][i % 3] ?? '',
      themes: [['roads', 'water', 'heating', 'schools'][i % 4] ?? ''],
    }),
  );
  const shares = async () =>
    new Map(
      (await evaluateWindow(store(), DAY, weighing, { nowMs: DAY.toMs })).map(({ id, amplification }) => [
        id.split('/').slice(1, 3).join('/'),
        amplification.coordinatedShare,
      ]),
    );
  const pool = [
    ...together('a', 15, { region: 'KZ-19', themes: ['ecology'] }),
    ...together('b', 15, { region: 'KZ-79', themes: ['transport'] }),
    ...together('c', 15, { region: '', themes: ['housing'] }),
  ];
  await store().insert('posts', [...others, ...pool]);
  const found = await shares();
  expect([found.get('KZ-19/ecology'), found.get('KZ-79/transport'), found.get('-/housing')]).toEqual([1, 1, 1]);
  expect(found.get('KZ-10/roads')).toBe(0);

  await empty();
  const neighbours = [
    ...together('a', 15, { region: 'KZ-19', themes: ['ecology'] }),
    ...together('b', 15, { region: 'KZ-19', themes: ['transport'], published_at: DAY.fromMs + 5 * HOUR_MS }),
  ];
  await store().insert('posts', [...others, ...neighbours]);
  expect((await shares()).get('KZ-19/transport')).toBe(0);
});

test('no sign lowers the probability, and without any a cell of own words is not amplified', () => {
  const stronger = (trait: TraitEvidence): TraitEvidence => ({ ...trait, posts: trait.known, accounts: 10 });
  fc.assert(
    fc.property(evidences, (evidence) => {
      const { concert } = evidence;
      const { probability } = amplificationOf(evidence, settings);
      for (const more of [
        { young: stronger(concert.young) },
        { small: stronger(concert.small) },
        { pooled: concert.persons },
        { coShared: concert.persons },
        { hours: { seen: 0, expected: 9 } },
      ]) {
        const signed = { ...evidence, concert: { ...concert, ...more } };
        expect(amplificationOf(signed, settings).probability).toBeGreaterThanOrEqual(probability - 1e-12);
      }
    }),
  );
  const own = { ...noEvidence(cell), posts: 200, statements: 200, voices: [[1, 200]] as const };
  const unsigned = { ...own, concert: { ...own.concert, persons: 200 } };
  expect(amplificationOf(unsigned, settings).probability).toBeLessThan(1e-3);
});

test('reposts alone, however many, are no amplification; by young accounts they are', () => {
  const reposted = { ...noEvidence(cell), posts: 500, statements: 20, voices: [[1, 20]] as const };
  const concert = { ...reposted.concert, persons: 500 };
  expect(amplificationOf({ ...reposted, concert }, settings)).toMatchObject({ copyShare: 0.96 });
  expect(amplificationOf({ ...reposted, concert }, settings).probability).toBeLessThan(0.05);
  const young = { known: 500, posts: 480, accounts: 10, usual: 0.1 };
  expect(amplificationOf({ ...reposted, concert: { ...concert, young } }, settings).probability).toBeGreaterThan(0.9);
});

test('one young account, however loud, speaks for itself only', () => {
  const alone = { ...noEvidence(cell), posts: 50, statements: 50, voices: [[50, 1]] as const };
  const young = { known: 50, posts: 50, accounts: 1, usual: 0.1 };
  const { probability } = amplificationOf({ ...alone, concert: { ...alone.concert, persons: 50, young } }, settings);
  expect(probability).toBeLessThan(0.01);
});

test('as many statements as hours fill at most these hours, and fewer the more they cluster', () => {
  const rhythm = Array.from({ length: 24 }, (_, hour) => 1 + (hour % 12));
  const [even, clustered] = [expectHours(rhythm, 100), expectHours(rhythm, 0.5)];
  for (const statements of [1, 10, 1000]) {
    expect(clustered(statements)).toBeLessThan(even(statements));
    expect(even(statements)).toBeLessThanOrEqual(Math.min(24, statements));
  }
  // A Poisson process is the limit of large sizes: Σ 1 − exp(−10·pₕ).
  const all = rhythm.reduce((sum, posts) => sum + posts, 0);
  const poisson = rhythm.reduce((sum, posts) => sum + 1 - Math.exp((-10 * posts) / all), 0);
  expect(expectHours(rhythm, 1e7)(10)).toBeCloseTo(poisson, 5);
  expect(expectHours([], 1)(10)).toBe(0);
});
