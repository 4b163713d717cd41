import { betaQuantile } from './beta.ts';
import { gammaQuantile, logGamma, normalQuantile } from './gamma.ts';
import { remember } from './remember.ts';

/** An interval, `low ≤ high`. */
export interface Interval {
  low: number;
  high: number;
}

/** An estimate with its interval. */
export interface Ratio extends Interval {
  value: number;
}

/** Prior of a gamma–Poisson model: shape a, rate b; worth `a` events in `b` of exposure. */
export interface GammaPrior {
  shape: number;
  rate: number;
}

/** Wilson's score interval of a share (Wilson 1927). @param confidence such as 0.9 */
export function wilson(successes: number, trials: number, confidence: number): Interval {
  const z2 = normalQuantile((1 + confidence) / 2) ** 2;
  const share = successes / trials;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const half = Math.sqrt(z2 * ((share * (1 - share)) / trials + z2 / (4 * trials * trials))) / (1 + z2 / trials);
  return { low: successes === 0 ? 0 : centre - half, high: successes === trials ? 1 : centre + half };
}

/** Exact (Garwood 1936) interval of a Poisson rate: `events` in `exposure`. */
export function poissonRate(events: number, exposure: number, confidence: number): Interval {
  const tail = (1 - confidence) / 2;
  return {
    low: poissonRateLow(events, exposure, confidence),
    high: gammaQuantile(1 - tail, events + 1) / exposure,
  };
}

/** The lower end of {@link poissonRate} alone. */
export function poissonRateLow(events: number, exposure: number, confidence: number): number {
  return gammaQuantile((1 - confidence) / 2, events) / exposure;
}

/** Posterior mean and central interval of a Poisson rate under a gamma prior: Gamma(a + events, b + exposure). */
export function gammaPoisson(events: number, exposure: number, prior: GammaPrior, confidence: number): Ratio {
  const shape = prior.shape + events;
  const high = gammaQuantile(1 - (1 - confidence) / 2, shape) / (prior.rate + exposure);
  return { ...gammaPoissonLow(events, exposure, prior, confidence), high };
}

/** The same without the upper end. */
export function gammaPoissonLow(
  events: number,
  exposure: number,
  prior: GammaPrior,
  confidence: number,
): Pick<Ratio, 'value' | 'low'> {
  const shape = prior.shape + events;
  const rate = prior.rate + exposure;
  return { value: shape / rate, low: gammaQuantile((1 - confidence) / 2, shape) / rate };
}

/**
 * Ratio of two Poisson rates λ₁/λ₂ with gamma posteriors: the median, and a central interval by the quantiles of
 * p = λ₁t₁/(λ₁t₁ + λ₂t₂), a beta variable of the two shapes. With prior shape 0 it is the conditional interval without its
 * conservative correction; the prior keeps it finite when a count is 0.
 */
export function gammaRatio(
  first: { events: number; exposure: number },
  second: { events: number; exposure: number },
  prior: GammaPrior,
  confidence: number,
): Ratio {
  const a = prior.shape + first.events;
  const b = prior.shape + second.events;
  const scale = (prior.rate + second.exposure) / (prior.rate + first.exposure);
  const odds = oddsQuantiles(a, b, (1 - confidence) / 2);
  return { value: odds.value * scale, low: odds.low * scale, high: odds.high * scale };
}

/** Quantiles of p/(1 − p), p a beta variable: by tail, then by the two shapes. They do not depend on the exposures. */
const oddsByTail = new Map<number, (a: number, b: number) => Ratio>();

/** Median and the two tails. */
function oddsQuantiles(a: number, b: number, tail: number): Ratio {
  let quantiles = oddsByTail.get(tail);
  if (quantiles === undefined) {
    quantiles = remember((first, second) => {
      const at = (p: number) => {
        const share = betaQuantile(p, first, second);
        return share / (1 - share);
      };
      return { value: at(0.5), low: at(tail), high: at(1 - tail) };
    });
    oddsByTail.set(tail, quantiles);
  }
  return quantiles(a, b);
}

/** Ratio of two Poisson rates with its exact conditional interval and two-sided p-value, as R's `poisson.test`. */
export function exactRateRatio(
  first: { events: number; exposure: number },
  second: { events: number; exposure: number },
  confidence: number,
): Ratio & { p: number } {
  const n = first.events + second.events;
  const scale = second.exposure / first.exposure;
  const tail = (1 - confidence) / 2;
  const low = first.events === 0 ? 0 : betaQuantile(tail, first.events, second.events + 1);
  const high = second.events === 0 ? 1 : betaQuantile(1 - tail, first.events + 1, second.events);
  return {
    value: (first.events / second.events) * scale,
    low: (low / (1 - low)) * scale,
    high: (high / (1 - high)) * scale,
    p: binomialP(first.events, n, first.exposure / (first.exposure + second.exposure)),
  };
}

/** The Wald interval of a rate ratio on the log scale; both counts above 0. */
export function waldRateRatio(events: number, others: number, ratio: number, confidence: number): Interval {
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(1 / events + 1 / others);
  return { low: ratio * Math.exp(-half), high: ratio * Math.exp(half) };
}

/** Two-sided binomial p-value: the probability of all outcomes no likelier than the one seen. */
function binomialP(events: number, trials: number, share: number): number {
  const log = (k: number) =>
    logGamma(trials + 1) -
    logGamma(k + 1) -
    logGamma(trials - k + 1) +
    k * Math.log(share) +
    (trials - k) * Math.log1p(-share);
  const seen = log(events) + 1e-7;
  let p = 0;
  for (let k = 0; k <= trials; k++) if (log(k) <= seen) p += Math.exp(log(k));
  return Math.min(1, p);
}
