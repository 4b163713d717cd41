import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CellPersons, shareUnplaced } from '../../../src/weigh/unplaced.ts';
import { weighing } from './support.ts';

const settings = weighing.settings.population;
const cells = fc
  .array(
    fc.record({
      agency: fc.constantFrom('', 'a', 'b'),
      region: fc.constantFrom('', 'KZ-75', 'KZ-61', 'KZ-10'),
      theme: fc.constantFrom('', 'water', 'roads'),
      persons: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 30 },
  )
  .map((rows) => [...new Map(rows.map((row) => [`${row.agency}/${row.region}/${row.theme}`, row])).values()]);

const sum = (rows: readonly CellPersons[]) => rows.reduce((total, { persons }) => total + persons, 0);

test('no more persons are allotted than there are, and none is taken away', () => {
  fc.assert(
    fc.property(cells, (rows) => {
      const share = shareUnplaced(rows, { ...settings, unaddressed: 1 });
      let allotted = 0;
      for (const row of rows) {
        const { factor, spread } = share(row);
        expect(factor).toBeGreaterThanOrEqual(1);
        expect(spread).toBeGreaterThan(0);
        allotted += row.persons * (factor - 1);
      }
      const unplaced = sum(rows.filter(({ agency, region }) => (agency === '') !== (region === '')));
      expect(allotted).toBeLessThanOrEqual(unplaced + 1e-6);
    }),
  );
});

test('persons of no known region go where the known ones are; one known person does not draw them all', () => {
  const cell = (region: string, persons: number) => ({ agency: 'ministry', region, theme: 'water', persons });
  const many = shareUnplaced([cell('KZ-75', 300), cell('KZ-61', 100), cell('', 200)], settings);
  expect(300 * many(cell('KZ-75', 300)).factor).toBeCloseTo(446, 0);
  const one = shareUnplaced([cell('KZ-75', 1), cell('', 200)], settings);
  expect(one(cell('KZ-75', 1)).factor).toBeLessThan(25);
});

test('the variance is that of repeated draws', () => {
  let state = 1;
  const uniform = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const poisson = (mean: number) => {
    let count = 0;
    const wait = () => -Math.log(1 - uniform());
    for (let time = wait(); time < mean; time += wait()) count++;
    return count;
  };
  const draw = () => {
    const cell = (agency: string, region: string, mean: number) => ({
      agency,
      region,
      theme: 'water',
      persons: poisson(mean),
    });
    const [own, ...others] = [
      cell('a', 'KZ-75', 60),
      cell('a', 'KZ-61', 90),
      cell('b', 'KZ-75', 40),
      cell('a', '', 70),
      cell('', 'KZ-75', 30),
    ];
    if (own === undefined) throw new Error('no cell');
    const { factor, spread } = shareUnplaced([own, ...others], settings)(own);
    return { estimate: own.persons * factor, variance: own.persons * factor * spread };
  };
  const draws = Array.from({ length: 4000 }, draw);
  const mean = draws.reduce((total, { estimate }) => total + estimate, 0) / draws.length;
  const spread = draws.reduce((total, { estimate }) => total + (estimate - mean) ** 2, 0) / draws.length;
  const said = draws.reduce((total, { variance }) => total + variance, 0) / draws.length;
  expect(said / spread).toBeGreaterThan(0.9);
  expect(said / spread).toBeLessThan(1.1);
});
