import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readPipeline } from '../../../src/config/pipeline.ts';
import { explainSignal } from '../../../src/explain.ts';
import { createNames } from '../../../src/names.ts';
import { readLists } from '../../../src/rooms.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { type CellEvidence, noEvidence } from '../../../src/weigh/evidence.ts';
import { weighCell } from '../../../src/weigh/weigh-cell.ts';
import { cell, DAY, NEIGHBOURS, weighing } from './support.ts';

const { frame, settings } = weighing;
const names = createNames(readLists(readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), {})));

const quiet: CellEvidence = { ...noEvidence(cell), appeals: { ...noEvidence(cell).appeals, days: 7 } };

const filed = (recent: number, expected: number, inWindow = recent): CellEvidence['appeals'] => ({
  ...quiet.appeals,
  recent,
  filed: recent,
  inWindow,
  days: 7,
  expected,
  known: true,
});
const people = (count: number): Partial<CellEvidence> => ({
  posts: count,
  statements: count,
  authors: count,
  voices: [[1, count]],
  strata: [
    { settlement: '', language: 'kk', authors: Math.ceil(count * 0.6) },
    { settlement: '', language: 'ru', authors: Math.floor(count * 0.4) },
  ],
});
const neighbours: CellEvidence = { ...NEIGHBOURS, appeals: quiet.appeals };

/** Cells as an analyst meets them, each with the texts that an official reads. */
const CASES: Readonly<Record<string, CellEvidence>> = {
  'many neighbours, no appeals known': neighbours,
  'many neighbours, confirmed by appeals': { ...neighbours, appeals: filed(30, 5, 9) },
  'many neighbours, as many appeals as usual': { ...neighbours, appeals: filed(6, 5) },
  'many neighbours, no appeals where many were to be expected': {
    ...neighbours,
    appeals: filed(0, 12),
  },
  'hundreds of neighbours of a whole city': {
    ...neighbours,
    ...people(480),
    appeals: filed(210, 14, 44),
  },
  'appeals alone': { ...quiet, appeals: filed(40, 5) },
  'appeals, and two posts': { ...neighbours, ...people(2), appeals: filed(22, 4) },
  'a few appeals': { ...quiet, appeals: filed(2, 3) },
  'one text pasted by three hundred accounts': {
    ...neighbours,
    ...people(5),
    posts: 304,
    authors: 304,
    coordinated: { statements: 1, posts: 300 },
    concert: { ...quiet.concert, pasted: 299, persons: 304 },
  },
  'a pasted text, and appeals as usual': {
    ...neighbours,
    ...people(8),
    posts: 120,
    authors: 110,
    coordinated: { statements: 1, posts: 112 },
    concert: { ...quiet.concert, pasted: 111, persons: 120 },
    appeals: filed(3, 4),
  },
  'one account that writes a hundred times': {
    ...neighbours,
    ...people(1),
    posts: 100,
    statements: 100,
    voices: [[100, 1]],
  },
  'mostly comments under outlets': {
    ...neighbours,
    ...people(35),
    underOutlets: 33,
    appeals: filed(1, 3),
  },
  'no more than usual': { ...neighbours, baseline: { statements: 315, windows: 7 } },
  'twice what is usual': {
    ...neighbours,
    baseline: { statements: 140, windows: 7 },
    appeals: filed(7, 4),
  },
  thanks: { ...neighbours, thanks: 36, appeals: filed(1, 2) },
  'danger to life': { ...neighbours, ...people(4), theme: 'emergency' },
  'three posts': { ...neighbours, ...people(3) },
  'one language and one kind of settlement only': {
    ...neighbours,
    ...people(12),
    region: 'KZ-61',
    agency: 'akimat_turkistan',
    strata: [{ settlement: 'urban', language: 'ru', authors: 12 }],
    appeals: filed(4, 3),
  },
  'region not resolved': { ...neighbours, region: null, appeals: filed(5, 6) },
  'neither body nor theme': { ...neighbours, agency: null, theme: null },
};

test.each(['kk', 'ru', 'en'] as const)(
  'the texts of twenty verdicts are those that were read: %s',
  async (language) => {
    const pages = Object.entries(CASES).map(([name, evidence]) => {
      const signal = weighCell({ ...evidence, window: DAY }, frame, settings);
      return `# ${name}\n\n${explainSignal(signal, names, language)}\n`;
    });
    expect(pages).toHaveLength(20);
    await expect(pages.join('\n')).toMatchFileSnapshot(join(PACKAGE_ROOT, `fixtures/verdicts/${language}.txt`));
  },
);
