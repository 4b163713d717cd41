/** How evenly the strata of a population take part. */
export interface Participation {
  /** Mean propensity ρ̄ to take part. */
  mean: number;
  /** Standard deviation S of the propensities over persons. */
  deviation: number;
  /** Coefficient of variation S/ρ̄. */
  cv: number;
  /** The R-indicator 1 − 2S (Schouten, Cobben & Bethlehem 2009); near 1 for any rare activity, so not used for the verdict. */
  rIndicator: number;
  /** 1/(1 + CV²): 1 when all strata take part alike, 1/k when one of k equal strata does all the writing. */
  index: number;
  /** Unconditional partial R-indicators √(Nₕ/N)·(ρₕ − ρ̄) of the strata (Schouten, Shlomo & Skinner 2011): below 0 is the silence map. */
  partial: number[];
  /** The same over ρ̄, for rare activities: partial CV-indicators; their squares add up to CV². */
  partialCv: number[];
  /** ρₕ/ρ̄: 1 where a stratum takes part as all do. */
  relative: number[];
}

/** @param people persons of each stratum; @param takers those of them who take part, may be fractional */
export function participation(people: readonly number[], takers: readonly number[]): Participation {
  const total = people.reduce((sum, count) => sum + count, 0);
  const mean = takers.reduce((sum, count) => sum + count, 0) / total;
  const difference = people.map((count, i) => (count === 0 ? 0 : (takers[i] ?? 0) / count - mean));
  let squares = 0;
  people.forEach((count, i) => {
    squares += count * (difference[i] ?? 0) ** 2;
  });
  const deviation = Math.sqrt(squares / (total - 1));
  const cv = mean === 0 ? 0 : deviation / mean;
  const partial = people.map((count, i) => Math.sqrt(count / total) * (difference[i] ?? 0));
  return {
    mean,
    deviation,
    cv,
    rIndicator: 1 - 2 * deviation,
    index: mean === 0 ? 0 : 1 / (1 + cv ** 2),
    partial,
    partialCv: partial.map((value) => (mean === 0 ? 0 : value / mean)),
    relative: difference.map((value, i) => (mean === 0 || people[i] === 0 ? 0 : 1 + value / mean)),
  };
}
