import { allocate, fullyKnown } from './allocation.ts';
import type { StratumCount } from './evidence.ts';
import { type Frame, residentsOf, type Settlement, STRATA, strataOf, type TextLanguage } from './frame.ts';
import { participation } from './participation.ts';
import type { WeighSettings } from './settings.ts';

/** One stratum of a region on the silence map. */
export interface StratumSilence {
  region: string;
  settlement: Settlement;
  language: TextLanguage;
  residents: number;
  /** Writers of the region on any matter who fall to the stratum, in part where a trait is not known. */
  writers: number;
  /** Writers for each resident, over the same of the region: 1 is even, 0 silent. */
  participation: number;
  /** Unconditional partial CV-indicator: the stratum's part in how unevenly the region writes, below 0 where it is quiet. */
  partial: number;
}

/**
 * The silence map of a region: who is heard less than their number (Schouten, Shlomo & Skinner 2011, partial indicators over the mean
 * propensity). Empty where fewer than `breakdownFrom` persons write, or the region is not in the frame.
 */
export function silenceOf(
  region: string,
  panel: readonly StratumCount[],
  frame: Frame,
  settings: Pick<WeighSettings, 'population' | 'breakdownFrom'>,
): StratumSilence[] {
  if (!frame.regions.has(region)) return [];
  const residents = strataOf(frame, region);
  const writers = allocate(panel, fullyKnown(panel), residents, settings.population.unknownPrior);
  if (residentsOf(writers) < settings.breakdownFrom) return [];
  const { relative, partialCv } = participation(residents, writers);
  return STRATA.flatMap(({ settlement, language }, i) => {
    const people = residents[i] ?? 0;
    if (people === 0) return [];
    return [
      {
        region,
        settlement,
        language,
        residents: people,
        writers: writers[i] ?? 0,
        participation: relative[i] ?? 0,
        partial: partialCv[i] ?? 0,
      },
    ];
  });
}
