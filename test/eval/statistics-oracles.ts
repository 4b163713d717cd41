import { z } from 'zod';

const numbers = z.array(z.number());
const people = z.record(z.string(), z.number());
const list = <T extends z.ZodRawShape>(shape: T) => z.array(z.object(shape));
const n = z.number();

/** Shape of the file of expected values, computed with R. */
export const oraclesSchema = z.object({
  wilson: list({ x: n, n, conf: n, lo: n, hi: n }),
  poisson_rate: list({ x: n, exposure: n, conf: n, lo: n, hi: n }),
  rate_ratio: list({ x1: n, t1: n, x2: n, t2: n, rr: n, lo: n, hi: n, p: n, log_wald_lo: n, log_wald_hi: n }),
  gamma_poisson_90: list({ x: n, t: n, a: n, b: n, mean: n, lo: n, hi: n }),
  qgamma: list({ p: n, shape: n, q: n }),
  qbeta: list({ p: n, a: n, b: n, q: n }),
  kish: z.object({ w: numbers, neff: n, deff: n }),
  concentration: z.object({
    counts: numbers,
    hhi: n,
    neff: n,
    simpson_unbiased: n,
    neff_unbiased: n,
    exp_shannon: n,
    gini: n,
    top10pct_share: n,
    chao1_bc: n,
    good_turing_coverage: n,
  }),
  raking: z.object({
    margins: z.object({ lang: people, urban: people, age: people }),
    mean_y_unweighted: n,
    mean_y_rake: n,
    se_linearised_rake: n,
    mean_y_post: n,
    kish_neff_rake: n,
    trim: z.object({ lower: n, upper: n, sum_after: n }),
  }),
  ddc: list({ mu: n, muhat: n, N: n, n, cv: n.optional(), ddc: n }),
  meng_neff: list({ rho: n, N: n, n, neff: n }),
  r_indicator: z.object({
    N: numbers,
    responses: numbers,
    mean_propensity: n,
    S: n,
    R: n,
    cv: n,
    unconditional_partial: numbers,
  }),
  benjamini_hochberg: z.object({ p: numbers, q: numbers }),
  sainsbury: z.object({ audiences: numbers, N: n, reach: n }),
  agostini: z.object({ audience_pct: numbers, pair_dup_pct_random: n, K: n, reach_pct: n }),
  fay_feuer: list({ x: numbers, w: numbers, conf: n, T: n, lo: n, hi: n }),
  canonical_first_order: z.object({ p: numbers, rho_pair: n, canonical_reach: n }),
});
