import { heightAt } from './curve.ts';
import type { Facts } from './facts.ts';
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
export const FEATURES: Readonly<Record<FeatureCode, { direction: 1 | -1; valueOf: (facts: Facts) => number | null }>> =
  {
    voices: { direction: 1, valueOf: ({ effective }) => Math.log1p(effective) },
    rate: {
      direction: 1,
      valueOf: ({ voices, representativeness: { rate } }) => (voices === 0 ? null : logRate(rate.low)),
    },
    copies: { direction: -1, valueOf: ({ posts, amplification }) => (posts === 0 ? null : amplification.probability) },
    few_accounts: { direction: 1, valueOf: ({ voices, evenness }) => (voices === 0 ? null : evenness) },
    outlets: { direction: -1, valueOf: ({ posts, outlets }) => (posts === 0 ? null : outlets) },
    strata: {
      direction: 1,
      valueOf: ({ voices, representativeness }) => (voices === 0 ? null : representativeness.index),
    },
    appeals: {
      direction: 1,
      valueOf: ({ appeals, standing }) => (appeals.known ? Math.log(standing.appeals.value) : null),
    },
    appeals_rate: {
      direction: 1,
      valueOf: ({ appeals, standing }) => (appeals.known ? logRate(standing.appealsRate.low) : null),
    },
    baseline: {
      direction: 1,
      valueOf: ({ voices, standing: { excess } }) => (voices === 0 || excess === null ? null : Math.log(excess.value)),
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

/**
 * The score of a cell: an additive logistic rule, each piece of evidence by a curve fitted on societies with known truth.
 * Evidence that is missing (no appeals known, no baseline, no voices) adds nothing, either way.
 *
 * @returns the probability, 0 … 1, and the parts of its log-odds without the intercept
 */
export function scoreOf(facts: Facts, rule: WeighSettings['score']): { score: number; contributions: Contribution[] } {
  const parts: Contribution[] = FEATURE_CODES.map((code) => {
    const value = FEATURES[code].valueOf(facts);
    return { code, contribution: value === null ? 0 : heightAt(rule.curves[code], value) };
  });
  const isAddressed = facts.agency !== null || facts.theme !== null;
  parts.push({ code: 'unaddressed', contribution: isAddressed ? 0 : rule.unaddressed });
  const logOdds = parts.reduce((sum, part) => sum + part.contribution, rule.intercept);
  return { score: 1 / (1 + Math.exp(-logOdds)), contributions: parts };
}
