import type { Facts } from './facts.ts';
import type { WeighSettings } from './settings.ts';

export const REASON_CODES = [
  'voices',
  'rate',
  'copies',
  'few_accounts',
  'strata',
  'appeals',
  'baseline',
  'thanks',
  'unaddressed',
] as const;
export type ReasonCode = (typeof REASON_CODES)[number];

/** One piece of evidence and what it adds to the log-odds. */
export interface Contribution {
  code: ReasonCode;
  contribution: number;
}

/**
 * The score of a cell: an additive logistic rule. Evidence that is missing (no appeals known, no baseline, no voices) adds
 * nothing, either way.
 *
 * @returns the probability, 0 … 1, and the parts of its log-odds without the intercept
 */
export function scoreOf(facts: Facts, rule: WeighSettings['score']): { score: number; contributions: Contribution[] } {
  const { amplification, representativeness, standing } = facts;
  const seen = facts.voices > 0;
  const parts: Contribution[] = [
    { code: 'voices', contribution: hold(rule.voices, Math.log1p(facts.effective)) },
    {
      code: 'rate',
      contribution: seen
        ? hold(rule.rate, Math.log(Math.max(1e-6, representativeness.rate.low) / rule.rate.reference))
        : 0,
    },
    {
      code: 'copies',
      contribution: rule.amplification.weight * Math.max(0, amplification.probability - rule.amplification.from),
    },
    { code: 'few_accounts', contribution: hold(rule.evenness, Math.log(facts.evenness)) },
    {
      code: 'strata',
      contribution: seen
        ? rule.representativeness.weight * (representativeness.index - rule.representativeness.neutral)
        : 0,
    },
    {
      code: 'appeals',
      contribution: facts.appeals.known ? hold(rule.appeals, Math.log(standing.appeals.value)) : 0,
    },
    {
      code: 'baseline',
      contribution: standing.excess !== null && seen ? hold(rule.baseline, Math.log(standing.excess.value)) : 0,
    },
    { code: 'thanks', contribution: rule.thanks.weight * facts.thanks },
    { code: 'unaddressed', contribution: facts.agency === null && facts.theme === null ? rule.unaddressed : 0 },
  ];
  const logOdds = parts.reduce((sum, part) => sum + part.contribution, rule.intercept);
  return { score: 1 / (1 + Math.exp(-logOdds)), contributions: parts };
}

function hold(rule: { weight: number; low: number; high: number }, value: number): number {
  return Math.min(rule.high, Math.max(rule.low, rule.weight * value));
}
