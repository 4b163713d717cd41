import { allocate } from './allocation.ts';
import { independentShare } from './amplification.ts';
import { breakDown } from './breakdown.ts';
import { worthRandomSample } from './data-defect.ts';
import type { CellEvidence } from './evidence.ts';
import { fayFeuer } from './fay-feuer.ts';
import { type Frame, residentsOf, strataOf } from './frame.ts';
import { panelOf } from './panel.ts';
import { participation } from './participation.ts';
import type { WeighSettings } from './settings.ts';
import type { Signal } from './signal.ts';

/**
 * Holds the voices of a cell against the residents of its region.
 *
 * Voices and the panel (all who write about the region) are spread over settlement × language; a stratum that writes less than its
 * part of the residents has its voices weighted up ({@link panelOf}). The rate is
 * Σ wₕxₕ per 100,000 residents of those who speak for themselves, with those of unknown region or body allotted, and Fay and Feuer's interval; index and coverage say how evenly the voices of this very cell
 * stand for the residents; the last figure is Meng's bound.
 */
export function representativenessOf(
  evidence: Pick<CellEvidence, 'region' | 'strata' | 'unplaced' | 'panel' | 'coordinated' | 'concert' | 'voices'>,
  frame: Frame,
  settings: Pick<WeighSettings, 'population' | 'dataDefect' | 'confidence' | 'breakdownFrom' | 'amplification'>,
): Signal['representativeness'] {
  const { population, dataDefect, confidence } = settings;
  const residents = strataOf(frame, evidence.region);
  const total = residentsOf(residents);
  const { known, weights } = panelOf(evidence.panel, residents, population);
  const voices = allocate(evidence.strata, known, residents, population.unknownPrior);
  const count = residentsOf(voices);

  // Accounts in few hands are no residents. The spread keeps the mean, with the variance that allotted persons give it.
  const { factor, spread } = evidence.unplaced;
  const independent = independentShare(evidence, settings.amplification);
  const rate = fayFeuer(
    voices.map((persons) => (persons * independent * factor) / spread),
    weights.map((weight) => (weight * spread * 100_000) / total),
    confidence,
  );
  const parts = participation(residents, voices);
  const sample = effectiveSample(voices, weights);
  const covered = residents.filter((_, i) => (voices[i] ?? 0) >= population.coveredFrom);
  const counted = evidence.strata.reduce((sum, { authors }) => sum + authors, 0);
  const strata = breakDown(residents, voices, { counted, least: settings.breakdownFrom }).map(({ stratum }) => stratum);
  return {
    index: parts.index,
    coverage: residentsOf(covered) / total,
    effectiveSample: sample,
    designEffect: sample === 0 ? 1 : count / sample,
    rate: { per100k: rate.value, low: rate.low, high: rate.high },
    worthRandomSample: {
      low: worthRandomSample(count, total, dataDefect.high),
      mid: worthRandomSample(count, total, dataDefect.mid),
      high: worthRandomSample(count, total, dataDefect.low),
    },
    ...(strata.length === 0 ? {} : { strata }),
  };
}

/** Kish's effective sample of voices that weigh by stratum. */
function effectiveSample(voices: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  let squares = 0;
  voices.forEach((count, i) => {
    sum += count * (weights[i] ?? 0);
    squares += count * (weights[i] ?? 0) ** 2;
  });
  return squares === 0 ? 0 : sum ** 2 / squares;
}
