import { allocate, fullyKnown } from './allocation.ts';
import type { StratumCount } from './evidence.ts';
import type { WeighSettings } from './settings.ts';
import { stratumWeights } from './stratum-weights.ts';

/** What all who write about a region tell of the voices of one of its cells. */
export interface Panel {
  /** Writers of whom both settlement and language are known, by stratum. */
  known: readonly number[];
  /** What a voice of each stratum weighs. */
  weights: readonly number[];
}

interface Remembered extends Panel {
  residents: readonly number[];
  population: WeighSettings['population'];
}

/** Hundreds of cells are of one region and window, and are given the same array. */
const remembered = new WeakMap<readonly StratumCount[], Remembered>();

export function panelOf(
  writers: readonly StratumCount[],
  residents: readonly number[],
  population: WeighSettings['population'],
): Panel {
  const last = remembered.get(writers);
  if (last !== undefined && last.residents === residents && last.population === population) return last;
  const known = fullyKnown(writers);
  const panel = allocate(writers, known, residents, population.unknownPrior);
  const found = { known, weights: stratumWeights(residents, panel, population), residents, population };
  remembered.set(writers, found);
  return found;
}
