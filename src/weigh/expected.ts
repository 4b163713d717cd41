import { type Frame, residentsOf } from './frame.ts';

/** Events of one cell: appeals, or statements. */
export interface CellCount {
  agency: string;
  /** `''` where not known. */
  region: string;
  /** `''` where not known. */
  theme: string;
  events: number;
}

/** How many events a cell would hold if those of the country were spread by theme and residents. */
export type Expectation = (cell: Pick<CellCount, 'region' | 'theme'>) => number;

/**
 * Indirect standardisation over theme × region. Expected of a cell: the theme's total, pulled towards the mean theme on the log scale,
 * times the region's part of the residents, divided by the number of bodies addressed on that theme in that region. Events of no known region
 * are a stratum of their own, with the part they have in the whole.
 *
 * @param counts one entry a cell that has events
 * @param pooling 0: the theme's own total, 1: the same for every theme
 */
export function expectEvents(counts: readonly CellCount[], frame: Frame, pooling: number): Expectation {
  const themes = new Map<string, number>();
  const bodies = new Map<string, number>();
  let all = 0;
  let unplaced = 0;
  for (const { region, theme, events } of counts) {
    if (events === 0) continue;
    all += events;
    if (region === '') unplaced += events;
    themes.set(theme, (themes.get(theme) ?? 0) + events);
    bodies.set(`${region}/${theme}`, (bodies.get(`${region}/${theme}`) ?? 0) + 1);
  }
  if (all === 0) return () => 0;
  const meanTheme = all / themes.size;
  const people = residentsOf(frame.country);
  return ({ region, theme }) => {
    const own = themes.get(theme) ?? 0;
    const total = Math.max(own, 1) ** (1 - pooling) * meanTheme ** pooling;
    const residents = residentsOf(frame.regions.get(region) ?? []);
    const part = region === '' ? unplaced / all : (1 - unplaced / all) * (residents / people);
    return (total * part) / (bodies.get(`${region}/${theme}`) ?? 1);
  };
}
