import { statSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SalmaqError } from '../../../src/errors.ts';
import { emptyLanes, lanesFor, setWeight, sumRows, weightAt } from '../../../src/language/lanes.ts';
import { decodeKeys, encodeKeys, Lexicon } from '../../../src/language/lexicon.ts';
import { LANGUAGE_MODEL_FILE, loadLanguageModel } from '../../../src/language/load.ts';
import { decodeModel, encodeModel } from '../../../src/language/model.ts';

test('the packaged model takes at most 400 KB', () => {
  expect(statSync(LANGUAGE_MODEL_FILE).size).toBeLessThanOrEqual(400_000);
});

test('a model is the same after it was written and read', () => {
  const model = loadLanguageModel();
  const again = decodeModel(encodeModel(model));
  expect(again.version).toBe(model.version);
  expect(again.mixed).toEqual(model.mixed);
  expect(again.confidence).toEqual(model.confidence);
  for (const script of ['cyrillic', 'latin', 'arabic'] as const) {
    expect(
      Buffer.compare(Buffer.from(again.scripts[script].lanes.buffer), Buffer.from(model.scripts[script].lanes.buffer)),
    ).toBe(0);
    expect(again.scripts[script].bias).toEqual(model.scripts[script].bias);
    expect(again.scripts[script].lexicon.keysOf).toEqual(model.scripts[script].lexicon.keysOf);
  }
});

test('a damaged or missing model is refused with what to do', () => {
  const bytes = encodeModel(loadLanguageModel());
  expect(() => decodeModel(bytes.subarray(0, bytes.length - 1))).toThrow(SalmaqError);
  expect(() => decodeModel(new Uint8Array(3))).toThrow(/language model/);
  expect(() => decodeModel(Buffer.concat([bytes.subarray(0, 4), Buffer.alloc(bytes.length)]))).toThrow(/header/);
  expect(() => loadLanguageModel('/nowhere/model.bin')).toThrow(/npm run train:language|cannot be read/);
});

test('weights packed two to an integer add up as they would one by one', () => {
  const weight = fc.integer({ min: -127, max: 127 });
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 24 }),
      fc.array(fc.array(weight, { minLength: 24, maxLength: 24 }), { maxLength: 257 }),
      (classes, rows) => {
        const lanes = emptyLanes(rows.length + 1, classes);
        const perRow = lanesFor(classes);
        for (const [row, weights] of rows.entries()) {
          for (let c = 0; c < classes; c++) setWeight(lanes, perRow, row, c, weights[c] ?? 0);
        }
        for (const [row, weights] of rows.entries()) {
          for (let c = 0; c < classes; c++) expect(weightAt(lanes, perRow, row, c)).toBe(weights[c]);
        }
        const sums = new Int16Array(24);
        sumRows(
          lanes,
          perRow,
          Int32Array.from(rows.keys(), (row) => row * perRow),
          rows.length,
          sums,
        );
        for (let c = 0; c < classes; c++)
          expect(sums[c]).toBe(rows.reduce((sum, weights) => sum + (weights[c] ?? 0), 0));
      },
    ),
    { numRuns: 30 },
  );
});

test('a lexicon holds the words it was given, each in its class, and survives being written', () => {
  const key = fc.integer({ min: 0, max: 2 ** 23 - 1 });
  fc.assert(
    fc.property(fc.uniqueArray(key, { maxLength: 300 }), fc.array(key, { maxLength: 50 }), (keys, strangers) => {
      const keysOf = [0, 1, 2].map((c) => Int32Array.from(keys.filter((_, i) => i % 3 === c)).sort());
      const bytes = encodeKeys(keysOf);
      const counts = keysOf.map((list) => list.length);
      const read = decodeKeys(bytes, 0, counts);
      expect(read).toEqual({ keysOf, end: bytes.length });
      const lexicon = new Lexicon(read?.keysOf ?? []);
      for (const [i, held] of keys.entries()) expect(lexicon.classOf(held)).toBe(i % 3);
      for (const stranger of strangers) if (!keys.includes(stranger)) expect(lexicon.classOf(stranger)).toBe(-1);
      if (bytes.length > 0) expect(decodeKeys(bytes.subarray(0, -1), 0, counts)).toBeUndefined();
    }),
  );
});
