import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitCorpus } from '../../../src/language/train/corpus.ts';
import { type FitSettings, fitScript } from '../../../src/language/train/fit.ts';
import { logisticRegression } from '../../../src/language/train/logistic.ts';
import { createSources } from '../../../src/language/train/sources.ts';
import { respell, spelling } from '../../../src/language/train/spelling.ts';
import { Random } from '../../../src/random.ts';

test('a line is trained on, tuned on or checked on, and never two of these', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 200 }), (lines) => {
      const { train, tune, check } = splitCorpus(new Map([['kk', lines]]));
      const parts = [train, tune, check].map((part) => part.get('kk') ?? []);
      expect(parts.flat().length).toBe(lines.length);
      for (const [i, part] of parts.entries()) {
        const others = new Set(parts.filter((_, j) => j !== i).flat());
        for (const line of part) expect(others.has(line)).toBe(false);
      }
    }),
  );
});

test('a spelling takes the longest letters that fit and keeps one habit through a text', () => {
  const letters = spelling('ш=sh|щ=shch|ы=y,i|ий=iy');
  expect(respell('ш щ ий', letters, new Random(1))).toBe('sh shch iy');
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      expect(['y y y', 'i i i']).toContain(respell('ы ы ы', letters, new Random(seed)));
    }),
  );
});

test('training twice gives the same model, and one with weights', () => {
  const lines = {
    kk: ['бүгін ауа райы жақсы болды', 'біздің көшеде су жоқ', 'балалар мектепке барды', 'ертең жаңбыр жауады дейді'],
    ru: ['сегодня хорошая погода была', 'на нашей улице нет воды', 'дети пошли в школу', 'завтра обещают дождь'],
  };
  const one = { rowBits: 12, keepRows: 3000, epochs: 1, epochsAfter: 0, step: 0.1 };
  const settings: FitSettings = {
    scripts: { cyrillic: one, latin: one, arabic: one },
    rate: 0.05,
    dropout: 0.1,
    rare: {},
    seed: 1,
  };
  const trained = () => {
    const sources = createSources(new Map(Object.entries(lines)));
    const small = sources.map((source) => ({ ...source, weight: Math.ceil(source.weight / 500) }));
    return fitScript('cyrillic', small, settings, () => {});
  };
  const model = trained();
  expect(Buffer.compare(Buffer.from(model.lanes.buffer), Buffer.from(trained().lanes.buffer))).toBe(0);
  expect(model.lanes.length).toBeGreaterThan(1000);
});

test('logistic regression finds the weights that made the labels', () => {
  const random = new Random(3);
  const truth = [0.5, -1.5, 2];
  const rows = Array.from({ length: 4000 }, () => [1, random.next() * 4 - 2, random.next() * 4 - 2]);
  const labels = rows.map((row) => {
    const logit = row.reduce((sum, value, i) => sum + value * (truth[i] ?? 0), 0);
    return random.next() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
  });
  const found = logisticRegression(
    rows,
    labels,
    labels.map(() => 1),
    0.1,
    [0, 0, 0],
  );
  for (const [i, weight] of found.entries()) expect(Math.abs(weight - (truth[i] ?? 0))).toBeLessThan(0.25);
});
