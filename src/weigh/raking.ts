/** A categorical question asked of each of the sample, and how many persons of the population answer what. */
export interface Margin {
  answers: readonly string[];
  people: Readonly<Record<string, number>>;
}

export interface RakingSettings {
  /** Passes over all margins at most. */
  passes: number;
  /** Largest relative difference from a margin that counts as fitted. */
  tolerance: number;
}

/**
 * Weights that reproduce every margin: iterative proportional fitting (Deming & Stephan 1940).
 *
 * @param base starting weight of each of the sample, above 0
 * @returns weights, all above 0, in the order of the sample
 */
export function rake(base: readonly number[], margins: readonly Margin[], settings: RakingSettings): number[] {
  const weights = [...base];
  for (let pass = 0; pass < settings.passes; pass++) {
    let worst = 0;
    for (const margin of margins) worst = Math.max(worst, adjust(weights, margin));
    if (worst < settings.tolerance) break;
  }
  return weights;
}

/** Weights that reproduce one margin: post-stratification is raking to the single margin of the strata. */
export function postStratify(base: readonly number[], margin: Margin): number[] {
  const weights = [...base];
  adjust(weights, margin);
  return weights;
}

/**
 * Standard error of the raked mean of an answer, by linearisation: what the margins do not explain of the answer, at the base weights,
 * counts (Deville, Särndal & Sautory 1993; as R's `survey` reckons it for a sample drawn with replacement).
 */
export function rakedMeanError(
  values: readonly number[],
  raked: readonly number[],
  base: readonly number[],
  margins: readonly Margin[],
  { passes }: Pick<RakingSettings, 'passes'>,
): number {
  const total = raked.reduce((sum, weight) => sum + weight, 0);
  const mean = values.reduce((sum, value, i) => sum + value * (raked[i] ?? 0), 0) / total;
  let left = values.map((value) => value - mean);
  for (let pass = 0; pass < passes; pass++) {
    for (const margin of margins) left = withoutMargin(left, base, margin);
  }
  const parts = left.map((value, i) => (value * (raked[i] ?? 0)) / total);
  const centre = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  const squares = parts.reduce((sum, part) => sum + (part - centre) ** 2, 0);
  return Math.sqrt((squares * parts.length) / (parts.length - 1));
}

/** Takes from each value the weighted mean of those with the same answer. */
function withoutMargin(values: readonly number[], base: readonly number[], { answers }: Margin): number[] {
  const sums = new Map<string, { values: number; weights: number }>();
  answers.forEach((answer, i) => {
    const sum = sums.get(answer) ?? { values: 0, weights: 0 };
    const weight = base[i] ?? 0;
    sums.set(answer, { values: sum.values + weight * (values[i] ?? 0), weights: sum.weights + weight });
  });
  return values.map((value, i) => {
    const sum = sums.get(answers[i] ?? '');
    return sum === undefined ? value : value - sum.values / sum.weights;
  });
}

/** Scales the weights to one margin; how far off, relative, they were. */
function adjust(weights: number[], { answers, people }: Margin): number {
  const sums = new Map<string, number>();
  answers.forEach((answer, i) => {
    sums.set(answer, (sums.get(answer) ?? 0) + (weights[i] ?? 0));
  });
  let worst = 0;
  answers.forEach((answer, i) => {
    const factor = (people[answer] ?? 0) / (sums.get(answer) ?? 1);
    worst = Math.max(worst, Math.abs(factor - 1));
    weights[i] = (weights[i] ?? 0) * factor;
  });
  return worst;
}

/**
 * Cuts weights to `low … high` and gives what was cut off to the weights within, in equal parts, so that their sum stays;
 * repeated until none is outside (strict trimming as in R's `survey::trimWeights`).
 *
 * @param persons how many have each weight, above 0; one each unless told
 */
export function trimWeights(
  weights: readonly number[],
  low: number,
  high: number,
  persons: readonly number[] = weights.map(() => 1),
): number[] {
  let trimmed = [...weights];
  const sumOf = (of: readonly number[]) => of.reduce((sum, weight, i) => sum + weight * (persons[i] ?? 0), 0);
  const total = sumOf(weights);
  const fixed = new Set<number>();
  for (let pass = 0; pass <= weights.length; pass++) {
    trimmed.forEach((weight, i) => {
      if (weight < low || weight > high) fixed.add(i);
    });
    trimmed = trimmed.map((weight) => Math.min(high, Math.max(low, weight)));
    const left = total - sumOf(trimmed);
    const free = sumOf(trimmed.map((_, i) => (fixed.has(i) ? 0 : 1)));
    if (free === 0 || Math.abs(left) < 1e-12 * total) break;
    trimmed = trimmed.map((weight, i) => (fixed.has(i) ? weight : weight + left / free));
  }
  return trimmed;
}
