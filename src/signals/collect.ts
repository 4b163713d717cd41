import { cellAudiences, cellVoices, cellVolumes, regionPanels } from '../store/queries/evidence.ts';
import { baselineCover, cellAppeals, cellBaselines } from '../store/queries/evidence-context.ts';
import type { Store } from '../store/store.ts';
import { type CellEvidence, noEvidence } from '../weigh/evidence.ts';
import { expectEvents } from '../weigh/expected.ts';
import type { Window } from '../weigh/signal.ts';
import { joinedClusters } from './links.ts';
import { audiencesIn, histogramOf, panelsByRegion, saidIn, strataOf } from './unpack.ts';
import type { Weighing } from './weighing.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Place {
  agency: string;
  region: string;
  theme: string;
  /** Hash of the three. */
  cell: string;
}

/** Counts what is known of every cell of a window: those with posts, and those with appeals alone. */
export async function collectEvidence(
  store: Store,
  window: Window,
  { frame, settings }: Weighing,
  nowMs: number,
): Promise<CellEvidence[]> {
  const range = { from: window.fromMs, to: window.toMs };
  const joined = await joinedClusters(store, window);
  const lookBackMs = Math.max(settings.appeals.days * DAY_MS, window.toMs - window.fromMs);
  const earlier = earlierWindows(elapsed(window, nowMs), settings.baseline.days);
  const [volumes, voices, audiences, panels, baselines, cover, appeals] = await Promise.all([
    store.query(cellVolumes, range),
    store.query(cellVoices, {
      ...range,
      ...joined,
      accounts: settings.amplification.accounts,
      gapMs: settings.amplification.gapMs,
    }),
    store.query(cellAudiences, { ...range, unknownCircle: settings.reach.unknownCircle }),
    store.query(regionPanels, range),
    store.query(cellBaselines, earlier),
    store.query(baselineCover, earlier),
    store.query(cellAppeals, { ...range, since: window.toMs - lookBackMs }),
  ]);

  const placeOf = new Map<string, Place>([...volumes, ...appeals].map((row) => [row.cell, row]));
  const { themePooling } = settings.appeals;
  const expectedStatements = expectEvents(
    voices.flatMap((row) => {
      const place = placeOf.get(row.cell);
      return place === undefined ? [] : [{ ...place, events: saidIn(row.voices) }];
    }),
    frame,
    themePooling,
  );
  const expectedAppeals = expectEvents(
    appeals.map((row) => ({ ...row, events: row.recent })),
    frame,
    themePooling,
  );
  const voicesOf = index(voices);
  const audiencesOf = index(audiences);
  const baselineOf = index(baselines);
  const appealsOf = index(appeals);
  const volumesOf = index(volumes);
  const panelOf = panelsByRegion(panels);
  const quiet = appeals.filter((row) => row.inWindow > 0 && !volumesOf.has(row.cell));

  return [...volumes, ...quiet].map((place): CellEvidence => {
    const volume = volumesOf.get(place.cell);
    const spoken = voicesOf.get(place.cell);
    const filed = appealsOf.get(place.cell);
    return {
      ...noEvidence({ ...named(place), window }),
      ...(volume && {
        posts: volume.posts,
        authors: volume.authors,
        thanks: volume.thanks,
        gross: volume.gross,
      }),
      ...(spoken && {
        // Rows may have come between two queries.
        statements: Math.min(volume?.posts ?? 0, spoken.statements),
        coordinated: { statements: spoken.coordinatedStatements, posts: spoken.coordinatedPosts },
        voices: histogramOf(spoken.voices),
        strata: strataOf(spoken.voices),
      }),
      panel: panelOf.get(place.region) ?? [],
      audiences: audiencesIn(audiencesOf.get(place.cell)?.audiences ?? []),
      expectedStatements: expectedStatements(place),
      baseline: {
        statements: baselineOf.get(place.cell)?.statements ?? 0,
        windows: (cover[0]?.pieces ?? 0) * (earlier.pieceMs / Math.max(earlier.lengthMs, earlier.pieceMs)),
      },
      appeals: {
        inWindow: filed?.inWindow ?? 0,
        recent: filed?.recent ?? 0,
        days: Math.round(lookBackMs / DAY_MS),
        escalated: filed?.escalated ?? 0,
        expected: expectedAppeals(place),
        known: appeals.length > 0,
      },
    };
  });
}

/** Windows as long as this one, whole days earlier, as many as fit into `days` but at least one; with the hours they touch. */
export function earlierWindows({ fromMs, toMs }: Window, days: number) {
  const lengthMs = toMs - fromMs;
  const stepMs = Math.ceil(lengthMs / DAY_MS) * DAY_MS;
  const count = Math.max(1, Math.floor((days * DAY_MS) / stepMs));
  const hours = new Set<number>();
  for (let i = 1; i <= count; i++) {
    const startMs = fromMs - i * stepMs;
    for (let at = Math.floor(startMs / HOUR_MS) * HOUR_MS; at < startMs + lengthMs; at += HOUR_MS) {
      if (at >= 0) hours.add(at / 1000);
    }
  }
  // Of windows of several days the days with data are counted, of shorter ones those that hold any.
  const pieceMs = lengthMs > DAY_MS ? DAY_MS : stepMs;
  return { from: fromMs, hours: [...hours].toSorted((a, b) => a - b), stepMs, lengthMs, pieceMs };
}

/** The part of a window that has passed: a day at noon is held against earlier mornings. */
function elapsed({ fromMs, toMs }: Window, nowMs: number): Window {
  return { fromMs, toMs: nowMs > fromMs ? Math.min(nowMs, toMs) : toMs };
}

function named({ agency, region, theme }: Place) {
  return { agency: agency || null, region: region || null, theme: theme || null };
}

function index<T extends { cell: string }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [row.cell, row]));
}
