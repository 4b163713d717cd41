import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CellEvidence } from '../../../src/weigh/evidence.ts';
import { noEvidence } from '../../../src/weigh/evidence.ts';
import { weighCell } from '../../../src/weigh/weigh-cell.ts';
import { cell, evidences, NEIGHBOURS, weighing } from './support.ts';

const { frame, settings } = weighing;
const weigh = (evidence: CellEvidence) => weighCell(evidence, frame, settings);
const labelOf = (evidence: CellEvidence) => weigh(evidence).verdict.label;
const appeals = (recent: number, expected: number) => ({
  recent,
  inWindow: recent,
  filed: recent,
  lead: null,
  days: 7,
  escalated: 0,
  expected,
  known: true,
});

/** One text pasted by 300 accounts within minutes, and four other posts. */
const CAMPAIGN: CellEvidence = {
  ...NEIGHBOURS,
  posts: 304,
  statements: 5,
  authors: 304,
  coordinated: { statements: 1, posts: 300 },
  concert: { ...NEIGHBOURS.concert, persons: 304, pasted: 299 },
  voices: [[1, 5]],
  strata: [{ settlement: '', language: 'ru', authors: 5 }],
};

test('many neighbours of both languages, and no appeals to compare with, are emerging', () => {
  expect(labelOf(NEIGHBOURS)).toBe('emerging');
});

test('many neighbours whom official appeals confirm are systemic', () => {
  expect(labelOf({ ...NEIGHBOURS, appeals: appeals(30, 5) })).toBe('systemic');
});

test('nothing is systemic without appeals', () => {
  fc.assert(
    fc.property(evidences, (evidence) => {
      const without = { ...evidence, appeals: { ...evidence.appeals, known: false } };
      expect(labelOf(without)).not.toBe('systemic');
      expect(labelOf(without)).not.toBe('silent');
    }),
  );
});

test('many appeals where hardly anyone posts are silent', () => {
  expect(labelOf({ ...noEvidence(cell), appeals: appeals(40, 5) })).toBe('silent');
  const two: CellEvidence = { ...NEIGHBOURS, posts: 2, statements: 2, authors: 2, voices: [[1, 2]] };
  expect(labelOf({ ...two, appeals: appeals(40, 5) })).toBe('silent');
});

test('a text pasted by three hundred accounts is amplified, and ranks below forty neighbours', () => {
  expect(labelOf(CAMPAIGN)).toBe('amplified');
  expect(weigh(CAMPAIGN).verdict.score).toBeLessThan(weigh(NEIGHBOURS).verdict.score / 2);
});

test('one account that writes a hundred times is amplified', () => {
  const loud: CellEvidence = { ...NEIGHBOURS, posts: 100, statements: 100, authors: 1, voices: [[100, 1]] };
  expect(labelOf(loud)).toBe('amplified');
});

test('a volume that is no more than usual is noise', () => {
  const usual = { ...NEIGHBOURS, baseline: { statements: 7 * 45, windows: 7 } };
  expect(labelOf(usual)).toBe('noise');
});

test('thanks are no evidence of a problem', () => {
  const thanked = weigh({ ...NEIGHBOURS, thanks: 35, strata: [{ settlement: '', language: 'kk', authors: 5 }] });
  expect(thanked.verdict.label).toBe('noise');
  expect(thanked.verdict.score).toBeLessThan(weigh(NEIGHBOURS).verdict.score / 2);
});

test('a danger to life is an emergency at once, and is marked unverified', () => {
  const signal = weigh({ ...NEIGHBOURS, theme: 'emergency', posts: 3, statements: 3, authors: 3, voices: [[1, 3]] });
  expect(signal.verdict.label).toBe('emergency');
  expect(signal.verdict.reasons.at(-1)?.text.en).toMatch(/unverified/i);
});

test('three posts are too little to say', () => {
  expect(labelOf({ ...NEIGHBOURS, posts: 3, statements: 3, authors: 3, voices: [[1, 3]] })).toBe('insufficient');
});

test('posts that name neither body nor theme are no basis for a decision', () => {
  const signal = weigh({ ...NEIGHBOURS, agency: null, theme: null });
  expect(signal.verdict.label).toBe('insufficient');
  expect(signal.verdict.score).toBeLessThan(0.1);
});

test('the number of appeals that is said to change a verdict changes it as said, and one before it does not', () => {
  let held = 0;
  fc.assert(
    fc.property(evidences, (evidence) => {
      const { label, wouldChangeIf } = weigh(evidence).verdict;
      for (const change of wouldChangeIf) {
        const said = /appeals of the last \d+ days (reached|were only) ([\d,]+)/.exec(change.text.en);
        if (said === null) continue;
        const needed = Number(said[2]?.replaceAll(',', ''));
        const before = needed + (said[1] === 'reached' ? -1 : 1);
        const filed = (recent: number) => ({ ...evidence, appeals: { ...evidence.appeals, recent, known: true } });
        expect(labelOf(filed(needed))).toBe(change.label);
        if (before !== evidence.appeals.recent) expect(labelOf(filed(before))).toBe(label);
        held++;
      }
    }),
  );
  expect(held).toBeGreaterThan(10);
});

test('every reason and every change is said in three languages, and none calls for action against anyone', () => {
  fc.assert(
    fc.property(evidences, (evidence) => {
      const { reasons, wouldChangeIf } = weigh(evidence).verdict;
      for (const { text } of [...reasons, ...wouldChangeIf]) {
        expect(text.kk).toMatch(/[а-яәғқңөұүһі]/i);
        expect(text.ru).toMatch(/[а-я]/i);
        expect(text.en).toMatch(/[a-z]/i);
        for (const words of Object.values(text)) expect(words).not.toMatch(/NaN|Infinity|undefined|null/);
        expect(text.en).not.toMatch(/punish|prosecut|guilty/i);
      }
      expect(reasons.at(-1)?.code).toBe('next_step');
    }),
  );
});
