import { cellAudiences, cellVoices, cellVolumes, regionPanels } from '../store/queries/evidence.ts';
import type { Store } from '../store/store.ts';
import { type CellEvidence, noEvidence } from '../weigh/evidence.ts';
import { expectEvents } from '../weigh/expected.ts';
import { shareUnplaced } from '../weigh/unplaced.ts';
import { collectAppeals } from './appeals.ts';
import { collectBaselines } from './baselines.ts';
import { collectConcerts, concertOf, usualShares } from './coordination.ts';
import { countHours } from './hours.ts';
import { joinedClusters } from './links.ts';
import { named, type Place, placeKey } from './place.ts';
import { endOf, type Run, windowOf } from './runs.ts';
import { audiencesIn, histogramOf, panelsByRegion, personsIn, saidIn, strataOf } from './unpack.ts';
import type { Weighing } from './weighing.ts';

/**
 * Counts what is known of every cell of each window of a run: those with posts, and those with appeals alone.
 *
 * @param options.isCounted the caller has counted the hours, for this run and others
 */
export async function collectEvidence(
  store: Store,
  run: Run,
  weighing: Weighing,
  { nowMs, isCounted = false }: { nowMs: number; isCounted?: boolean },
): Promise<CellEvidence[][]> {
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

  return appeals.map((filed, slot) => {
    const window = windowOf(run, slot);
    const spoken = volumes.filter((row) => row.slot === slot);
    const seen = new Set(spoken.map(placeKey));
    const usualAccounts = usualShares(spoken, settings.amplification);
    const expectedStatements = expectEvents(
      spoken.map((row) => ({ ...row, events: saidIn(voicesOf.get(row.cell)?.voices ?? []) })),
      frame,
      settings.appeals.themePooling,
    );
    const unplacedIn = shareUnplaced(
      spoken.map((row) => ({ ...row, persons: personsIn(voicesOf.get(row.cell)?.voices ?? []) })),
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

    const loud = spoken.map((volume): CellEvidence => {
      const voiced = voicesOf.get(volume.cell);
      return {
        ...named(volume),
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
        ...background(volume),
      };
    });
    const quiet = filed.places
      .filter((place) => !seen.has(placeKey(place)))
      .map((place) => ({ ...noEvidence({ ...named(place), window }), ...background(place) }));
    return [...loud, ...quiet];
  });
}

function index<T extends { cell: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.cell, row]));
}
