import type { StratumCount } from './evidence.ts';
import { residentsOf, STRATA } from './frame.ts';

/**
 * Spreads authors of whom settlement or language is not known over the strata they can belong to, in the proportions of the
 * fully known authors plus `prior` authors placed as the residents are (fractional allocation, missing at random within what is known).
 *
 * @returns authors of each of {@link STRATA}, fractional, with the sum of the counts
 */
export function allocate(
  counts: readonly StratumCount[],
  known: readonly number[],
  residents: readonly number[],
  prior: number,
): number[] {
  const total = residentsOf(residents);
  const weights = STRATA.map((_, i) => (known[i] ?? 0) + (total === 0 ? 0 : (prior * (residents[i] ?? 0)) / total));
  const authors = STRATA.map(() => 0);
  for (const count of counts) {
    const fits = STRATA.map(({ settlement, language }, i) =>
      (count.settlement === '' || count.settlement === settlement) &&
      (count.language === '' || count.language === language)
        ? (weights[i] ?? 0)
        : 0,
    );
    const sum = residentsOf(fits);
    // A stratum without residents (villages of a city of national rank): the author lives elsewhere; all strata share her.
    const over = sum > 0 ? fits : weights;
    const all = sum > 0 ? sum : residentsOf(weights);
    for (let i = 0; i < authors.length; i++) authors[i] = (authors[i] ?? 0) + (count.authors * (over[i] ?? 0)) / all;
  }
  return authors;
}

/** Authors of whom both settlement and language are known, by stratum. */
export function fullyKnown(counts: readonly StratumCount[]): number[] {
  return STRATA.map(({ settlement, language }) =>
    counts.reduce(
      (sum, count) => (count.settlement === settlement && count.language === language ? sum + count.authors : sum),
      0,
    ),
  );
}
