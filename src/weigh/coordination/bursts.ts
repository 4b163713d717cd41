/**
 * In how many hours a number of statements would come, were they spread like those of all matters with clusters of their own: each hour's
 * count a negative binomial whose mean is its part of all statements, so that an hour is empty with probability (1 + mean/size)^−size.
 *
 * @param rhythm statements of all matters in each hour of the window that has any
 * @param size of the negative binomial: the smaller, the more clusters
 */
export function expectHours(rhythm: readonly number[], size: number): (statements: number) => number {
  const all = rhythm.reduce((sum, statements) => sum + statements, 0);
  const known = new Map<number, number>();
  return (statements) => {
    let expected = known.get(statements);
    if (expected === undefined) {
      expected = rhythm.reduce((sum, hour) => sum + 1 - (1 + (statements * hour) / (all * size)) ** -size, 0);
      known.set(statements, expected);
    }
    return expected;
  };
}
