/** A line through points, level before the first and after the last; `at` ascends. */
export interface Curve {
  at: readonly number[];
  add: readonly number[];
}

/** Height of the curve at `x`. */
export function heightAt({ at, add }: Curve, x: number): number {
  let next = 0;
  while (next < at.length && !((at[next] ?? 0) > x)) next++;
  if (next === at.length) return add[next - 1] ?? 0;
  if (next === 0) return add[0] ?? 0;
  const left = at[next - 1] ?? 0;
  const right = at[next] ?? 0;
  const from = add[next - 1] ?? 0;
  const to = add[next] ?? 0;
  return from + ((x - left) / (right - left)) * (to - from);
}
