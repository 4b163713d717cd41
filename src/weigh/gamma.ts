import { invert } from './invert.ts';
import { remember } from './remember.ts';

/** Lanczos coefficients for g = 607/128, n = 15 (Godfrey 2001): about 15 digits. */
const LANCZOS = [
  0.9999999999999971, 57.15623566586292, -59.59796035547549, 14.136097974741746, -0.4919138160976202,
  3.399464998481189e-5, 4.652362892704858e-5, -9.837447530487956e-5, 0.0001580887032249125, -0.00021026444172410488,
  0.00021743961811521265, -0.0001643181065367639, 8.441822398385275e-5, -2.6190838401581408e-5, 3.6899182659531625e-6,
] as const;
const HALF_LOG_2PI = 0.9189385332046728;
const EPSILON = 1e-16;

/** ln Γ(x), x > 0. */
export function logGamma(x: number): number {
  let sum = LANCZOS[0];
  for (let i = 1; i < LANCZOS.length; i++) sum += (LANCZOS[i] ?? 0) / (x + i);
  const t = x + 607 / 128 + 0.5;
  return (x + 0.5) * Math.log(t) - t + HALF_LOG_2PI + Math.log(sum / x);
}

/**
 * P(X ≤ x) of a gamma variable with shape a and rate 1: the regularised lower incomplete gamma function, by its series
 * below a + 1 and Lentz's continued fraction above (Press et al., *Numerical Recipes*, 6.2).
 */
export function gammaCdf(x: number, shape: number): number {
  return cdfWithin(x, shape, logGamma(shape));
}

function cdfWithin(x: number, shape: number, logNorm: number): number {
  if (x <= 0) return 0;
  const scale = Math.exp(-x + shape * Math.log(x) - logNorm);
  if (x < shape + 1) {
    let term = 1 / shape;
    let sum = term;
    for (let n = shape + 1; Math.abs(term) > Math.abs(sum) * EPSILON; n++) {
      term *= x / n;
      sum += term;
    }
    return sum * scale;
  }
  return 1 - scale * upperFraction(x, shape);
}

function upperFraction(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10_000; i++) {
    const an = -i * (i - shape);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < EPSILON * 4) break;
  }
  return h;
}

/** The p-quantile of a gamma variable with this shape and rate 1. Shape 0 is the point mass at 0. */
export function gammaQuantile(p: number, shape: number): number {
  if (shape <= 0 || p <= 0) return 0;
  if (p >= 1) return Infinity;
  return quantileWithin(p, shape);
}

const quantileWithin = remember((p, shape) => {
  const logNorm = logGamma(shape);
  return invert({
    p,
    start: startOf(p, shape, logNorm),
    low: 0,
    high: Infinity,
    cdf: (x) => cdfWithin(x, shape, logNorm),
    density: (x) => Math.exp((shape - 1) * Math.log(x) - x - logNorm),
    curvature: (x) => (shape - 1) / x - 1,
  });
});

/** Wilson–Hilferty, and the leading term of the series where that is no use (small shapes, far lower tail). */
function startOf(p: number, shape: number, logNorm: number): number {
  const z = roughNormalQuantile(p);
  const root = 1 - 1 / (9 * shape) + z / (3 * Math.sqrt(shape));
  const cube = shape * root ** 3;
  if (root > 0 && cube > 0.1 * shape) return cube;
  return Math.max(Number.MIN_VALUE, Math.exp((Math.log(p * shape) + logNorm) / shape));
}

/** The p-quantile of the standard normal distribution, to about 15 digits, since Z²/2 is a gamma variable of shape ½. */
export function normalQuantile(p: number): number {
  return Math.sign(p - 0.5) * Math.sqrt(2 * gammaQuantile(Math.abs(2 * p - 1), 0.5));
}

/** Good enough to start from (Abramowitz & Stegun 26.2.23, error below 4.5e-4). */
export function roughNormalQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(Math.min(p, 1 - p)));
  const z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  return p < 0.5 ? -z : z;
}
