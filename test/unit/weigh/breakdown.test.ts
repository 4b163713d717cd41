import fc from 'fast-check';
import { expect, test } from 'vitest';
import { breakDown } from '../../../src/weigh/breakdown.ts';
import { STRATA } from '../../../src/weigh/frame.ts';
import { participation } from '../../../src/weigh/participation.ts';

const least = 10;
const total = (persons: readonly number[]) => persons.reduce((sum, count) => sum + count, 0);
const residents = fc.array(fc.integer({ min: 1000, max: 2_000_000 }), { minLength: 4, maxLength: 4 });
const many = fc.integer({ min: least, max: 5000 });
const few = fc.integer({ min: 0, max: least - 1 });

test('persons are told by stratum from so many on, and what is told is what partial indicators say', () => {
  fc.assert(
    fc.property(residents, fc.array(many, { minLength: 4, maxLength: 4 }), (people, persons) => {
      const { relative, partialCv } = participation(people, persons);
      breakDown(people, persons, { counted: total(persons), least }).forEach(({ stratum, persons: told }, i) => {
        expect(told).toBe(persons[i]);
        expect(stratum.participation).toBeCloseTo(relative[i] ?? Number.NaN, 9);
        expect(stratum.partial).toBeCloseTo(partialCv[i] ?? Number.NaN, 9);
        expect(stratum.atMost).toBeUndefined();
      });
    }),
  );
  expect(breakDown([1, 1, 1, 1], [9, 0, 0, 0], { counted: 9, least })).toEqual([]);
});

test('how many a stratum of few holds makes no difference to anything told, and no stratum is louder than it says', () => {
  const strata = fc.tuple(few, few, fc.option(few), fc.option(many), many);
  fc.assert(
    fc.property(residents, strata, (people, [one, another, third, fourth, loud]) => {
      const told = (small: number) => {
        const persons = [loud, small, third ?? least, fourth ?? small];
        return { persons, rows: breakDown(people, persons, { counted: loud + 2 * least, least }) };
      };
      const { persons, rows } = told(one);
      expect(rows).toEqual(told(another).rows);
      rows.forEach((row, i) => {
        expect(row.persons === null).toBe((persons[i] ?? 0) < least);
        expect(row.stratum.atMost === true).toBe(row.persons === null);
      });
    }),
  );
});

test('a stratum in which nobody lives is not told, and a rounding error of fractions hides nothing', () => {
  const third = 10 / 3;
  const rows = breakDown([100, 100, 0, 100], [third, third, 0, third], { counted: 10, least });
  expect(rows.map(({ stratum }) => `${stratum.settlement}/${stratum.language}`)).toEqual(
    STRATA.filter((_, i) => i !== 2).map(({ key }) => key),
  );
});
