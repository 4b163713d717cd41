import type { CellEvidence } from './evidence.ts';
import { gammaPoisson, gammaRatio, type Ratio } from './intervals.ts';
import type { WeighSettings } from './settings.ts';
import { sum } from './voices.ts';

/** How a cell stands to what is usual. */
export interface Standing {
  /** Recent appeals over the expected ones, shrunk towards 1; `low` is an EB05. */
  appeals: Ratio;
  /** Standardised appeals over standardised statements: above 1 the appeals say more than social media do. */
  ratio: Ratio;
  /** Statements over the usual ones of a window this long; null without earlier data. */
  excess: Ratio | null;
}

/** Gamma–Poisson ratios of a cell: appeals to expected appeals, appeals to statements, statements to their baseline. */
export function standingOf(
  evidence: Pick<CellEvidence, 'voices' | 'expectedStatements' | 'baseline' | 'appeals'>,
  settings: Pick<WeighSettings, 'appeals' | 'baseline' | 'confidence'>,
): Standing {
  const { confidence } = settings;
  const { appeals, baseline, expectedStatements } = evidence;
  const statements = sum(evidence.voices);
  return {
    appeals: gammaPoisson(appeals.recent, appeals.expected, settings.appeals.prior, confidence),
    ratio: gammaRatio(
      { events: appeals.recent, exposure: appeals.expected },
      { events: statements, exposure: expectedStatements },
      settings.appeals.prior,
      confidence,
    ),
    excess:
      baseline.windows === 0
        ? null
        : gammaRatio(
            { events: statements, exposure: 1 },
            { events: baseline.statements, exposure: baseline.windows },
            settings.baseline.prior,
            confidence,
          ),
  };
}

/** Whether official appeals confirm the cell: enough of them, and more than expected even at the lower bound. */
export function isConfirmed(
  appeals: CellEvidence['appeals'],
  standing: Ratio,
  settings: WeighSettings['appeals'],
): boolean {
  return appeals.known && appeals.recent >= settings.least && standing.low >= settings.confirmedFrom;
}

/** The least number of recent appeals that would confirm a cell with this expectation. */
export function appealsToConfirm(expected: number, settings: Pick<WeighSettings, 'appeals' | 'confidence'>): number {
  const { prior, confirmedFrom, least } = settings.appeals;
  const confirms = (count: number) => gammaPoisson(count, expected, prior, settings.confidence).low >= confirmedFrom;
  let high = Math.max(1, Math.ceil(least));
  while (!confirms(high)) high *= 2;
  let low = Math.ceil(least) - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (confirms(middle)) high = middle;
    else low = middle;
  }
  return high;
}
