import type { WeighSettings } from './settings.ts';

/** Statements in earlier windows like this one, and how many such windows there is data of; both may be fractional. */
export interface Earlier {
  statements: number;
  windows: number;
}

/** Earlier windows of two kinds, statements of each. */
export interface Looked {
  /** The same hours of the week, in earlier weeks. */
  weekly: number;
  /** The same hours of the other days of the last week. */
  daily: number;
}

/** How many windows of the two kinds there is data of. */
export type Exposure = Looked;

/** What surrounds a cell: statements in the same earlier windows. */
export interface Surroundings {
  /** Of its region and theme, all bodies together. */
  place: Looked & { bodies: number };
  /** Of its theme in the whole country. */
  theme: Looked;
  /** The part of the country's statements that would fall to the region by its residents, 0 … 1. */
  part: number;
  /** The movement of the season, 1 where it is not known. */
  season: number;
}

/** Finer than this no count of the past is known. */
const GRAIN = 4;

/**
 * The usual volume of a cell: earlier windows of the same hours of the week, and of other days where weeks are few, plus `thin`
 * windows' worth of what its region and theme would lead one to expect, which in turn lean on the theme in the country
 * (gamma–Poisson shrinkage in two steps: a cell that was never seen before is not taken to be usual at 0); times the season.
 */
export function usualOf(
  own: Looked,
  { place, theme, part, season }: Surroundings,
  exposure: Exposure,
  { otherDays, thin }: Pick<WeighSettings['baseline'], 'otherDays' | 'thin'>,
): Earlier {
  const held = exposure.daily === 0 ? 0 : Math.min(1, otherDays / exposure.daily);
  const windows = exposure.weekly + held * exposure.daily;
  if (windows === 0) return { statements: 0, windows: 0 };
  const together = ({ weekly, daily }: Looked) => weekly + held * daily;
  const byResidents = (together(theme) / windows) * part;
  const ofPlace = (thin * byResidents + together(place)) / (thin + windows) / Math.max(1, place.bodies);
  const statements = (thin * ofPlace + together(own)) * season;
  return { statements: Math.round(GRAIN * statements) / GRAIN, windows: thin + windows };
}

/** Statements of one season and of the weeks that led up to it, a year ago, and how long each was. */
export interface SeasonCounts {
  season: number;
  before: number;
}

/**
 * How a theme moved a year ago from the weeks before into this season: the ratio of the two rates, pulled towards `towards`
 * as by `prior` statements (gamma–Poisson).
 *
 * @param share length of the season over the length of the weeks before
 */
export function seasonalMovement(
  { season, before }: SeasonCounts,
  share: number,
  towards: number,
  prior: number,
): number {
  return (season + prior * towards) / (before * share + prior);
}
