/** A line through points, level before the first and after the last; `at` ascends. */
export interface Curve {
  at: readonly number[];
  add: readonly number[];
}

/** Height of the curve at `x`. */
export function heightAt({ at, add }: Curve, x: number): number {
  const next = at.findIndex((knot) => knot > x);
  if (next === -1) return add.at(-1) ?? 0;
  if (next === 0) return add[0] ?? 0;
  const [left = 0, right = 0] = [at[next - 1], at[next]];
  const [from = 0, to = 0] = [add[next - 1], add[next]];
  return from + ((x - left) / (right - left)) * (to - from);
}
