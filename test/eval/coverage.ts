import { Random } from '../../src/random.ts';
import type { StratumCount } from '../../src/weigh/evidence.ts';
import { noEvidence } from '../../src/weigh/evidence.ts';
import { fayFeuer } from '../../src/weigh/fay-feuer.ts';
import { createFrame, type FrameRow, STRATA } from '../../src/weigh/frame.ts';
import { gammaQuantile } from '../../src/weigh/gamma.ts';
import {
  exactRateRatio,
  gammaPoisson,
  gammaRatio,
  type Interval,
  poissonRate,
  wilson,
} from '../../src/weigh/intervals.ts';
import { representativenessOf } from '../../src/weigh/representativeness.ts';
import type { WeighSettings } from '../../src/weigh/settings.ts';
import { excessOf } from '../../src/weigh/standing.ts';
import { shareUnplaced } from '../../src/weigh/unplaced.ts';

export const DRAWS = 10_000;

/** An interval to be drawn again and again from a truth that is known. */
export interface CoverageCase {
  interval: string;
  of: string;
  /** Its method covers at least what it says; any other covers what it says. */
  isConservative: boolean;
  draw(random: Random): { truth: number } & Interval;
}

/** Share of {@link DRAWS} draws in which the interval holds the truth. The same seed draws the same. */
export function coverageOf({ draw }: CoverageCase, seed = 1): number {
  const random = new Random(seed);
  let held = 0;
  for (let i = 0; i < DRAWS; i++) {
    const { truth, low, high } = draw(random);
    if (truth >= low && truth <= high) held++;
  }
  return held / DRAWS;
}

/** Coverage of every 90 % interval, as a Markdown table. */
export function coverageTable(settings: WeighSettings): string {
  const lines = coverageCases(settings).map((one) => {
    const method = one.isConservative ? 'conservative' : '';
    return `| ${one.interval} | ${one.of} | ${method} | ${(100 * coverageOf(one)).toFixed(1)} % |`;
  });
  return ['| 90 % interval | truth | by construction | holds it |', '|---|---|---|---:|', ...lines].join('\n');
}

/** Every interval that a signal tells, or that is built on, with truths small and large. */
export function coverageCases(settings: WeighSettings): CoverageCase[] {
  return [
    ...[1, 4, 20, 200].map((mean) => poissonCase(mean)),
    ...STANDARDISED.map(([means, weights]) => fayFeuerCase(means, weights)),
    ...[0.3, 3, 30].map((exposure) => appealsCase(exposure, settings.appeals.prior)),
    ...RATIO_EXPOSURES.map(([first, second]) => ratioCase(first, second, settings.appeals.prior)),
    ...[1, 9].map((windows) => excessCase(windows, settings)),
    ...[
      [20, 5],
      [8, 40],
    ].map(([first = 1, second = 1]) => exactRatioCase(first, second)),
    wilsonCase(40),
    ...[0.0005, 0.005].map((share) => rateCase(share, settings)),
    ...[0.25, 0.6].map((unknown) => allottedCase(unknown, settings)),
  ];
}

const STANDARDISED = [
  [
    [3, 5, 2, 1],
    [1, 1, 1, 1],
  ],
  [
    [12, 3, 7, 1],
    [0.8, 2.5, 1.1, 4],
  ],
  [
    [80, 20, 60, 9],
    [0.5, 2, 0.7, 3],
  ],
] as const;
const RATIO_EXPOSURES = [
  [5, 3],
  [30, 8],
] as const;

function poissonCase(mean: number): CoverageCase {
  return {
    interval: 'exact Poisson (Garwood)',
    of: `mean ${mean}`,
    isConservative: true,
    draw: (random) => ({ truth: mean, ...poissonRate(poisson(mean, random), 1, 0.9) }),
  };
}

function fayFeuerCase(means: readonly number[], weights: readonly number[]): CoverageCase {
  return {
    interval: 'rate of weighted strata (Fay–Feuer)',
    of: `means ${means.join(', ')}, weights ${weights.join(', ')}`,
    isConservative: true,
    draw: (random) => {
      const counts = means.map((mean) => poisson(mean, random));
      const truth = means.reduce((sum, mean, i) => sum + mean * (weights[i] ?? 0), 0);
      return { truth, ...fayFeuer(counts, weights, 0.9) };
    },
  };
}

function appealsCase(exposure: number, prior: WeighSettings['appeals']['prior']): CoverageCase {
  return {
    interval: 'standardised ratio of appeals (gamma–Poisson)',
    of: `drawn from the prior, ${exposure} expected`,
    isConservative: false,
    draw: (random) => {
      const truth = fromPrior(prior, random);
      return { truth, ...gammaPoisson(poisson(truth * exposure, random), exposure, prior, 0.9) };
    },
  };
}

function ratioCase(first: number, second: number, prior: WeighSettings['appeals']['prior']): CoverageCase {
  return {
    interval: 'appeals over statements (beta)',
    of: `drawn from the prior, ${first} and ${second} expected`,
    isConservative: false,
    draw: (random) => {
      const [a, b] = [fromPrior(prior, random), fromPrior(prior, random)];
      const appeals = { events: poisson(a * first, random), exposure: first };
      const statements = { events: poisson(b * second, random), exposure: second };
      return { truth: a / b, ...gammaRatio(appeals, statements, prior, 0.9) };
    },
  };
}

function excessCase(windows: number, settings: WeighSettings): CoverageCase {
  return {
    interval: 'statements over the usual (beta)',
    of: `drawn from the prior, ${windows} earlier windows`,
    isConservative: false,
    draw: (random) => {
      const [now, usual] = [fromPrior(settings.baseline.prior, random), fromPrior(settings.baseline.prior, random)];
      const baseline = { statements: poisson(usual * windows, random), windows };
      const excess = excessOf(poisson(now, random), baseline, settings);
      return { truth: now / usual, low: excess?.low ?? Number.NaN, high: excess?.high ?? Number.NaN };
    },
  };
}

function exactRatioCase(first: number, second: number): CoverageCase {
  return {
    interval: 'ratio of two rates (exact conditional)',
    of: `means ${first} and ${second}`,
    isConservative: true,
    draw: (random) => ({
      truth: first / second,
      ...exactRateRatio(
        { events: poisson(first, random), exposure: 1 },
        { events: poisson(second, random), exposure: 1 },
        0.9,
      ),
    }),
  };
}

function wilsonCase(trials: number): CoverageCase {
  return {
    interval: 'share (Wilson)',
    of: `any share, ${trials} asked`,
    isConservative: false,
    draw: (random) => {
      const truth = random.next();
      let successes = 0;
      for (let i = 0; i < trials; i++) if (random.next() < truth) successes++;
      return { truth, ...wilson(successes, trials, 0.9) };
    },
  };
}

const REGION = 'KZ-61';
/** An invented region: residents of each stratum, the share of them who write at all, and how much likelier a writer of it is to complain. */
const RESIDENTS = [600_000, 200_000, 900_000, 100_000];
const WRITES = [0.002, 0.003, 0.0006, 0.0008];
const COMPLAINS = [1, 0.6, 2, 1.2];
const FRAME = createFrame(
  STRATA.map(({ settlement, language }, i): FrameRow => {
    const status = { population_status: 'invented', settlement_status: 'invented', language_status: 'invented' };
    return { region: REGION, settlement, language, residents: RESIDENTS[i] ?? 0, ...status };
  }),
);

/** Writers come and complain by chance; the truth is the rate if all strata wrote as much as the average. */
function rateCase(share: number, settings: WeighSettings): CoverageCase {
  const people = total(RESIDENTS);
  const writers = total(RESIDENTS.map((residents, i) => residents * (WRITES[i] ?? 0)));
  const complaining = total(RESIDENTS.map((residents, i) => (residents / people) * 10 * share * (COMPLAINS[i] ?? 0)));
  return {
    interval: 'rate of a cell, post-stratified',
    of: `${(1000 * share).toFixed(1)} % of the writers of a stratum complain, strata write unevenly`,
    isConservative: true,
    draw: (random) => {
      const voices = RESIDENTS.map((residents, i) =>
        poisson(residents * (WRITES[i] ?? 0) * 10 * share * (COMPLAINS[i] ?? 0), random),
      );
      const others = RESIDENTS.map((residents, i) =>
        poisson(residents * (WRITES[i] ?? 0) * (1 - 10 * share * (COMPLAINS[i] ?? 0)), random),
      );
      const cell = { agency: null, region: REGION, theme: null, window: { fromMs: 0, toMs: 1 } };
      const panel = counted(voices.map((count, i) => count + (others[i] ?? 0)));
      const evidence = { ...noEvidence(cell), strata: counted(voices), panel };
      const { rate } = representativenessOf(evidence, FRAME, settings);
      return { truth: (100_000 * writers * complaining) / people, low: rate.low, high: rate.high };
    },
  };
}

/** Of a body and theme of three regions, the persons of whom no region is known are allotted. */
function allottedCase(unknown: number, settings: WeighSettings): CoverageCase {
  const means = [30, 60, 200];
  return {
    interval: 'rate with persons of unknown region allotted',
    of: `means ${means.join(', ')}; of ${100 * unknown} % no region is known`,
    isConservative: true,
    draw: (random) => {
      const known = means.map((mean) => poisson(mean * (1 - unknown), random));
      const nowhere = poisson(total(means) * unknown, random);
      const place = (region: string, persons: number) => ({ agency: 'a', region, theme: 't', persons });
      const counts = [...known.map((persons, i) => place(`${i}`, persons)), place('', nowhere)];
      const { factor, spread } = shareUnplaced(counts, settings.population)(place('0', 0));
      const [own = 0, truth = 0] = [known[0], means[0]];
      return { truth, ...fayFeuer([(own * factor) / spread], [spread], 0.9) };
    },
  };
}

function counted(persons: readonly number[]): StratumCount[] {
  return STRATA.map(({ settlement, language }, i) => ({ settlement, language, authors: persons[i] ?? 0 }));
}

function fromPrior({ shape, rate }: WeighSettings['appeals']['prior'], random: Random): number {
  return gammaQuantile(random.next(), shape) / rate;
}

/** Counts the events of a Poisson process until its time is over. */
function poisson(mean: number, random: Random): number {
  const wait = () => -Math.log(1 - random.next());
  let count = 0;
  for (let time = wait(); time < mean; time += wait()) count++;
  return count;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
