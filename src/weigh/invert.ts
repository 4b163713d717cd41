interface Inversion {
  p: number;
  start: number;
  low: number;
  high: number;
  cdf: (x: number) => number;
  density: (x: number) => number;
  /** Derivative of the log density. */
  curvature: (x: number) => number;
}

/** Solves cdf(x) = p by Halley's method, kept inside a shrinking bracket so that a wild step becomes a halving. */
export function invert({ p, start, low, high, cdf, density, curvature }: Inversion): number {
  let from = low;
  let to = high;
  let x = start;
  for (let i = 0; i < 100; i++) {
    const error = cdf(x) - p;
    if (error === 0) return x;
    if (error > 0) to = x;
    else from = x;
    const newton = error / density(x);
    const halley = newton / Math.max(0.5, 1 - 0.5 * newton * curvature(x));
    let next = x - halley;
    if (!(next > from && next < to)) next = to === Infinity ? 2 * x : (from + to) / 2;
    // Halley's steps shrink with the cube: after one of 1e-6 the next would be below the last digit.
    if (Math.abs(next - x) <= 1e-6 * Math.abs(next)) return next;
    x = next;
  }
  return x;
}
