import { z } from 'zod';
import { allocate, fullyKnown } from './allocation.ts';
import { breakDown, stratumSchema } from './breakdown.ts';
import type { StratumCount } from './evidence.ts';
import { type Frame, strataOf } from './frame.ts';
import { roundStratum } from './round.ts';
import type { WeighSettings } from './settings.ts';

/** One stratum of a region on the silence map. */
export const silenceSchema = z.object({
  region: z.string(),
  ...stratumSchema.shape,
  residents: z.number().int().nonnegative(),
  writers: z
    .number()
    .int()
    .nonnegative()
    .nullable()
    .describe('persons who wrote about the region on any matter, rounded; null where fewer than `privacy.k`'),
});

export type StratumSilence = z.infer<typeof silenceSchema>;

/**
 * The silence map of a region: who is heard less than their number, of all who write about it on any matter. Empty where fewer than
 * `breakdownFrom` persons write, or the region is not in the frame. See {@link breakDown}.
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
  const counted = panel.reduce((sum, { authors }) => sum + authors, 0);
  const told = breakDown(residents, writers, { counted, least: settings.breakdownFrom });
  return told.map(({ stratum, residents: people, persons }) => ({
    region,
    ...roundStratum(stratum),
    residents: people,
    writers: persons,
  }));
}
