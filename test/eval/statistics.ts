import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { benjaminiHochberg } from '../../src/weigh/benjamini-hochberg.ts';
import { betaQuantile } from '../../src/weigh/beta.ts';
import { dataDefectCorrelation, worthRandomSample } from '../../src/weigh/data-defect.ts';
import { fayFeuer } from '../../src/weigh/fay-feuer.ts';
import { gammaQuantile } from '../../src/weigh/gamma.ts';
import { exactRateRatio, gammaPoisson, poissonRate, waldRateRatio, wilson } from '../../src/weigh/intervals.ts';
import { kish } from '../../src/weigh/kish.ts';
import { agostini, canonicalExpansion, sainsbury } from '../../src/weigh/net-reach.ts';
import { participation } from '../../src/weigh/participation.ts';
import { postStratify, rake, rakedMeanError, trimWeights } from '../../src/weigh/raking.ts';
import type { WeighSettings } from '../../src/weigh/settings.ts';
import { chao1, goodTuring, type Histogram, hill1, simpsonUnbiased, voicesOf } from '../../src/weigh/voices.ts';
import { coverageTable } from './coverage.ts';
import { oraclesSchema } from './statistics-oracles.ts';

/** One figure of ours beside the oracle's. */
export interface Comparison {
  statistic: string;
  ours: number;
  oracle: number;
}

/**
 * Compares every statistic with its oracle in a folder of `statistics` data, and draws the coverage of every interval under the settings of a
 * pipeline: the largest differences, and how often the truth is held, as Markdown tables.
 */
export async function evaluateStatistics(dataDir: string, settings: WeighSettings): Promise<string> {
  const byStatistic = new Map<string, { figures: number; worst: number }>();
  for (const comparison of compareStatistics(dataDir)) {
    const row = byStatistic.get(comparison.statistic) ?? { figures: 0, worst: 0 };
    row.figures++;
    row.worst = Math.max(row.worst, differenceOf(comparison));
    byStatistic.set(comparison.statistic, row);
  }
  const lines = [...byStatistic].map(
    ([statistic, { figures, worst }]) => `| ${statistic} | ${figures} | ${worst.toExponential(1)} |`,
  );
  const differences = ['| statistic | figures | largest relative difference |', '|---|---:|---:|', ...lines].join('\n');
  return `${differences}\n\n${coverageTable(settings)}`;
}

/** Relative difference; absolute where the oracle is 0. */
export function differenceOf({ ours, oracle }: Comparison): number {
  return Math.abs(ours - oracle) / (oracle === 0 ? 1 : Math.abs(oracle));
}

/** Every figure for which the folder has an oracle. */
export function compareStatistics(dataDir: string): Comparison[] {
  const oracles = oraclesSchema.parse(JSON.parse(readFileSync(join(dataDir, 'statistics_oracles.json'), 'utf8')));
  return [
    ...intervals(oracles),
    ...distributions(oracles),
    ...concentration(oracles.concentration),
    ...selection(oracles),
    ...reach(oracles),
    ...weights(dataDir, oracles.raking),
    ...election(dataDir),
  ];
}

type Oracles = z.output<typeof oraclesSchema>;

function compare(statistic: string, ours: readonly number[], oracle: readonly number[]): Comparison[] {
  return oracle.map((value, i) => ({ statistic, ours: ours[i] ?? Number.NaN, oracle: value }));
}

function intervals({ wilson: scores, poisson_rate, rate_ratio, gamma_poisson_90, fay_feuer }: Oracles): Comparison[] {
  return [
    ...scores.flatMap(({ x, n, conf, lo, hi }) => {
      const { low, high } = wilson(x, n, conf);
      return compare('Wilson interval', [low, high], [lo, hi]);
    }),
    ...poisson_rate.flatMap(({ x, exposure, conf, lo, hi }) => {
      const { low, high } = poissonRate(x, exposure, conf);
      return compare('exact Poisson interval', [low, high], [lo, hi]);
    }),
    ...rate_ratio.flatMap(({ x1, t1, x2, t2, rr, lo, hi, p, log_wald_lo, log_wald_hi }) => {
      const exact = exactRateRatio({ events: x1, exposure: t1 }, { events: x2, exposure: t2 }, 0.95);
      const wald = waldRateRatio(x1, x2, rr, 0.95);
      return [
        ...compare('exact rate ratio', [exact.value, exact.low, exact.high, exact.p], [rr, lo, hi, p]),
        ...compare('log-Wald rate ratio', [wald.low, wald.high], [log_wald_lo, log_wald_hi]),
      ];
    }),
    ...gamma_poisson_90.flatMap(({ x, t, a, b, mean, lo, hi }) => {
      const { value, low, high } = gammaPoisson(x, t, { shape: a, rate: b }, 0.9);
      return compare('gamma–Poisson posterior', [value, low, high], [mean, lo, hi]);
    }),
    ...fay_feuer.flatMap(({ x, w, conf, T, lo, hi }) => {
      const { value, low, high } = fayFeuer(x, w, conf);
      return compare('Fay–Feuer interval', [value, low, high], [T, lo, hi]);
    }),
  ];
}

function distributions({ qgamma, qbeta, benjamini_hochberg }: Oracles): Comparison[] {
  return [
    ...qgamma.flatMap(({ p, shape, q }) => compare('gamma quantile', [gammaQuantile(p, shape)], [q])),
    ...qbeta.flatMap(({ p, a, b, q }) => compare('beta quantile', [betaQuantile(p, a, b)], [q])),
    ...compare('Benjamini–Hochberg', benjaminiHochberg(benjamini_hochberg.p), benjamini_hochberg.q),
  ];
}

function concentration(oracle: Oracles['concentration']): Comparison[] {
  const statements: Histogram = oracle.counts.map((count) => [count, 1]);
  const { hhi, effective, gini, top10Share } = voicesOf(statements);
  const unbiased = simpsonUnbiased(statements);
  return [
    ...compare('HHI, effective voices', [hhi, effective], [oracle.hhi, oracle.neff]),
    ...compare('Simpson, unbiased', [unbiased, 1 / unbiased], [oracle.simpson_unbiased, oracle.neff_unbiased]),
    ...compare('Hill number of order 1', [hill1(statements)], [oracle.exp_shannon]),
    ...compare('Gini, top-10 % share', [gini, top10Share], [oracle.gini, oracle.top10pct_share]),
    ...compare('Chao1', [chao1(statements)], [oracle.chao1_bc]),
    ...compare('Good–Turing coverage', [goodTuring(statements)], [oracle.good_turing_coverage]),
  ];
}

function selection({ kish: weighted, ddc, meng_neff, r_indicator }: Oracles): Comparison[] {
  const { effectiveSample, designEffect } = kish(weighted.w);
  const parts = participation(r_indicator.N, r_indicator.responses);
  return [
    ...compare('Kish', [effectiveSample, designEffect], [weighted.neff, weighted.deff]),
    ...ddc.flatMap((row) =>
      compare('data defect correlation', [dataDefectCorrelation(row.mu, row.muhat, row.N, row.n, row.cv)], [row.ddc]),
    ),
    ...meng_neff.flatMap(({ rho, N, n, neff }) => compare("Meng's bound", [worthRandomSample(n, N, rho)], [neff])),
    ...compare(
      'participation: ρ̄, S, R, CV',
      [parts.mean, parts.deviation, parts.rIndicator, parts.cv],
      [r_indicator.mean_propensity, r_indicator.S, r_indicator.R, r_indicator.cv],
    ),
    ...compare('partial indicators', parts.partial, r_indicator.unconditional_partial),
  ];
}

function reach(oracles: Oracles): Comparison[] {
  const { audience_pct, pair_dup_pct_random, K, reach_pct } = oracles.agostini;
  const gross = audience_pct.reduce((sum, audience) => sum + audience, 0);
  const { p, rho_pair, canonical_reach } = oracles.canonical_first_order;
  return [
    ...compare('Sainsbury', [sainsbury(oracles.sainsbury.audiences, oracles.sainsbury.N)], [oracles.sainsbury.reach]),
    ...compare('Agostini', [agostini(gross, pair_dup_pct_random, K)], [reach_pct]),
    ...compare('canonical expansion', [canonicalExpansion(p, rho_pair)], [canonical_reach]),
  ];
}

const sampleRow = z.object({
  lang: z.string(),
  urban: z.string(),
  age: z.string(),
  y: z.coerce.number(),
  w0: z.coerce.number(),
  w_rake: z.coerce.number(),
  w_rake_trim: z.coerce.number(),
  w_post: z.coerce.number(),
});

function weights(dataDir: string, { margins, trim, ...oracle }: Oracles['raking']): Comparison[] {
  const sample = readCsv(join(dataDir, 'raking_input_output.csv'), sampleRow);
  const base = sample.map((row) => row.w0);
  const byAnswer = {
    lang: { answers: sample.map((row) => row.lang), people: margins.lang },
    urban: { answers: sample.map((row) => row.urban), people: margins.urban },
    age: { answers: sample.map((row) => row.age), people: margins.age },
  };
  const margined = Object.values(byAnswer);
  const answers = sample.map(({ y }) => y);
  const raked = rake(base, margined, { passes: 1000, tolerance: 1e-12 });
  const mean = raked.reduce((sum, weight) => sum + weight, 0) / raked.length;
  // The oracle does not print the strata's totals: its weights add up to them.
  const strata = sample.map((row) => `${row.lang}/${row.urban}`);
  const people: Record<string, number> = {};
  sample.forEach((row, i) => {
    const stratum = strata[i] ?? '';
    people[stratum] = (people[stratum] ?? 0) + row.w_post;
  });
  const stratified = postStratify(base, { answers: strata, people });
  const average = (of: readonly number[]) =>
    sample.reduce((sum, { y }, i) => sum + y * (of[i] ?? 0), 0) / of.reduce((sum, weight) => sum + weight, 0);
  return [
    ...compare(
      'raking weights',
      raked,
      sample.map((row) => row.w_rake),
    ),
    ...compare(
      'trimmed weights',
      trimWeights(raked, trim.lower * mean, trim.upper * mean),
      sample.map((row) => row.w_rake_trim),
    ),
    ...compare(
      'raked mean, its standard error, Kish',
      [average(raked), rakedMeanError(answers, raked, base, margined, { passes: 100 }), kish(raked).effectiveSample],
      [oracle.mean_y_rake, oracle.se_linearised_rake, oracle.kish_neff_rake],
    ),
    ...compare(
      'post-stratification weights',
      stratified,
      sample.map((row) => row.w_post),
    ),
    ...compare(
      'mean, unweighted and post-stratified',
      [average(base), average(stratified)],
      [oracle.mean_y_unweighted, oracle.mean_y_post],
    ),
  ];
}

const stateRow = z.object({
  pct_djt_voters: z.coerce.number(),
  cces_pct_djt_vv: z.coerce.number(),
  tot_votes: z.coerce.number(),
  cces_n_vv: z.coerce.number(),
  ddc: z.coerce.number(),
});

/** The 2016 election by state, where the folder has it. */
function election(dataDir: string): Comparison[] {
  const file = join(dataDir, 'g2016_with_ddc.csv');
  if (!existsSync(file)) return [];
  return readCsv(file, stateRow).flatMap((row) =>
    compare(
      'data defect correlation, 2016',
      [dataDefectCorrelation(row.pct_djt_voters, row.cces_pct_djt_vv, row.tot_votes, row.cces_n_vv)],
      [row.ddc],
    ),
  );
}

function readCsv<S extends z.ZodType>(file: string, row: S): z.output<S>[] {
  const rows: unknown[] = parse(readFileSync(file, 'utf8'), { columns: true });
  return rows.map((raw) => row.parse(raw));
}
