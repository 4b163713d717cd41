import { join } from 'node:path';
import fc from 'fast-check';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { loadWeighing } from '../../../src/signals/load.ts';
import { type CellEvidence, noEvidence } from '../../../src/weigh/evidence.ts';

export const weighing = loadWeighing(
  {
    weighing: join(PACKAGE_ROOT, 'pipelines/weighing.yaml'),
    population: join(PACKAGE_ROOT, 'pipelines/population.csv'),
  },
  {},
  10,
);

export const DAY = { fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 2, 2) };

export const cell = { agency: 'akimat_almaty', region: 'KZ-75', theme: 'water', window: DAY };

/** A panel of writers of Almaty that is like its residents. */
export const EVEN_PANEL: CellEvidence['panel'] = [
  { settlement: 'urban', language: 'kk', authors: 630 },
  { settlement: 'urban', language: 'ru', authors: 370 },
];

/** Forty neighbours who each wrote once, in both languages, of whom nobody copied. */
export const NEIGHBOURS: CellEvidence = {
  ...noEvidence(cell),
  posts: 40,
  statements: 40,
  authors: 40,
  voices: [[1, 40]],
  strata: [
    { settlement: '', language: 'kk', authors: 25 },
    { settlement: '', language: 'ru', authors: 15 },
  ],
  panel: EVEN_PANEL,
  expectedStatements: 10,
};

const people = fc.integer({ min: 0, max: 300 });
const strata = fc.array(
  fc.record({
    settlement: fc.constantFrom('urban' as const, 'rural' as const, '' as const),
    language: fc.constantFrom('kk' as const, 'ru' as const, '' as const),
    authors: fc.integer({ min: 1, max: 200 }),
  }),
  { maxLength: 9 },
);

export const histograms = fc
  .uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 8 })
  .chain((sizes) =>
    fc.tuple(...sizes.map((size) => fc.integer({ min: 1, max: 40 }).map((items): [number, number] => [size, items]))),
  );

export const audiences = fc.array(
  fc
    .tuple(
      fc.constantFrom('instagram', 'vk', 'telegram', 'nowhere'),
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 0, max: 3_000_000 }),
      fc.integer({ min: 0, max: 3_000_000 }),
      fc.integer({ min: 0, max: 3_000_000 }),
    )
    .map(([platform, sources, ...persons]) => {
      const [low = 0, mid = 0, high = 0] = persons.toSorted((a, b) => a - b);
      return { platform, sources, low, mid, high };
    }),
  { maxLength: 12 },
);

/** Evidence that a store could give. */
export const evidences: fc.Arbitrary<CellEvidence> = fc
  .record({
    agency: fc.option(fc.constant('akimat_almaty')),
    region: fc.option(fc.constantFrom('KZ-75', 'KZ-61', 'KZ-62')),
    theme: fc.option(fc.constantFrom('water', 'emergency')),
    voices: histograms,
    strata,
    panel: strata,
    unplaced: fc.record({
      factor: fc.double({ min: 1, max: 5, noNaN: true }),
      spread: fc.double({ min: 1, max: 5, noNaN: true }),
    }),
    audiences,
    more: fc.record({ copies: people, outlets: people, copiers: people }),
    thanksShare: fc.double({ min: 0, max: 1, noNaN: true }),
    outletShare: fc.double({ min: 0, max: 1, noNaN: true }),
    coordinatedShare: fc.double({ min: 0, max: 1, noNaN: true }),
    expectedStatements: fc.double({ min: 0, max: 500, noNaN: true }),
    baseline: fc.record({ statements: people, windows: fc.integer({ min: 0, max: 28 }) }),
    appeals: fc.record({
      recent: people,
      filed: people,
      lead: fc.option(fc.constant({ days: 3, low: 1, high: 5 })),
      inWindow: people,
      days: fc.constantFrom(7, 30),
      escalated: people,
      expected: fc.double({ min: 0, max: 200, noNaN: true }),
      known: fc.boolean(),
    }),
  })
  .map(({ more, thanksShare, outletShare, coordinatedShare, ...evidence }) => {
    const statements = evidence.voices.reduce((sum, [size, items]) => sum + size * items, 0) + more.outlets;
    const posts = statements === 0 ? 0 : statements + more.copies;
    const trait = { known: posts, posts: Math.floor(posts * coordinatedShare), accounts: 9, usual: 0.1 };
    return {
      ...evidence,
      window: DAY,
      concert: {
        persons: posts,
        pasted: posts - statements,
        pooled: 0,
        coShared: 0,
        young: trait,
        small: trait,
        hours: { seen: 3, expected: 9 },
      },
      posts,
      statements,
      authors: evidence.voices.reduce((sum, [, items]) => sum + items, 0) + (posts === 0 ? 0 : more.copiers),
      thanks: Math.floor(posts * thanksShare),
      underOutlets: Math.floor(posts * outletShare),
      coordinated: {
        statements: Math.floor(statements * coordinatedShare),
        posts: Math.floor(posts * coordinatedShare),
      },
      gross: evidence.audiences.reduce((sum, { sources, mid }) => sum + sources * mid, 0),
    };
  });
