import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { evaluateRun, evaluateWindow } from '../../src/signals/evaluate.ts';
import { countHours } from '../../src/signals/hours.ts';
import { loadWeighing } from '../../src/signals/load.ts';
import { runOf } from '../../src/signals/runs.ts';
import { WindowMemory } from '../../src/signals/window-memory.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';
import type { Signal, Window } from '../../src/weigh/signal.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A Wednesday. */
const DAY = { fromMs: Date.UTC(2026, 2, 4), toMs: Date.UTC(2026, 2, 5) };
const EVENING = { fromMs: DAY.fromMs + 18 * HOUR_MS, toMs: DAY.fromMs + 19 * HOUR_MS };
const REGIONS = 20;
const AGENCIES = 150;
const THEMES = 6;
const CELLS = REGIONS * AGENCIES * THEMES;

const NEW_POSTS = 1000;

/** How long the cells of a window take to be weighed. */
export interface EvaluationTime {
  window: string;
  /** Posts in the cells that were weighed. */
  posts: number;
  cells: number;
  /** The quicker of two rounds, in milliseconds. */
  ms: number;
  /** CPU of it, of all threads of the engine and of this process: what a machine that is busy otherwise does not change. */
  cpuMs: number;
  /** The most memory that the process has held so far. */
  peakMb: number;
}

/**
 * Weighs a day of generated posts in 18,000 cells, one of its hours in full, and that hour again after a thousand posts more, of which only the
 * cells are weighed; in a fresh embedded store: cells by Zipf's law, heavy-tailed authors, a third of the posts copies, a fifth in two cells;
 * eight weeks of the same before.
 *
 * @param days with 7, the week that ends with the day is weighed as well
 */
export async function measureEvaluation(days: 1 | 7, posts = 1_000_000): Promise<EvaluationTime[]> {
  const path = await mkdtemp(join(tmpdir(), 'salmaq-bench-'));
  const store = await openStore({ path });
  const pipelines = (name: string) => join(PACKAGE_ROOT, 'pipelines', name);
  const weighing = loadWeighing(
    { weighing: pipelines('weighing.yaml'), population: pipelines('population.csv') },
    {},
    10,
  );
  const inFull = (window: Window) => () => evaluateWindow(store, window, weighing, { nowMs: DAY.toMs });
  try {
    await migrate(store);
    for (let day = days - 1; day >= 0; day--) await writeDay(store, posts, day);
    await countHours(store);
    await store.command(`INSERT INTO cell_hours SELECT hour - toIntervalDay(${days} * (number + 1)), agency, region, theme, statements, counted_at, version
      FROM cell_hours, numbers(${Math.ceil(56 / days)}) AS weeks`);
    const times = [await measure('P1D', inFull(DAY)), await measure('PT1H, in full', inFull(EVENING))];
    const memory = new WindowMemory(EVENING);
    const again = async () => {
      const { windows } = await evaluateRun(store, runOf(EVENING), weighing, { nowMs: DAY.toMs, memory });
      return windows[0] ?? [];
    };
    await again();
    const addPosts = (round: number) =>
      store.command(`INSERT INTO posts SELECT * REPLACE(concat('new${round}.', id) AS id, now64(3) AS ingested_at) FROM posts
        WHERE published_at >= fromUnixTimestamp64Milli(${EVENING.fromMs}) AND published_at < fromUnixTimestamp64Milli(${EVENING.toMs})
        ORDER BY cityHash64(id, ${round}) LIMIT ${NEW_POSTS}`);
    times.push(await measure(`PT1H, cells of ${NEW_POSTS} new posts`, again, addPosts));
    if (days === 7) times.push(await measure('P7D', inFull({ fromMs: DAY.toMs - 7 * DAY_MS, toMs: DAY.toMs })));
    return times;
  } finally {
    await store.close();
    await rm(path, { recursive: true });
  }
}

async function measure(
  window: string,
  evaluate: () => Promise<readonly Signal[]>,
  before: (round: number) => Promise<void> = async () => {},
): Promise<EvaluationTime> {
  let best = { ms: Number.POSITIVE_INFINITY, cpuMs: Number.POSITIVE_INFINITY, posts: 0, cells: 0 };
  for (let round = 0; round < 2; round++) {
    await before(round);
    const startedAt = performance.now();
    const cpu = process.cpuUsage();
    const signals = await evaluate();
    const ms = Math.min(best.ms, performance.now() - startedAt);
    const { user, system } = process.cpuUsage(cpu);
    const posts = signals.reduce((sum, { volume }) => sum + volume.posts, 0);
    best = { ms, cpuMs: Math.min(best.cpuMs, (user + system) / 1000), posts, cells: signals.length };
  }
  return { window, ...best, peakMb: process.resourceUsage().maxRSS / 1024 };
}

/** Posts of a day so many days before, written by the engine itself, a quarter of them at a time. */
async function writeDay(store: Store, posts: number, daysBefore: number): Promise<void> {
  const uniform = (salt: number) => `(cityHash64(number, ${salt + 100 * daysBefore}) / 18446744073709551616)`;
  const cell = `toUInt32(floor(pow(${CELLS}, ${uniform(1)}))) % ${CELLS}`;
  // A third repeat one of the texts of their cell.
  const cluster = `if(${uniform(2)} < 0.33, concat('x:', toString(cell), '.', toString(toUInt32(floor(20 * pow(${uniform(3)}, 3))))), concat('x:', toString(number)))`;
  for (let part = 0; part < 4; part++) {
    await store.command(`INSERT INTO posts (platform, id, kind, published_at, observed_at, version, ingested_at, author, author_settlement,
        author_region, author_followers, channel, channel_kind, language, agencies, themes, region, cluster, copy, reach_low, reach_mid, reach_high)
      WITH ${cell} AS cell, toUInt32(intDiv(cell, ${AGENCIES * THEMES})) AS place, intDiv(cell, ${AGENCIES}) % ${THEMES} AS theme
      SELECT ['instagram', 'telegram', 'vk', 'tiktok'][1 + number % 4] AS platform, '${daysBefore}.' || toString(number) AS id,
        if(${uniform(4)} < 0.6, 'comment', 'post') AS kind,
        fromUnixTimestamp64Milli(toInt64(${DAY.fromMs - daysBefore * DAY_MS} + floor(${DAY_MS} * ${uniform(5)}))) AS published_at,
        published_at AS observed_at, 1 AS version, published_at AS ingested_at,
        cityHash64(place, floor(${Math.max(100, posts / 100)} * pow(${uniform(6)}, 2))) AS author,
        ['', '', 'urban', 'rural'][1 + author % 4] AS author_settlement, '' AS author_region,
        toUInt64(exp(12 * ${uniform(7)})) AS author_followers,
        if(${uniform(8)} < 0.5, cityHash64(floor(3000 * pow(${uniform(9)}, 2))), 0) AS channel,
        if(channel = 0, '', ['group', 'page', 'media', 'channel'][1 + channel % 4]) AS channel_kind,
        ['kk', 'ru', 'mixed', 'kk', 'ru'][1 + number % 5] AS language,
        [concat('agency_', toString(cell % ${AGENCIES}))] AS agencies,
        if(${uniform(10)} < 0.2, [concat('theme_', toString(theme)), concat('theme_', toString((theme + 1) % ${THEMES}))],
          [concat('theme_', toString(theme))]) AS themes,
        ['KZ-10','KZ-11','KZ-15','KZ-19','KZ-23','KZ-27','KZ-31','KZ-33','KZ-35','KZ-39','KZ-43','KZ-47','KZ-55','KZ-59','KZ-61','KZ-62','KZ-63','KZ-71','KZ-75','KZ-79'][1 + place] AS region,
        ${cluster} AS cluster, ${uniform(2)} < 0.33 AS copy,
        exp(8 * ${uniform(11)}) AS reach_low, 2 * reach_low AS reach_mid, 5 * reach_low AS reach_high
      FROM numbers(${Math.floor((posts * part) / 4)}, ${Math.floor(posts / 4)})`);
  }
}
