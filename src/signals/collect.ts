import { cellAudiences, cellVoices, cellVolumes, regionPanels } from '../store/queries/evidence.ts';
import type { Store } from '../store/store.ts';
import { type CellEvidence, noEvidence } from '../weigh/evidence.ts';
import { expectEvents } from '../weigh/expected.ts';
import { shareUnplaced } from '../weigh/unplaced.ts';
import { collectAppeals, type WindowAppeals } from './appeals.ts';
import { collectBaselines } from './baselines.ts';
import { collectConcerts, concertOf, usualShares } from './coordination.ts';
import { countHours } from './hours.ts';
import { joinedClusters } from './links.ts';
import { named, type Place, placeKey } from './place.ts';
import { endOf, type Run, windowOf } from './runs.ts';
import { audiencesIn, histogramOf, panelsByRegion, personsIn, saidIn, strataOf } from './unpack.ts';
import type { Weighing } from './weighing.ts';

/** Counts what is known of every cell of each window of a run: those with posts, and those with appeals alone. */
export async function collectEvidence(
  store: Store,
  run: Run,
  weighing: Weighing,
  options: { nowMs: number; isCounted?: boolean },
): Promise<CellEvidence[][]> {
  const windows = await gatherEvidence(store, run, weighing, options);
  return windows.map((cells) => [...cells]);
}

/**
 * The same, each cell put together when it is asked for: a window of thousands of them need not be held.
 *
 * @param options.isCounted the caller has counted the hours, for this run and others
 */
export async function gatherEvidence(
  store: Store,
  run: Run,
  weighing: Weighing,
  { nowMs, isCounted = false }: { nowMs: number; isCounted?: boolean },
): Promise<Iterable<CellEvidence>[]> {
  const { frame, settings } = weighing;
  const range = { from: run.fromMs, to: endOf(run), lengthMs: run.lengthMs };
  const { accounts, gapMs, young, small } = settings.amplification;
  const joined = await joinedClusters(store, { fromMs: range.from, toMs: range.to });
  if (!isCounted) await countHours(store);
  const [volumes, voices, audiences, panels, baselines, concerts, appeals] = await Promise.all([
    store.query(cellVolumes, { ...range, youngDays: young.days, smallBelow: small.below }),
    store.query(cellVoices, { ...range, ...joined, accounts, gapMs }),
    store.query(cellAudiences, { ...range, unknownCircle: settings.reach.unknownCircle }),
    store.query(regionPanels, range),
    collectBaselines(store, run, weighing, nowMs),
    collectConcerts(store, run, settings.amplification),
    collectAppeals(store, run, weighing),
  ]);
  const voicesOf = index(voices);
  const audiencesOf = index(audiences);
  return appeals.map((filed, slot) => ({ [Symbol.iterator]: () => cellsOf(filed, slot) }));

  function* cellsOf(filed: WindowAppeals, slot: number): Generator<CellEvidence, void, undefined> {
    const window = windowOf(run, slot);
    const spoken = volumes.filter((row) => row.slot === slot);
    const seen = new Set(spoken.map(placeKey));
    const usualAccounts = usualShares(spoken, settings.amplification);
    const expectedStatements = expectEvents(
      spoken.map(({ agency, region, theme, cell }) => {
        return { agency, region, theme, events: saidIn(voicesOf.get(cell)?.voices ?? []) };
      }),
      frame,
      settings.appeals.themePooling,
    );
    const unplacedIn = shareUnplaced(
      spoken.map(({ agency, region, theme, cell }) => {
        return { agency, region, theme, persons: personsIn(voicesOf.get(cell)?.voices ?? []) };
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
      const voiced = voicesOf.get(volume.cell);
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
        audiences: audiencesIn(audiencesOf.get(volume.cell)?.audiences ?? []),
        panel,
        expectedStatements,
        baseline,
        appeals,
      };
    }
    for (const place of filed.places) {
      if (!seen.has(placeKey(place))) yield { ...noEvidence({ ...named(place), window }), ...background(place) };
    }
  }
}

function index<T extends { cell: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.cell, row]));
}
