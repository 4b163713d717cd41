/**
 * Meng's data defect correlation (*Annals of Applied Statistics* 2018): how much being in the sample goes with the answer.
 * ρ = (μ̂ − μ) / (σ·√((1 − f + CV²)/f)), f = n/N, σ² = μ(1 − μ) of a yes-or-no question.
 *
 * @param cv coefficient of variation of the weights, 0 without weights
 */
export function dataDefectCorrelation(truth: number, estimate: number, people: number, sample: number, cv = 0): number {
  const share = sample / people;
  return (estimate - truth) / Math.sqrt(truth * (1 - truth)) / Math.sqrt((1 - share + cv ** 2) / share);
}

/**
 * Meng's bound: how many randomly asked persons a self-selected sample of `sample` among `people` is worth at most, when
 * its data defect correlation is ρ: f/(1 − f)/ρ². Never more than the sample itself.
 */
export function worthRandomSample(sample: number, people: number, correlation: number): number {
  const share = Math.min(1, sample / people);
  return share >= 1 ? sample : Math.min(sample, share / (1 - share) / correlation ** 2);
}
