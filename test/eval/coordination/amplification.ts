import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { evaluateWindow } from '../../../src/signals/evaluate.ts';
import { loadWeighing } from '../../../src/signals/load.ts';
import type { Weighing } from '../../../src/signals/weighing.ts';
import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { auc, mean, median, share } from '../triage/measures.ts';
import { WEEK } from './society.ts';
import { type ConcertedWorld, concertedWorld } from './world.ts';

/** A cell with fewer posts says too little either way. */
const LEAST_POSTS = 8;

/** A cell of a world: what most of it is, and what Salmaq makes of it. */
export interface ScoredCell {
  scene: string;
  posts: number;
  /** Most of its posts are copies or coordinated. */
  isAmplified: boolean;
  probability: number;
  coordinatedShare: number;
}

const pipelines = (name: string) => join(PACKAGE_ROOT, 'pipelines', name);
const shipped = () =>
  loadWeighing({ weighing: pipelines('weighing.yaml'), population: pipelines('population.csv') }, {}, 10);

/** Weighs the last week of some worlds, one after another. */
export async function scoreWorlds(seeds: readonly number[], weighing: Weighing = shipped()): Promise<ScoredCell[][]> {
  const path = mkdtempSync(join(tmpdir(), 'salmaq-concert-'));
  const store = await openStore({ path });
  try {
    await migrate(store);
    const worlds: ScoredCell[][] = [];
    for (const seed of seeds) {
      for (const table of ['posts', 'cell_hours']) await store.command(`TRUNCATE TABLE ${table}`);
      worlds.push(await scoreWorld(store, concertedWorld(seed), weighing));
    }
    return worlds;
  } finally {
    await store.close();
    rmSync(path, { recursive: true, force: true });
  }
}

export async function scoreWorld(store: Store, world: ConcertedWorld, weighing: Weighing): Promise<ScoredCell[]> {
  // The time of writing tells this world from the one before.
  const ingested_at = Date.now();
  await store.insert(
    'posts',
    world.map(({ row }) => ({ ...row, ingested_at })),
  );
  const cells = new Map<string, ConcertedWorld[number][]>();
  for (const one of world) {
    const { row } = one;
    if (row.published_at < WEEK.fromMs) continue;
    const key = [row.agencies, row.region, row.themes].map((part) => String(part) || '-').join('/');
    const cell = cells.get(key);
    if (cell === undefined) cells.set(key, [one]);
    else cell.push(one);
  }
  const signals = await evaluateWindow(store, WEEK, weighing, { nowMs: WEEK.toMs });
  return signals.flatMap(({ id, amplification }): ScoredCell[] => {
    const posts = cells.get(id.split('/').slice(0, 3).join('/')) ?? [];
    if (posts.length < LEAST_POSTS) return [];
    return [{ ...truthOf(posts), posts: posts.length, ...amplification }];
  });
}

/** The scene with the most posts, and whether most posts are amplified. */
function truthOf(posts: ConcertedWorld): Pick<ScoredCell, 'scene' | 'isAmplified'> {
  const counts = new Map<string, number>();
  for (const { scene } of posts) counts.set(scene, (counts.get(scene) ?? 0) + 1);
  const [[scene = ''] = []] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return { scene, isAmplified: share(posts, (one) => one.isAmplified) > 0.5 };
}

/** How well the probability tells what is amplified from what is not: Markdown tables. */
export function amplificationTable(worlds: readonly (readonly ScoredCell[])[]): string {
  const cells = worlds.flat();
  const areas = worlds.map(areaUnderCurve);
  const bursts = cells.filter(({ scene, isAmplified }) => BURSTS.includes(scene) && !isAmplified);
  const [own, amplified] = [false, true].map((kind) => cells.filter(({ isAmplified }) => isAmplified === kind));
  const scenes = [...new Set(cells.map(({ scene }) => scene))].sort();
  return [
    `| ${worlds.length} worlds, ${cells.length} cells of ${LEAST_POSTS} posts or more, ${amplified?.length} amplified | |`,
    '|---|---:|',
    `| AUC: all cells; worst world; median world | ${[areaUnderCurve(cells), Math.min(...areas), median(areas)].map(three).join('; ')} |`,
    `| amplified cells found (probability ≥ 0.5) | ${percent(amplified ?? [], isFound)} |`,
    `| false alarms: organic bursts; all that is not amplified | ${percent(bursts, isFound)}; ${percent(own ?? [], isFound)} |`,
    '',
    '| scene | amplified | cells | posts | mean probability | ≥ 0.5 | mean coordinated share |',
    '|---|---|---:|---:|---:|---:|---:|',
    ...scenes.flatMap((scene) =>
      [false, true].flatMap((kind) => {
        const some = cells.filter((cell) => cell.scene === scene && cell.isAmplified === kind);
        if (some.length === 0) return [];
        const means = [
          mean(some.map(({ posts }) => posts)).toFixed(0),
          three(mean(some.map(({ probability }) => probability))),
          percent(some, isFound),
          three(mean(some.map(({ coordinatedShare }) => coordinatedShare))),
        ];
        return [`| ${scene} | ${kind ? 'yes' : 'no'} | ${some.length} | ${means.join(' | ')} |`];
      }),
    ),
  ].join('\n');
}

/** Many people at once, nobody behind them. */
const BURSTS: readonly string[] = ['emergency', 'neighbours', 'news'];

function isFound({ probability }: ScoredCell): boolean {
  return probability >= 0.5;
}

export function areaUnderCurve(cells: readonly ScoredCell[]): number {
  return auc(
    cells.map(({ probability }) => probability),
    cells.map(({ isAmplified }) => isAmplified),
  );
}

function percent<T>(items: readonly T[], holds: (item: T) => boolean): string {
  return `${(100 * share(items, holds)).toFixed(1)} %`;
}

function three(value: number): string {
  return value.toFixed(3);
}
