import type { Store } from '../store/store.ts';
import { type CellEvidence, noEvidence } from '../weigh/evidence.ts';
import { expectEvents } from '../weigh/expected.ts';
import { shareUnplaced } from '../weigh/unplaced.ts';
import { collectAppeals, type WindowAppeals } from './appeals.ts';
import { collectBaselines } from './baselines.ts';
import { concertOf, usualShares } from './coordination.ts';
import { countHours } from './hours.ts';
import { named, type Place, placeKey } from './place.ts';
import { readPosts } from './posts.ts';
import { type Run, windowOf } from './runs.ts';
import { audiencesIn, histogramOf, panelsByRegion, personsIn, saidIn, strataOf } from './unpack.ts';
import type { Weighing } from './weighing.ts';
import type { WindowMemory } from './window-memory.ts';

/** Counts what is known of every cell of each window of a run: those with posts, and those with appeals alone. */
export async function collectEvidence(
  store: Store,
  run: Run,
  weighing: Weighing,
  options: GatherOptions,
): Promise<CellEvidence[][]> {
  const { windows } = await gatherEvidence(store, run, weighing, options);
  return windows.map((cells) => [...cells]);
}

export interface GatherOptions {
  nowMs: number;
  /** The caller has counted the hours, for this run and others. */
  isCounted?: boolean;
  /** What the last round left of the only window of the run: cells that have the same rows since may be left out. */
  memory?: WindowMemory | undefined;
}

/** The evidence of each window of a run, and whether cells are left out. */
export interface Gathered {
  isPartial: boolean;
  windows: Iterable<CellEvidence>[];
}

/** The same, each cell put together when it is asked for: a window of thousands of them need not be held. */
export async function gatherEvidence(
  store: Store,
  run: Run,
  weighing: Weighing,
  { nowMs, isCounted = false, memory }: GatherOptions,
): Promise<Gathered> {
  const { frame, settings } = weighing;
  const counted = isCounted ? Promise.resolve() : countHours(store);
  const [posts, baselines, appeals] = await Promise.all([
    readPosts(store, run, weighing, { counted, memory }),
    counted.then(() => collectBaselines(store, run, weighing, nowMs)),
    counted.then(() => collectAppeals(store, run, weighing)),
  ]);
  const { volumes, changed, voices, audiences, panels, concerts } = posts;
  if (changed?.length === 0) return { isPartial: true, windows: [[]] };
  const isChanged = changed === undefined ? () => true : isIn(new Set(changed));
  const said = new Map(volumes.map(({ cell }) => [cell, spokenIn(cell)]));
  memory?.keep(volumes, changed, (cell) => said.get(cell) ?? SILENT);
  return {
    isPartial: changed !== undefined,
    windows: appeals.map((filed, slot) => ({ [Symbol.iterator]: () => cellsOf(filed, slot) })),
  };

  /** Statements of persons and persons, of a cell that was asked for or remembered. */
  function spokenIn(cell: string): { said: number; persons: number } {
    const known = isChanged(cell) ? undefined : memory?.of(cell);
    if (known !== undefined) return { said: known.said, persons: known.persons };
    const numbers = voices.get(cell)?.voices ?? [];
    return { said: saidIn(numbers), persons: personsIn(numbers) };
  }

  function* cellsOf(filed: WindowAppeals, slot: number): Generator<CellEvidence, void, undefined> {
    const window = windowOf(run, slot);
    const spoken = volumes.filter((row) => row.slot === slot);
    const seen = new Set(spoken.map(placeKey));
    const usualAccounts = usualShares(spoken, settings.amplification);
    const expectedStatements = expectEvents(
      spoken.map(({ agency, region, theme, cell }) => {
        return { agency, region, theme, events: said.get(cell)?.said ?? 0 };
      }),
      frame,
      settings.appeals.themePooling,
    );
    const unplacedIn = shareUnplaced(
      spoken.map(({ agency, region, theme, cell }) => {
        return { agency, region, theme, persons: said.get(cell)?.persons ?? 0 };
      }),
      settings.population,
    );
    const panelOf = panelsByRegion(panels.filter((row) => row.slot === slot));
    const usual = baselines[slot];
    const background = (place: Place & { cell?: string }) => ({
      panel: panelOf.get(place.region) ?? [],
      expectedStatements: expectedStatements(place),
      baseline: usual?.(place) ?? { statements: 0, windows: 0 },
      appeals: filed.of(place),
    });

    for (const volume of spoken) {
      if (!isChanged(volume.cell)) continue;
      const voiced = voices.get(volume.cell);
      const { panel, expectedStatements, baseline, appeals } = background(volume);
      yield {
        agency: volume.agency || null,
        region: volume.region || null,
        theme: volume.theme || null,
        window,
        posts: volume.posts,
        // Rows may have come between two queries.
        statements: Math.min(volume.posts, voiced?.statements ?? volume.posts),
        authors: volume.authors,
        thanks: volume.thanks,
        underOutlets: volume.underOutlets,
        gross: volume.gross,
        coordinated: { statements: voiced?.coordinatedStatements ?? 0, posts: voiced?.coordinatedPosts ?? 0 },
        concert: concertOf(volume, usualAccounts, voiced?.pastedPosts ?? 0, concerts),
        voices: histogramOf(voiced?.voices ?? []),
        strata: strataOf(voiced?.voices ?? []),
        unplaced: unplacedIn(volume),
        audiences: audiencesIn(audiences.get(volume.cell) ?? []),
        panel,
        expectedStatements,
        baseline,
        appeals,
      };
    }
    if (changed !== undefined) return;
    for (const place of filed.places) {
      if (!seen.has(placeKey(place))) yield { ...noEvidence({ ...named(place), window }), ...background(place) };
    }
  }
}

const SILENT = { said: 0, persons: 0 };

function isIn(cells: ReadonlySet<string>): (cell: string) => boolean {
  return (cell) => cells.has(cell);
}
