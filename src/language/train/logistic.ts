/**
 * Weighted logistic regression by Newton's method, with a ridge penalty on how far the weights stray from `towards`.
 * `labels` are 0 or 1.
 */
export function logisticRegression(
  rows: readonly ArrayLike<number>[],
  labels: readonly number[],
  importance: readonly number[],
  ridge: number,
  towards: readonly number[],
): number[] {
  const n = towards.length;
  const weights = Float64Array.from(towards);
  for (let pass = 0; pass < 60; pass++) {
    const gradient = new Float64Array(n);
    const hessian = Array.from({ length: n }, () => new Float64Array(n));
    for (const [i, row] of rows.entries()) {
      let logit = 0;
      for (let f = 0; f < n; f++) logit += (weights[f] ?? 0) * (row[f] ?? 0);
      const probability = 1 / (1 + Math.exp(-logit));
      const weight = importance[i] ?? 1;
      const error = weight * (probability - (labels[i] ?? 0));
      const curvature = weight * probability * (1 - probability);
      for (let f = 0; f < n; f++) {
        gradient[f] = (gradient[f] ?? 0) + error * (row[f] ?? 0);
        const line = hessian[f];
        if (line) for (let g = 0; g < n; g++) line[g] = (line[g] ?? 0) + curvature * (row[f] ?? 0) * (row[g] ?? 0);
      }
    }
    for (let f = 0; f < n; f++) {
      gradient[f] = (gradient[f] ?? 0) + ridge * ((weights[f] ?? 0) - (towards[f] ?? 0));
      const line = hessian[f];
      if (line) line[f] = (line[f] ?? 0) + ridge;
    }
    const step = solve(hessian, gradient);
    // Far from the optimum the curvature vanishes and a full step overshoots.
    const longest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const damping = Math.min(1, 1 / longest);
    for (let f = 0; f < n; f++) weights[f] = (weights[f] ?? 0) - damping * (step[f] ?? 0);
  }
  return [...weights];
}

/** Gaussian elimination with partial pivoting. */
function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const n = right.length;
  const rows = matrix.map((row, i) => Float64Array.from([...row, right[i] ?? 0]));
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let r = column + 1; r < n; r++) {
      if (Math.abs(rows[r]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = r;
    }
    const top = rows[pivot];
    const swapped = rows[column];
    if (top === undefined || swapped === undefined) break;
    rows[pivot] = swapped;
    rows[column] = top;
    for (const [r, row] of rows.entries()) {
      if (r === column) continue;
      const factor = (row[column] ?? 0) / (top[column] ?? 1);
      for (let c = column; c <= n; c++) row[c] = (row[c] ?? 0) - factor * (top[c] ?? 0);
    }
  }
  return Float64Array.from(rows, (row, i) => (row[n] ?? 0) / (row[i] ?? 1));
}
