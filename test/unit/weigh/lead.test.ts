import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Random } from '../../../src/random.ts';
import { leadOf } from '../../../src/weigh/lead.ts';
import { weighing } from './support.ts';

const settings = weighing.settings.appeals.lead;
const DAYS = 84;

/** A few outbreaks of some days each, over a quiet ground, with fewer posts at weekends. */
function outbreaks(seed: number): number[] {
  const random = new Random(seed);
  const level = Array.from({ length: DAYS }, () => 2);
  for (let i = 0; i < 4; i++) {
    const at = Math.floor(random.next() * DAYS);
    for (let day = 0; day < 5; day++) level[at + day] = (level[at + day] ?? 0) + 20 * (1 - day / 5);
  }
  return level.slice(0, DAYS).map((mean, day) => Math.round(mean * (day % 7 < 5 ? 1 : 0.5) * (0.5 + random.next())));
}

function later(counts: readonly number[], days: number, seed: number): number[] {
  const random = new Random(seed);
  return counts.map((_, day) => Math.round((counts[day - days] ?? 2) * 0.5 * (0.5 + random.next())));
}

test('appeals that follow social media by some days are found to do so, and so are those that go before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: -6, max: 6 }), (seed, days) => {
      const statements = outbreaks(seed);
      const lead = leadOf(statements, later(statements, days, seed + 1000), settings);
      // An outbreak at the edge of the period may leave too little to tell by.
      if (lead === null) return;
      expect(Math.abs(lead.days - days)).toBeLessThanOrEqual(1);
      expect(lead.low).toBeLessThanOrEqual(lead.days);
      expect(lead.high).toBeGreaterThanOrEqual(lead.days);
    }),
  );
  const found = Array.from({ length: 100 }, (_, seed) =>
    leadOf(outbreaks(seed), later(outbreaks(seed), 3, seed), settings),
  );
  expect(found.filter((lead) => lead !== null).length).toBeGreaterThan(80);
});

test('of series that have nothing to do with each other it is hardly ever said', () => {
  const found = Array.from({ length: 300 }, (_, seed) => leadOf(outbreaks(seed), outbreaks(seed + 5000), settings));
  expect(found.filter((lead) => lead !== null).length).toBeLessThan(300 * 2 * settings.chance);
});

test('too few events, or too short a past, tell nothing', () => {
  const counts = outbreaks(1);
  expect(
    leadOf(
      counts,
      counts.map((_, day) => (day % 10 === 0 ? 1 : 0)),
      settings,
    ),
  ).toBeNull();
  expect(leadOf(counts.slice(0, 40), counts.slice(0, 40), settings)).toBeNull();
  expect(leadOf([], [], settings)).toBeNull();
});
