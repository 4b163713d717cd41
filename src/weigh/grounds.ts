import type { Facts } from './facts.ts';

/** The figures that score and label rest on, and no others: flat, since what would change a verdict is searched by trying dozens of them. */
export interface Grounds {
  readonly agency: string | null;
  readonly theme: string | null;
  readonly authors: number;
  readonly thanks: number;
  readonly outlets: number;
  /** Probability of amplification. */
  readonly amplified: number;
  posts: number;
  voices: number;
  effective: number;
  evenness: number;
  /** How evenly the voices stand for the residents. */
  index: number;
  /** Lower bound of those who complain per 100,000 residents. */
  rateLow: number;
  appealsKnown: boolean;
  recentAppeals: number;
  /** Appeals over the expected ones. */
  appeals: number;
  appealsLow: number;
  /** Lower bound of the appeals per 100,000 residents and week. */
  appealsRateLow: number;
  /** Statements over the usual ones; both null without earlier data. */
  excess: number | null;
  excessHigh: number | null;
}

export function groundsOf(facts: Facts): Grounds {
  const { agency, theme, authors, thanks, outlets, posts, voices, effective, evenness, standing } = facts;
  return {
    agency,
    theme,
    authors,
    thanks,
    outlets,
    amplified: facts.amplification.probability,
    posts,
    voices,
    effective,
    evenness,
    index: facts.representativeness.index,
    rateLow: facts.representativeness.rate.low,
    appealsKnown: facts.appeals.known,
    recentAppeals: facts.appeals.recent,
    appeals: standing.appeals.value,
    appealsLow: standing.appeals.low,
    appealsRateLow: standing.appealsRate.low,
    excess: standing.excess?.value ?? null,
    excessHigh: standing.excess?.high ?? null,
  };
}
