import { gammaQuantile } from './gamma.ts';
import type { Ratio } from './intervals.ts';

/**
 * A directly standardised rate Σ wᵢxᵢ of Poisson counts xᵢ with its gamma interval (Fay & Feuer, *Statistics in Medicine*
 * 1997). Conservative by construction; with equal weights it is the exact Poisson interval.
 *
 * @param confidence such as 0.9
 */
export function fayFeuer(counts: readonly number[], weights: readonly number[], confidence: number): Ratio {
  let value = 0;
  let variance = 0;
  let largest = 0;
  counts.forEach((count, i) => {
    const weight = weights[i] ?? 0;
    value += weight * count;
    variance += weight * weight * count;
    largest = Math.max(largest, weight);
  });
  const tail = (1 - confidence) / 2;
  const upperValue = value + largest;
  const upperVariance = variance + largest ** 2;
  return {
    value,
    low: fayFeuerLow(value, variance, confidence),
    high:
      upperValue === 0 ? 0 : (upperVariance / upperValue) * gammaQuantile(1 - tail, upperValue ** 2 / upperVariance),
  };
}

/** The lower end for a rate Σ wᵢxᵢ with the variance Σ wᵢ²xᵢ. */
export function fayFeuerLow(value: number, variance: number, confidence: number): number {
  return value === 0 ? 0 : (variance / value) * gammaQuantile((1 - confidence) / 2, value ** 2 / variance);
}
