import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../../src/assembly.ts';
import { readPipeline } from '../../../src/config/pipeline.ts';
import { replayFiles } from '../../../src/replay.ts';
import { readWeighing } from '../../../src/rooms.ts';
import { PACKAGE_ROOT, VERSION } from '../../../src/root.ts';
import { collectEvidence } from '../../../src/signals/collect.ts';
import { runOf } from '../../../src/signals/runs.ts';
import { generateWorld, type WorldSettings } from '../../../src/simulation/world/generate.ts';
import type { IssueTruth, WorldTruth } from '../../../src/simulation/world/truth.ts';
import { WORLD_FILES, writeWorld } from '../../../src/simulation/world/write-world.ts';
import { createLogger } from '../../../src/telemetry/logger.ts';
import { createMetrics } from '../../../src/telemetry/metrics.ts';
import type { CellEvidence } from '../../../src/weigh/evidence.ts';
import type { Signal, Window } from '../../../src/weigh/signal.ts';
import { weighCell } from '../../../src/weigh/weigh-cell.ts';
import { type Baselines, NO_BASELINES, readBaselines } from './baselines.ts';

/** A truth issue beside what Salmaq and the simple measures say of its cell; no evidence and no signal where it saw none. */
export interface Judged {
  truth: IssueTruth;
  baselines: Baselines;
  evidence: CellEvidence | null;
  signal: Signal | null;
}

const PIPELINE = join(PACKAGE_ROOT, 'pipelines/national.yaml');

/**
 * Runs a world through the whole pipeline, from files to signals, as `salmaq replay` and `salmaq signals` do, and weighs the
 * last seven days.
 */
export async function runWorld(
  settings: Omit<WorldSettings, 'frame'>,
): Promise<{ world: WorldTruth; judged: Judged[] }> {
  const dir = mkdtempSync(join(tmpdir(), 'salmaq-triage-'));
  const config = readPipeline(PIPELINE, process.env);
  const weighing = readWeighing(config);
  const { endMs } = settings;
  const assembly = await assemble(
    { ...config, store: { path: join(dir, 'data'), maxQuerySeconds: config.store.maxQuerySeconds } },
    {
      clock: () => endMs,
      log: createLogger({ level: 'error', pretty: false }),
      metrics: createMetrics({ version: VERSION }),
    },
  );
  try {
    const world = generateWorld({ ...settings, frame: weighing.frame });
    await writeWorld(world, weighing.frame, dir);
    await replayFiles(assembly, [
      { path: join(dir, WORLD_FILES.posts), kind: 'posts' },
      { path: join(dir, WORLD_FILES.appeals), kind: 'appeals' },
    ]);
    const [week] = world.truth.issues[0]?.windows ?? [];
    const window: Window = { fromMs: Date.parse(week?.from ?? ''), toMs: Date.parse(week?.to ?? '') };
    const [cells = []] = await collectEvidence(assembly.store, runOf(window), weighing, { nowMs: endMs });
    const evidenceOf = new Map(cells.map((cell) => [keyOf(cell), cell]));
    const baselines = await readBaselines(assembly.store, window);
    return {
      world: world.truth,
      judged: world.truth.issues.map((truth) => {
        const evidence = evidenceOf.get(keyOf(truth)) ?? null;
        return {
          truth,
          evidence,
          signal: evidence === null ? null : weighCell(evidence, weighing.frame, weighing.settings),
          baselines: {
            ...(baselines.get(keyOf(truth)) ?? NO_BASELINES),
            appeals: evidence?.appeals.inWindow ?? 0,
          },
        };
      }),
    };
  } finally {
    await assembly.store.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

function keyOf({
  agency,
  region,
  theme,
}: {
  agency: string | null;
  region: string | null;
  theme: string | null;
}): string {
  return `${agency}/${region}/${theme}`;
}
