import { z } from 'zod';
import { type Frame, SETTLEMENTS, STRATA, TEXT_LANGUAGES } from './frame.ts';
import { participation } from './participation.ts';

/** One stratum of persons who are broken down by settlement and language of writing. */
export const stratumSchema = z.object({
  settlement: z.enum(SETTLEMENTS),
  language: z.enum(TEXT_LANGUAGES),
  atMost: z
    .literal(true)
    .optional()
    .describe('fewer than `privacy.k` persons, none perhaps: participation and partial are the most they can be'),
  participation: z
    .number()
    .nonnegative()
    .describe('persons of the stratum for each of its residents, over the same of all: 1 is even'),
  partial: z
    .number()
    .describe('unconditional partial CV-indicator; below 0 the stratum is quieter than its part of the residents'),
});

export type Stratum = z.infer<typeof stratumSchema>;

/**
 * Breaks persons down by stratum: participation ρₕ/ρ̄ and the unconditional partial indicators over the mean propensity (Schouten, Shlomo &
 * Skinner 2011). Nothing where fewer than `least` persons are there. A stratum of fewer is told by the most that it can be, and counts as
 * half of `least` in the mean, so that no subtraction gives its number.
 *
 * @param residents of each of {@link STRATA}
 * @param persons of each, fractional where a trait is not known
 * @param counted persons in all, a whole number that fractions may miss by a rounding error
 */
export function breakDown(
  residents: Frame['country'],
  persons: readonly number[],
  { counted, least }: { counted: number; least: number },
): { stratum: Stratum; residents: number; persons: number | null }[] {
  if (counted < least) return [];
  const isFew = (i: number) => (persons[i] ?? 0) < least;
  const guessed = residents.map((people, i) => (people === 0 ? 0 : isFew(i) ? least / 2 : (persons[i] ?? 0)));
  const { mean } = participation(residents, guessed);
  const total = residents.reduce((sum, people) => sum + people, 0);
  return STRATA.flatMap(({ settlement, language }, i) => {
    const people = residents[i] ?? 0;
    if (people === 0) return [];
    const most = isFew(i) ? least : (persons[i] ?? 0);
    const relative = most / people / mean;
    const stratum: Stratum = {
      settlement,
      language,
      ...(isFew(i) ? { atMost: true } : {}),
      participation: relative,
      partial: Math.sqrt(people / total) * (relative - 1),
    };
    return [{ stratum, residents: people, persons: isFew(i) ? null : Math.round(most) }];
  });
}
