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
    let sum = 0;
    STRATA.forEach((stratum, i) => {
      if (fits(count, stratum)) sum += weights[i] ?? 0;
    });
    // A stratum without residents (villages of a city of national rank): the author lives elsewhere; all strata share her.
    const isNowhere = sum === 0;
    const share = count.authors / (isNowhere ? residentsOf(weights) : sum);
    STRATA.forEach((stratum, i) => {
      if (isNowhere || fits(count, stratum)) authors[i] = (authors[i] ?? 0) + share * (weights[i] ?? 0);
    });
  }
  return authors;
}

function fits(count: StratumCount, { settlement, language }: (typeof STRATA)[number]): boolean {
  return (
    (count.settlement === '' || count.settlement === settlement) &&
    (count.language === '' || count.language === language)
  );
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
