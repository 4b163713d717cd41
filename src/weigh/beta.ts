import { logGamma, roughNormalQuantile } from './gamma.ts';
import { invert } from './invert.ts';

const TINY = 1e-300;

/** P(X ≤ x) of a beta variable: the regularised incomplete beta function by Lentz's continued fraction (*Numerical Recipes*, 6.4). */
export function betaCdf(x: number, a: number, b: number): number {
  return cdfWithin(x, a, b, logBeta(a, b));
}

function cdfWithin(x: number, a: number, b: number, logNorm: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logNorm);
  return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** The p-quantile of a beta variable, a, b > 0. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  const logNorm = logBeta(a, b);
  return invert({
    p,
    start: 1 / (1 + (b / a) * Math.exp(-roughNormalQuantile(p) * Math.sqrt(1 / a + 1 / b))),
    low: 0,
    high: 1,
    cdf: (x) => cdfWithin(x, a, b, logNorm),
    density: (x) => Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logNorm),
    curvature: (x) => (a - 1) / x - (b - 1) / (1 - x),
  });
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 4e-16) break;
  }
  return h;
}

function guard(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
