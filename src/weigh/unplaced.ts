import type { WeighSettings } from './settings.ts';

/** Persons who complain, by cell; `''` where not known. */
export interface CellPersons {
  agency: string;
  region: string;
  theme: string;
  persons: number;
}

/** What the persons of whom region or body is not known add to a cell. */
export interface Unplaced {
  /** By what its persons are to be multiplied, at least 1. */
  factor: number;
  /** Variance of the product over its mean: 1 for a count, more where few known ones stand for many. */
  spread: number;
}

export const NOTHING_UNPLACED: Unplaced = { factor: 1, spread: 1 };

/**
 * Allots persons in part: those who name a body and a theme but of whom no region is known go to the regions as the known
 * ones of that body and theme do, `unknownPrior` of whom are kept back, so that few known ones do not draw all; of those who speak of
 * a theme of a region without naming a body, `unaddressed` (of no more than name one) go to the bodies as those who name one do.
 * The variance is that of Poisson counts by the delta method.
 */
export function shareUnplaced(
  counts: readonly CellPersons[],
  { unknownPrior, unaddressed }: Pick<WeighSettings['population'], 'unknownPrior' | 'unaddressed'>,
): (place: Omit<CellPersons, 'persons'>) => Unplaced {
  const known = new Map<string, number>();
  const add = (key: string, persons: number) => known.set(key, (known.get(key) ?? 0) + persons);
  for (const { agency, region, theme, persons } of counts) {
    if (theme === '') continue;
    add(`${agency}/${region}/${theme}`, persons);
    if (agency !== '' && region !== '') {
      add(`${agency}/*/${theme}`, persons);
      add(`*/${region}/${theme}`, persons);
    }
  }
  const of = (agency: string, region: string, theme: string) => known.get(`${agency}/${region}/${theme}`) ?? 0;
  return ({ agency, region, theme }) => {
    const own = of(agency, region, theme);
    if (own === 0 || agency === '' || region === '' || theme === '') return NOTHING_UNPLACED;
    const placed = of(agency, '*', theme);
    const addressed = of('*', region, theme);
    const nowhere = draw(own, placed - own, of(agency, '', theme), unknownPrior);
    const speechless = Math.min(of('', region, theme), addressed);
    const toNobody = draw(own, addressed - own, unaddressed * speechless, 0);
    const estimate = own + nowhere.persons + toNobody.persons;
    const variance =
      own * (1 + nowhere.slope + toNobody.slope) ** 2 + nowhere.variance + unaddressed * toNobody.variance;
    return { factor: estimate / own, spread: variance / estimate };
  };
}

/** Of `unknown` persons those that fall to `own` of own + others + kept; how that grows with `own`, and its variance for the rest. */
function draw(own: number, others: number, unknown: number, kept: number) {
  const all = own + others + kept;
  const part = own / all;
  return {
    persons: unknown * part,
    slope: (unknown * (1 - part)) / all,
    variance: part ** 2 * unknown + ((unknown * part) / all) ** 2 * others,
  };
}
