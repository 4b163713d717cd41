import { heightAt } from './curve.ts';
import type { Grounds } from './grounds.ts';
import type { WeighSettings } from './settings.ts';

/** Pieces of evidence that the score is fitted on. */
export const FEATURE_CODES = [
  'voices',
  'rate',
  'copies',
  'few_accounts',
  'outlets',
  'strata',
  'appeals',
  'appeals_rate',
  'baseline',
  'thanks',
] as const;
export type FeatureCode = (typeof FEATURE_CODES)[number];
export type ReasonCode = FeatureCode | 'unaddressed';

/** Whether more of it speaks for a problem (1) or against (-1), and its value; null where it is missing. */
export const FEATURES: Readonly<
  Record<FeatureCode, { direction: 1 | -1; valueOf: (grounds: Grounds) => number | null }>
> = {
  voices: { direction: 1, valueOf: ({ effective }) => Math.log1p(effective) },
  rate: { direction: 1, valueOf: ({ voices, rateLow }) => (voices === 0 ? null : logRate(rateLow)) },
  copies: { direction: -1, valueOf: ({ posts, amplified }) => (posts === 0 ? null : amplified) },
  few_accounts: { direction: 1, valueOf: ({ voices, evenness }) => (voices === 0 ? null : evenness) },
  outlets: { direction: -1, valueOf: ({ posts, outlets }) => (posts === 0 ? null : outlets) },
  strata: { direction: 1, valueOf: ({ voices, index }) => (voices === 0 ? null : index) },
  appeals: { direction: 1, valueOf: ({ appealsKnown, appeals }) => (appealsKnown ? Math.log(appeals) : null) },
  appeals_rate: {
    direction: 1,
    valueOf: ({ appealsKnown, appealsRateLow }) => (appealsKnown ? logRate(appealsRateLow) : null),
  },
  baseline: {
    direction: 1,
    valueOf: ({ voices, excess }) => (voices === 0 || excess === null ? null : Math.log(excess)),
  },
  thanks: { direction: -1, valueOf: ({ posts, thanks }) => (posts === 0 ? null : thanks) },
};

/** A rate per 100,000 on the log scale, from one in ten million up. */
function logRate(per100k: number): number {
  return Math.log(Math.max(0.01, per100k));
}

/** One piece of evidence and what it adds to the log-odds. */
export interface Contribution {
  code: ReasonCode;
  contribution: number;
}

/** The pieces of the log-odds of a cell without the intercept. Evidence that is missing (no appeals known, no baseline, no voices) adds nothing. */
export function contributionsOf(grounds: Grounds, rule: WeighSettings['score']): Contribution[] {
  const parts: Contribution[] = FEATURE_CODES.map((code) => ({
    code,
    contribution: contributionOf(code, grounds, rule),
  }));
  parts.push({ code: 'unaddressed', contribution: unaddressed(grounds, rule) });
  return parts;
}

/**
 * The score of a cell, 0 … 1: an additive logistic rule, each piece of evidence by a curve fitted on societies with known truth.
 */
export function scoreOf(grounds: Grounds, rule: WeighSettings['score']): number {
  let logOdds = rule.intercept;
  for (const code of FEATURE_CODES) logOdds += contributionOf(code, grounds, rule);
  logOdds += unaddressed(grounds, rule);
  return 1 / (1 + Math.exp(-logOdds));
}

function contributionOf(code: FeatureCode, grounds: Grounds, { curves }: WeighSettings['score']): number {
  const value = FEATURES[code].valueOf(grounds);
  return value === null ? 0 : heightAt(curves[code], value);
}

function unaddressed({ agency, theme }: Grounds, rule: WeighSettings['score']): number {
  return agency !== null || theme !== null ? 0 : rule.unaddressed;
}
