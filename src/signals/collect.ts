import { cellAudiences, cellVoices, cellVolumes, regionPanels } from '../store/queries/evidence.ts';
import { baselineWindows, cellAppeals, cellBaselines } from '../store/queries/evidence-context.ts';
import type { Store } from '../store/store.ts';
import { type CellEvidence, noEvidence, type StratumCount } from '../weigh/evidence.ts';
import { expectEvents } from '../weigh/expected.ts';
import type { Window } from '../weigh/signal.ts';
import { type Histogram, sum } from '../weigh/voices.ts';
import { joinedClusters } from './links.ts';
import type { Weighing } from './weighing.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

interface Place {
  agency: string;
  region: string;
  theme: string;
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
  const [volumes, voices, audiences, panels, baselines, windows, appeals] = await Promise.all([
    store.query(cellVolumes, { ...range, ...joined }),
    store.query(cellVoices, {
      ...range,
      ...joined,
      accounts: settings.amplification.accounts,
      gapMs: settings.amplification.gapMs,
    }),
    store.query(cellAudiences, { ...range, unknownCircle: settings.reach.unknownCircle }),
    store.query(regionPanels, range),
    store.query(cellBaselines, earlier),
    store.query(baselineWindows, earlier),
    store.query(cellAppeals, { ...range, since: window.toMs - lookBackMs }),
  ]);

  const said = voices.map((row) => ({ ...row, events: sum(histogramOf(row.voices)) }));
  const expectedStatements = expectEvents(said, frame, settings.appeals.themePooling);
  const expectedAppeals = expectEvents(
    appeals.map((row) => ({ ...row, events: row.recent })),
    frame,
    settings.appeals.themePooling,
  );
  const voicesOf = index(voices);
  const audiencesOf = index(audiences);
  const baselineOf = index(baselines);
  const appealsOf = index(appeals);
  const volumesOf = index(volumes);
  const panelOf = new Map(panels.map((row) => [row.region, strataOf(row.strata)]));
  const quiet = appeals.filter((row) => row.inWindow > 0 && !volumesOf.has(keyOf(row)));

  return [...volumes, ...quiet].map((place): CellEvidence => {
    const key = keyOf(place);
    const volume = volumesOf.get(key);
    const spoken = voicesOf.get(key);
    const filed = appealsOf.get(key);
    return {
      ...noEvidence({ ...named(place), window }),
      ...(volume && {
        posts: volume.posts,
        statements: volume.statements,
        authors: volume.authors,
        thanks: volume.thanks,
        gross: volume.gross,
      }),
      ...(spoken && {
        coordinated: spoken.coordinated,
        voices: histogramOf(spoken.voices),
        strata: strataOf(spoken.strata),
      }),
      panel: panelOf.get(place.region) ?? [],
      audiences: (audiencesOf.get(key)?.audiences ?? []).map(([platform, , sources, low, mid, high]) => ({
        platform,
        sources,
        low: low / sources,
        mid: mid / sources,
        high: high / sources,
      })),
      expectedStatements: expectedStatements(place),
      baseline: { statements: baselineOf.get(key)?.statements ?? 0, windows: windows[0]?.windows ?? 0 },
      appeals: {
        inWindow: filed?.inWindow ?? 0,
        recent: filed?.recent ?? 0,
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
  return { from: fromMs, hours: [...hours].toSorted((a, b) => a - b), stepMs, lengthMs };
}

/** The part of a window that has passed: a day at noon is held against earlier mornings. */
function elapsed({ fromMs, toMs }: Window, nowMs: number): Window {
  return { fromMs, toMs: nowMs > fromMs ? Math.min(nowMs, toMs) : toMs };
}

function named({ agency, region, theme }: Place) {
  return { agency: agency || null, region: region || null, theme: theme || null };
}

function keyOf({ agency, region, theme }: Place): string {
  return `${agency}\0${region}\0${theme}`;
}

function index<T extends Place>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

function histogramOf([sizes, counts]: readonly [readonly number[], readonly number[]]): Histogram {
  return sizes.map((size, i) => [size, counts[i] ?? 0]);
}

/** From `settlement/language` to the two, `''` where the platform or the text does not tell. */
function strataOf([strata, counts]: readonly [readonly string[], readonly number[]]): StratumCount[] {
  return strata.map((stratum, i) => {
    const [settlement, language] = stratum.split('/');
    return {
      settlement: settlement === 'urban' || settlement === 'rural' ? settlement : '',
      language: language === 'kk' || language === 'ru' ? language : '',
      authors: counts[i] ?? 0,
    };
  });
}
