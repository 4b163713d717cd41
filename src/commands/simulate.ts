import { SalmaqError } from '../errors.ts';
import { tell } from '../output.ts';
import { readWeighing } from '../rooms.ts';
import { generateWorld } from '../simulation/world/generate.ts';
import type { WorldName } from '../simulation/world/kinds.ts';
import { writeWorld } from '../simulation/world/write-world.ts';
import { readConfig } from './options.ts';

export interface SimulateOptions {
  world: WorldName;
  seed: number;
  posts: number;
  out: string;
  pipeline: string;
}

/** Every simulated society ends here. */
export const WORLD_END_MS = Date.UTC(2026, 2, 2);

/** `salmaq simulate`: writes a society with known truth into a folder. */
export async function simulateCommand({ world, seed, posts, out, pipeline }: SimulateOptions): Promise<void> {
  if (posts < 500) throw new SalmaqError('SLM_USAGE', 'a society needs --posts of at least 500');
  const { frame } = readWeighing(readConfig(pipeline));
  const society = generateWorld({ world, seed, posts, frame, endMs: WORLD_END_MS });
  await writeWorld(society, frame, out);
  const { from, to, issues } = society.truth;
  tell(`${world} world of seed ${seed}, ${from} to ${to}: ${issues.length} issues, ${society.appeals.length} appeals`);
}
