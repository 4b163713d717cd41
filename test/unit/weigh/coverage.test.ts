import { expect, test } from 'vitest';
import { Random } from '../../../src/random.ts';
import { fayFeuer } from '../../../src/weigh/fay-feuer.ts';
import { gammaQuantile } from '../../../src/weigh/gamma.ts';
import { gammaPoisson, gammaRatio, type Interval, poissonRate, wilson } from '../../../src/weigh/intervals.ts';

const DRAWS = 10_000;

/** Counts the events of a Poisson process until its time is over. */
function poisson(mean: number, random: Random): number {
  const wait = () => -Math.log(1 - random.next());
  let count = 0;
  for (let time = wait(); time < mean; time += wait()) count++;
  return count;
}

/** Share of draws in which the interval holds the truth. */
function coverage(seed: number, draw: (random: Random) => { truth: number } & Interval): number {
  const random = new Random(seed);
  let held = 0;
  for (let i = 0; i < DRAWS; i++) {
    const { truth, low, high } = draw(random);
    if (truth >= low && truth <= high) held++;
  }
  return held / DRAWS;
}

test.each([1, 4, 20, 200])('the exact Poisson interval covers a mean of %d at least as often as it says', (mean) => {
  const covered = coverage(1, (random) => ({ truth: mean, ...poissonRate(poisson(mean, random), 1, 0.9) }));
  expect(covered).toBeGreaterThanOrEqual(0.89);
});

test.each([
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
])('the Fay–Feuer interval covers a rate of strata %j with weights %j', (means, weights) => {
  const truth = means.reduce((sum, mean, i) => sum + mean * (weights[i] ?? 0), 0);
  const covered = coverage(2, (random) => ({
    truth,
    ...fayFeuer(
      means.map((mean) => poisson(mean, random)),
      weights,
      0.9,
    ),
  }));
  expect(covered).toBeGreaterThanOrEqual(0.89);
});

test.each([0.3, 3, 30])('gamma–Poisson ratios cover 90 %% of truths that follow the prior, exposure %d', (exposure) => {
  const prior = { shape: 2, rate: 2 };
  const covered = coverage(3, (random) => {
    const truth = gammaQuantile(random.next(), prior.shape) / prior.rate;
    return { truth, ...gammaPoisson(poisson(truth * exposure, random), exposure, prior, 0.9) };
  });
  expect(covered).toBeGreaterThanOrEqual(0.89);
  expect(covered).toBeLessThanOrEqual(0.92);
});

test.each([
  [5, 3],
  [30, 8],
])('ratios of two rates cover 90 %% of truths that follow the prior, exposures %d and %d', (t, s) => {
  const prior = { shape: 2, rate: 2 };
  const covered = coverage(4, (random) => {
    const [a, b] = [gammaQuantile(random.next(), 2) / 2, gammaQuantile(random.next(), 2) / 2];
    const first = { events: poisson(a * t, random), exposure: t };
    const second = { events: poisson(b * s, random), exposure: s };
    return { truth: a / b, ...gammaRatio(first, second, prior, 0.9) };
  });
  expect(covered).toBeGreaterThanOrEqual(0.89);
  expect(covered).toBeLessThanOrEqual(0.92);
});

test('Wilson’s interval covers shares on average', () => {
  const covered = coverage(5, (random) => {
    const truth = random.next();
    let successes = 0;
    for (let i = 0; i < 40; i++) if (random.next() < truth) successes++;
    return { truth, ...wilson(successes, 40, 0.9) };
  });
  expect(covered).toBeGreaterThanOrEqual(0.89);
  expect(covered).toBeLessThanOrEqual(0.92);
});
