/** Kish's (1965) effective sample size of a weighted sample, (Σw)²/Σw², and its design effect n/n_eff. */
export function kish(weights: readonly number[]): { effectiveSample: number; designEffect: number } {
  let sum = 0;
  let squares = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  if (squares === 0) return { effectiveSample: 0, designEffect: 1 };
  const effectiveSample = sum ** 2 / squares;
  return { effectiveSample, designEffect: weights.length / effectiveSample };
}
