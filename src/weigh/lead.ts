import { normalQuantile } from './gamma.ts';
import type { WeighSettings } from './settings.ts';

/** By how many days appeals follow what is said in social media (below 0: go before), with the span of days that fit nearly as well. */
export interface Lead {
  days: number;
  low: number;
  high: number;
}

/**
 * The lag at which two daily series go together best: the peak of their cross-correlation, of square roots (which steadies the variance of
 * counts) about the mean of each day of the week. Its variance is Bartlett's (1946), which allows for the memory of both series;
 * the peak counts as found when a normal deviate so high is rarer than `chance` among all the lags tried (Šidák 1967). The span
 * holds the lags whose correlation is within 1.645 standard errors of the peak's.
 *
 * @param statements, appeals counts of the same days, a day each
 * @returns null where too little was counted, or no lag stands out
 */
export function leadOf(
  statements: readonly number[],
  appeals: readonly number[],
  { leastEvents, mostDays, chance }: WeighSettings['appeals']['lead'],
): Lead | null {
  const n = statements.length;
  if (sumOf(statements) < leastEvents || sumOf(appeals) < leastEvents || n < 6 * mostDays) return null;
  const [x, y] = [steady(statements), steady(appeals)];
  const correlations = lagged(x, y, mostDays);
  const peak = Math.max(...correlations);
  const error = Math.sqrt(memory(x, y) / n);
  const critical = normalQuantile((1 - chance) ** (1 / correlations.length));
  if (!(peak >= critical * error)) return null;
  const near = correlations.flatMap((value, i) => (value >= peak - 1.645 * error ? [i - mostDays] : []));
  return { days: correlations.indexOf(peak) - mostDays, low: near[0] ?? 0, high: near.at(-1) ?? 0 };
}

/** Bartlett's factor 1 + 2·Σ(1 − j/n)·rₓ(j)·r_y(j), over a fifth of the series (Pyper & Peterman 1998). */
function memory(x: readonly number[], y: readonly number[]): number {
  const most = Math.floor(x.length / 5);
  const [ofX, ofY] = [lagged(x, x, most), lagged(y, y, most)];
  let sum = 0;
  for (let j = 1; j <= most; j++) sum += (1 - j / x.length) * (ofX[most + j] ?? 0) * (ofY[most + j] ?? 0);
  return Math.max(1, 1 + 2 * sum);
}

/** Correlations of x with y so many days later, from −most to most. */
function lagged(x: readonly number[], y: readonly number[], most: number): number[] {
  const scale = Math.sqrt(sumOf(x.map((value) => value ** 2)) * sumOf(y.map((value) => value ** 2)));
  return Array.from({ length: 2 * most + 1 }, (_, i) => {
    const lag = i - most;
    let sum = 0;
    for (let t = Math.max(0, -lag); t < x.length && t + lag < y.length; t++) sum += (x[t] ?? 0) * (y[t + lag] ?? 0);
    return sum / scale;
  });
}

function steady(counts: readonly number[]): number[] {
  const roots = counts.map(Math.sqrt);
  return roots.map((root, day) => {
    const alike = roots.filter((_, other) => other % 7 === day % 7);
    return root - sumOf(alike) / alike.length;
  });
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
