import { expect, test } from 'vitest';
import { residentsOf, strataOf } from '../../../src/weigh/frame.ts';
import { silenceOf } from '../../../src/weigh/silence.ts';
import { weighing } from './support.ts';

const { frame, settings } = weighing;
const village = { settlement: 'rural', language: 'kk' } as const;
const town = { settlement: 'urban', language: 'kk' } as const;
const townRu = { settlement: 'urban', language: 'ru' } as const;
const villageRu = { settlement: 'rural', language: 'ru' } as const;

test('strata that write less than their part of the residents are quiet, and nobody is where all write alike', () => {
  const residents = strataOf(frame, 'KZ-61');
  const even = [town, townRu, village, villageRu].map((stratum, i) => ({
    ...stratum,
    authors: (residents[i] ?? 0) / 1000,
  }));
  for (const { participation, partial } of silenceOf('KZ-61', even, frame, settings)) {
    expect(participation).toBeCloseTo(1, 6);
    expect(partial).toBeCloseTo(0, 6);
  }
  const urban = silenceOf(
    'KZ-61',
    [
      { ...town, authors: 300 },
      { ...village, authors: 30 },
    ],
    frame,
    settings,
  );
  const of = (settlement: string, language: string) =>
    urban.find((row) => row.settlement === settlement && row.language === language);
  expect(of('rural', 'kk')?.partial).toBeLessThan(-0.3);
  expect(of('urban', 'kk')?.partial).toBeGreaterThan(0.3);
  expect(urban.map(({ writers }) => writers)).toEqual([300, null, 30, null]);
  expect(urban.reduce((sum, row) => sum + row.residents, 0)).toBe(residentsOf(residents));
});

test('a region in which hardly anybody writes, or of which nothing is known, is not broken down', () => {
  expect(silenceOf('KZ-61', [{ ...town, authors: settings.breakdownFrom - 1 }], frame, settings)).toEqual([]);
  expect(silenceOf('', [{ ...town, authors: 500 }], frame, settings)).toEqual([]);
  expect(silenceOf('KZ-61', [], frame, settings)).toEqual([]);
});
