import { cellHistory, daysHeld, seasonHistory } from '../store/queries/history.ts';
import type { Store } from '../store/store.ts';
import { type Frame, residentsOf } from '../weigh/frame.ts';
import type { WeighSettings } from '../weigh/settings.ts';
import { type Earlier, type Exposure, type Looked, seasonalMovement, usualOf } from '../weigh/usual.ts';
import { earlierHours, exposures } from './earlier.ts';
import type { Place } from './place.ts';
import { endOf, type Run } from './runs.ts';
import type { Weighing } from './weighing.ts';
import { DAY_MS } from './windows.ts';

const NOTHING: Looked = { weekly: 0, daily: 0 };
const YEAR_DAYS = 364;

/** The usual volume of a cell of one window. `cell` is its key in the store. */
export type Baseline = (place: Place & { cell?: string }) => Earlier;

/** The usual volumes of each window of a run. */
export async function collectBaselines(store: Store, run: Run, weighing: Weighing, nowMs: number): Promise<Baseline[]> {
  const { frame } = weighing;
  const settings = weighing.settings.baseline;
  const earlier = earlierHours(run, settings.weeks, nowMs);
  const [from] = earlier.hours;
  if (from === undefined) return Array.from({ length: run.count }, () => () => ({ statements: 0, windows: 0 }));
  const [themes, days, seasonOf] = await Promise.all([
    store.query(cellHistory, earlier),
    store.query(daysHeld, { from, to: (earlier.hours.at(-1) ?? from) + 3600 }),
    collectSeason(store, run, settings),
  ]);
  const ownOf = new Map<string, Looked>();
  for (const { cells, cellsWeekly, cellsDaily } of themes) {
    cells.forEach((cell, i) => {
      ownOf.set(cell, { weekly: cellsWeekly[i] ?? 0, daily: cellsDaily[i] ?? 0 });
    });
  }
  return exposures(earlier, run, nowMs, days).map((exposure, slot) => {
    const rows = themes.filter((row) => row.slot === slot);
    const surroundings = surroundingsOf(rows, frame);
    return usualInWindow(exposure, surroundings);
  });

  function usualInWindow(exposure: Exposure, surroundings: ReturnType<typeof surroundingsOf>): Baseline {
    return (place) =>
      usualOf(
        (place.cell === undefined ? undefined : ownOf.get(place.cell)) ?? NOTHING,
        { ...surroundings(place), season: seasonOf(place) },
        exposure,
        settings,
      );
  }
}

type ThemeRow = Looked & { region: string; theme: string; bodies: number };

function surroundingsOf(rows: readonly ThemeRow[], frame: Frame) {
  const places = new Map(rows.map((row) => [`${row.region}/${row.theme}`, row]));
  const themes = new Map<string, Looked>();
  let all = 0;
  let unplaced = 0;
  for (const { region, theme, weekly, daily } of rows) {
    const sum = themes.get(theme) ?? NOTHING;
    themes.set(theme, { weekly: sum.weekly + weekly, daily: sum.daily + daily });
    all += weekly + daily;
    if (region === '') unplaced += weekly + daily;
  }
  const people = residentsOf(frame.country);
  const partOf = (region: string): number => {
    if (all === 0) return 0;
    if (region === '') return unplaced / all;
    return (1 - unplaced / all) * (residentsOf(frame.regions.get(region) ?? []) / people);
  };
  return ({ region, theme }: Place) => ({
    place: places.get(`${region}/${theme}`) ?? { ...NOTHING, bodies: 0 },
    theme: themes.get(theme) ?? NOTHING,
    part: partOf(region),
  });
}

/** How each theme of each region moved into this season a year ago, where the store reaches back so far. */
async function collectSeason(
  store: Store,
  run: Run,
  { weeks, season }: WeighSettings['baseline'],
): Promise<(place: Place) => number> {
  const dayMs = Math.floor(run.fromMs / DAY_MS) * DAY_MS;
  const days = Math.ceil((endOf(run) - dayMs) / DAY_MS) + 2 * season.days;
  const startMs = dayMs - (YEAR_DAYS + season.days) * DAY_MS;
  const range = {
    from: Math.max(0, startMs / 1000 - weeks * 7 * 86_400),
    season: Math.max(0, startMs / 1000),
    to: Math.max(0, startMs / 1000 + days * 86_400),
  };
  const held = await store.query(daysHeld, range);
  if (held[0] === undefined || held[0].firstHour > range.from + 86_400) return () => 1;
  const rows = await store.query(seasonHistory, range);
  const share = days / (weeks * 7);
  const byTheme = new Map<string, { season: number; before: number }>();
  for (const row of rows) {
    const sum = byTheme.get(row.theme) ?? { season: 0, before: 0 };
    byTheme.set(row.theme, { season: sum.season + row.season, before: sum.before + row.before });
  }
  const movements = new Map<string, number>();
  for (const row of rows) {
    const country = byTheme.get(row.theme) ?? row;
    const towards = seasonalMovement(country, share, 1, season.prior);
    movements.set(`${row.region}/${row.theme}`, seasonalMovement(row, share, towards, season.prior));
    movements.set(row.theme, towards);
  }
  return ({ region, theme }) => movements.get(`${region}/${theme}`) ?? movements.get(theme) ?? 1;
}
