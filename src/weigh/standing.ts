import type { CellEvidence } from './evidence.ts';
import { fayFeuer, fayFeuerLow } from './fay-feuer.ts';
import { gammaPoisson, gammaPoissonLow, gammaRatio, type Ratio } from './intervals.ts';
import type { WeighSettings } from './settings.ts';

/** How a cell stands to what is usual. */
export interface Standing {
  /** Recent appeals over the expected ones, shrunk towards 1; `low` is an EB05. */
  appeals: Ratio;
  /** Recent appeals per 100,000 residents and week. */
  appealsRate: Ratio;
  /** Standardised appeals over standardised statements: above 1 the appeals say more than social media do. */
  ratio: Ratio;
  /** Statements over the usual ones of a window this long; null without earlier data. */
  excess: Ratio | null;
}

type Measured = Pick<CellEvidence, 'expectedStatements' | 'baseline' | 'appeals'> & {
  /** Statements first written by persons. */
  said: number;
  /** Residents of the region. */
  residents: number;
};

/**
 * Gamma–Poisson ratios of a cell: appeals to expected appeals, appeals to statements, statements to their baseline; and the rate of the
 * appeals with its exact interval.
 */
export function standingOf(
  { said, residents, expectedStatements, baseline, appeals }: Measured,
  settings: StandingSettings,
): Standing {
  return {
    ...appealStanding(appeals, residents, settings),
    ratio: gammaRatio(
      { events: appeals.recent, exposure: appeals.expected },
      { events: said, exposure: expectedStatements },
      settings.appeals.prior,
      settings.confidence,
    ),
    excess: excessOf(said, baseline, settings),
  };
}

type StandingSettings = Pick<WeighSettings, 'appeals' | 'baseline' | 'confidence'>;

type Filed = Pick<CellEvidence['appeals'], 'recent' | 'expected' | 'days'>;

function appealStanding(
  { recent, expected, days }: Filed,
  residents: number,
  { appeals: { prior }, confidence }: StandingSettings,
): Pick<Standing, 'appeals' | 'appealsRate'> {
  return {
    appeals: gammaPoisson(recent, expected, prior, confidence),
    appealsRate: fayFeuer([recent], [eachPer100k(residents, days)], confidence),
  };
}

/** What the rules look at of the appeals, and no more. */
export function appealBounds(
  { recent, expected, days }: Filed,
  residents: number,
  { appeals: { prior }, confidence }: StandingSettings,
): { appeals: Pick<Ratio, 'value' | 'low'>; appealsRateLow: number } {
  const each = eachPer100k(residents, days);
  return {
    appeals: gammaPoissonLow(recent, expected, prior, confidence),
    appealsRateLow: fayFeuerLow(each * recent, each * each * recent, confidence),
  };
}

/** What one appeal adds to the rate per 100,000 residents and week. */
function eachPer100k(residents: number, days: number): number {
  return (100_000 / residents) * (7 / Math.max(1, days));
}

export function excessOf(
  said: number,
  { statements, windows }: CellEvidence['baseline'],
  { baseline: { prior }, confidence }: StandingSettings,
): Ratio | null {
  if (windows === 0) return null;
  return gammaRatio({ events: said, exposure: 1 }, { events: statements, exposure: windows }, prior, confidence);
}
