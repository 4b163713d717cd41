import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withLiterals } from '../../../src/store/literals.ts';

test('numbers and lists of numbers are written into a statement, which is then bound to nothing', () => {
  const query = 'SELECT {n:UInt32} + {n:UInt32}, has({ids:Array(UInt64)}, 1), {share:Float64}';
  expect(withLiterals({ query, query_params: { n: 7, ids: [1n, 2n ** 64n - 1n], share: -0.25 } })).toEqual({
    query:
      "SELECT CAST('7', 'UInt32') + CAST('7', 'UInt32'), has(CAST('[1,18446744073709551615]', 'Array(UInt64)'), 1), CAST('-0.25', 'Float64')",
  });
  expect(withLiterals({ query: 'SELECT {ids:Array(UInt64)}', query_params: { ids: [] } }).query).toBe(
    "SELECT CAST('[]', 'Array(UInt64)')",
  );
});

test('whatever else a value is, the statement stays bound, so that no text is ever written into it', () => {
  const statement = fc.record({
    query: fc.constantFrom(
      'SELECT {x:String}',
      'SELECT {n:UInt32}, {x:String}',
      'SELECT {x:UInt64}',
      'SELECT {x:Array(UInt64)}',
    ),
    query_params: fc.record({
      n: fc.integer(),
      x: fc.oneof(
        fc.string(),
        fc.array(fc.string(), { minLength: 1 }),
        fc.constantFrom(null, undefined, true, Number.NaN, {}, [[1]]),
      ),
    }),
  });
  fc.assert(
    fc.property(statement, (given) => {
      expect(withLiterals(given)).toBe(given);
    }),
  );
});

test('a list too long for a statement stays bound', () => {
  const statement = {
    query: 'SELECT {ids:Array(UInt64)}',
    query_params: { ids: Array.from({ length: 20_000 }, () => 2n ** 63n) },
  };
  expect(withLiterals(statement)).toBe(statement);
});
