/** q-values of a family of p-values: the false discovery rate at which each would be called (Benjamini & Hochberg 1995). */
export function benjaminiHochberg(p: readonly number[]): number[] {
  const order = p.map((value, i) => ({ value, i })).toSorted((a, b) => b.value - a.value);
  const q = p.map(() => 1);
  let least = 1;
  order.forEach(({ value, i }, position) => {
    least = Math.min(least, (value * p.length) / (p.length - position));
    q[i] = least;
  });
  return q;
}
