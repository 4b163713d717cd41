import type { Curve } from '../curve.ts';

/** One judged cell: its evidence in the order of the features, null where it is missing. */
export interface Judged {
  values: readonly (number | null)[];
  /** Whether a widespread real problem stood behind it. */
  label: boolean;
}

export interface Feature {
  /** More of it speaks for (1) or against (-1). */
  direction: 1 | -1;
  /** Where its curve may bend; at least two, ascending. */
  knots: readonly number[];
}

export interface AdditiveModel {
  intercept: number;
  /** One a feature. The mean height over the cells it was fitted on is 0, which is also what missing evidence adds. */
  curves: Curve[];
}

/**
 * Fits a logistic model whose log-odds are a sum of monotone piecewise-linear curves, one a feature: an additive model in the sense of
 * Hastie & Tibshirani (1990) with the order constraints of Tutz & Leitenstorfer (2007). Minimises the mean log loss and
 * `ridge` times the squared rises of the curves, by accelerated projected gradients (Beck & Teboulle 2009). Deterministic.
 */
export function fitCurves(cells: readonly Judged[], features: readonly Feature[], ridge: number): AdditiveModel {
  const columns = features.flatMap(({ knots, direction }, feature) =>
    knots.slice(1).map((right, i) => ({ feature, direction, left: knots[i] ?? right, right })),
  );
  const width = columns.length + 1;
  const design = new Float64Array(cells.length * width);
  const means = new Float64Array(width);
  for (const [f] of features.entries()) {
    const known = cells.filter(({ values }) => values[f] !== null && values[f] !== undefined);
    for (const [c, column] of columns.entries()) {
      if (column.feature !== f) continue;
      const total = known.reduce((sum, { values }) => sum + rise(column, values[f] ?? 0), 0);
      means[c + 1] = known.length === 0 ? 0 : total / known.length;
    }
  }
  for (const [row, { values }] of cells.entries()) {
    design[row * width] = 1;
    for (const [c, column] of columns.entries()) {
      const value = values[column.feature] ?? null;
      design[row * width + c + 1] = value === null ? 0 : rise(column, value) - (means[c + 1] ?? 0);
    }
  }
  const labels = Float64Array.from(cells, ({ label }) => Number(label));
  const weights = descend(design, labels, width, ridge);

  return {
    intercept: weights[0] ?? 0,
    curves: features.map(({ knots }, f) => {
      let height = -columns.reduce(
        (sum, column, c) => (column.feature === f ? sum + (weights[c + 1] ?? 0) * (means[c + 1] ?? 0) : sum),
        0,
      );
      const add = [height];
      for (const [c, column] of columns.entries()) {
        if (column.feature !== f) continue;
        height += column.direction * (weights[c + 1] ?? 0);
        add.push(height);
      }
      return { at: [...knots], add };
    }),
  };
}

function rise({ left, right, direction }: { left: number; right: number; direction: number }, value: number): number {
  return direction * Math.min(1, Math.max(0, (value - left) / (right - left)));
}

const PASSES = 4000;

/** All weights but the first, the intercept, stay at or above 0. */
function descend(design: Float64Array, labels: Float64Array, width: number, ridge: number): Float64Array {
  const rows = labels.length;
  const gradient = new Float64Array(width);
  let weights = new Float64Array(width);
  let ahead = new Float64Array(width);
  // The curvature of the log loss is at most a quarter of the largest eigenvalue of the mean outer product, which the trace bounds.
  let trace = 0;
  for (const value of design) trace += value * value;
  const step = 1 / (trace / rows / 4 + 2 * ridge);
  let momentum = 1;
  for (let pass = 0; pass < PASSES; pass++) {
    gradient.fill(0);
    for (let row = 0; row < rows; row++) {
      const start = row * width;
      let logit = 0;
      for (let c = 0; c < width; c++) logit += (design[start + c] ?? 0) * (ahead[c] ?? 0);
      const error = (1 / (1 + Math.exp(-logit)) - (labels[row] ?? 0)) / rows;
      for (let c = 0; c < width; c++) gradient[c] = (gradient[c] ?? 0) + error * (design[start + c] ?? 0);
    }
    const next = ahead.map((weight, c) => {
      const moved = weight - step * ((gradient[c] ?? 0) + (c === 0 ? 0 : 2 * ridge * weight));
      return c === 0 ? moved : Math.max(0, moved);
    });
    const following = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const previous = weights;
    ahead = next.map((weight, c) => weight + ((momentum - 1) / following) * (weight - (previous[c] ?? 0)));
    weights = next;
    momentum = following;
  }
  return weights;
}
