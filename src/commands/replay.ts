import { assemble } from '../assembly.ts';
import { SalmaqError } from '../errors.ts';
import { printJson, tell } from '../output.ts';
import { createProgress } from '../progress.ts';
import { type Replayed, replayFiles } from '../replay.ts';
import { readWeighing } from '../rooms.ts';
import { VERSION } from '../root.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { createWeigher } from '../weigher.ts';
import { clockOf, readConfig, type StoreOptions } from './options.ts';

export interface ReplayOptions extends StoreOptions {
  posts: string[];
  appeals: string[];
  appealsFormat?: string;
  at?: number;
  pipeline: string;
  json?: boolean;
}

/** `salmaq replay`: runs files through the pipeline into a data directory, then weighs the standing windows they touch. */
export async function replayCommand(options: ReplayOptions): Promise<void> {
  const files = [
    ...options.posts.map((path) => ({ path, kind: 'posts' as const })),
    ...options.appeals.map((path) => ({ path, kind: 'appeals' as const })),
  ];
  if (files.length === 0) throw new SalmaqError('SLM_USAGE', 'give at least one file with --posts or --appeals');
  const config = readConfig(options.pipeline, options);
  const log = createLogger({ level: 'warn', pretty: process.stderr.isTTY });
  const assembly = await assemble(config, {
    clock: clockOf(options),
    log,
    metrics: createMetrics({ version: VERSION }),
  });
  const weigher = createWeigher({
    ...assembly,
    weighing: readWeighing(config),
    hourlyForMs: config.evaluation.hourlyForMs,
    resume: options.at === undefined,
  });
  const progress = createProgress('replay');
  try {
    const done = await replayFiles(
      assembly,
      files,
      (read, total, so) => progress.update(read, total, describe(so)),
      options.appealsFormat,
    );
    progress.stop();
    const signals = await weigher.weigh();
    tell(`${describe(done)}, ${signals.length} signals`);
    if (options.json) await printJson([{ ...done, signals: signals.length }]);
  } finally {
    progress.stop();
    await assembly.store.close();
  }
}

export function describe({ posts, copies, appeals, refused }: Replayed): string {
  return `${posts} posts (${copies} copies), ${appeals} appeals, ${refused} refused`;
}
