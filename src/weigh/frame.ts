import { z } from 'zod';
import { regionCode } from '../post/post.ts';

export const SETTLEMENTS = ['urban', 'rural'] as const;
export const TEXT_LANGUAGES = ['kk', 'ru'] as const;
export type Settlement = (typeof SETTLEMENTS)[number];
export type TextLanguage = (typeof TEXT_LANGUAGES)[number];

/** The four strata of a region, in this order everywhere. */
export const STRATA = SETTLEMENTS.flatMap((settlement) =>
  TEXT_LANGUAGES.map((language) => ({ settlement, language, key: `${settlement}/${language}` })),
);

/** One row of `population.csv`. */
export const frameRowSchema = z.object({
  region: regionCode,
  settlement: z.enum(SETTLEMENTS),
  language: z.enum(TEXT_LANGUAGES),
  residents: z.coerce.number().int().nonnegative(),
  population_status: z.string().min(1),
  settlement_status: z.string().min(1),
  language_status: z.string().min(1),
});

export type FrameRow = z.output<typeof frameRowSchema>;

/** Residents by region and stratum: what a cell is held against. */
export interface Frame {
  /** Region code → residents of each of {@link STRATA}. */
  regions: ReadonlyMap<string, readonly number[]>;
  /** The same for the whole country. */
  country: readonly number[];
}

export function createFrame(rows: readonly FrameRow[]): Frame {
  const regions = new Map<string, number[]>();
  const country = STRATA.map(() => 0);
  for (const row of rows) {
    const strata = regions.get(row.region) ?? STRATA.map(() => 0);
    const at = STRATA.findIndex(
      ({ settlement, language }) => settlement === row.settlement && language === row.language,
    );
    strata[at] = (strata[at] ?? 0) + row.residents;
    country[at] = (country[at] ?? 0) + row.residents;
    regions.set(row.region, strata);
  }
  return { regions, country };
}

/** Residents of each stratum of a region; of the country where the region is null or not in the frame. */
export function strataOf(frame: Frame, region: string | null): readonly number[] {
  return (region === null ? undefined : frame.regions.get(region)) ?? frame.country;
}

export function residentsOf(strata: readonly number[]): number {
  return strata.reduce((total, residents) => total + residents, 0);
}
