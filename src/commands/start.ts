import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createApi } from '../api/create-api.ts';
import { serverSettingsSchema } from '../api/settings.ts';
import { createApiDeps } from '../api-deps.ts';
import { assemble } from '../assembly.ts';
import { listen } from '../listen.ts';
import { print, tell } from '../output.ts';
import { createProgress } from '../progress.ts';
import { replayFiles } from '../replay.ts';
import { readWeighing } from '../rooms.ts';
import { PACKAGE_ROOT, VERSION } from '../root.ts';
import { evaluateWindow } from '../signals/evaluate.ts';
import { standingWindow } from '../signals/windows.ts';
import { stopSignal } from '../stop-signal.ts';
import { serveClickHouse } from '../store/http-interface.ts';
import { postTimes } from '../store/queries/totals.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import type { Signal } from '../weigh/signal.ts';
import { createWeigher } from '../weigher.ts';
import { clockOf, readConfig, type StoreOptions } from './options.ts';
import { describe } from './replay.ts';
import { signalsTable } from './signals-table.ts';

const SAMPLE = [
  { path: join(PACKAGE_ROOT, 'fixtures/posts.ndjson'), kind: 'posts' as const },
  { path: join(PACKAGE_ROOT, 'fixtures/appeals.ndjson'), kind: 'appeals' as const },
];
/** Fits on one screen with what is told beside it. */
const SHOWN = 14;

export interface StartOptions extends StoreOptions {
  port?: number;
  clickhousePort?: number;
  clickhouseWritable?: boolean;
  at?: number;
  pipeline: string;
}

/**
 * `salmaq start`: the embedded default. Replays the sample data through the pipeline, prints the signals, and serves the
 * API until Ctrl-C. The data stays where it is: a second start finds it and counts nothing twice.
 */
export async function startCommand(options: StartOptions): Promise<void> {
  const config = readConfig(options.pipeline, options);
  const stop = stopSignal(() => tell('stopping …'));
  const log = createLogger({ level: 'warn', pretty: process.stderr.isTTY });
  const metrics = createMetrics({ version: VERSION });
  const weighing = readWeighing(config);
  const assembly = await assemble(config, { clock: clockOf(options), log, metrics });
  const { store } = assembly;
  try {
    const weigher = createWeigher({
      ...assembly,
      weighing,
      hourlyForMs: config.evaluation.hourlyForMs,
      resume: options.at === undefined,
    });
    await replaySample(assembly, stop);
    await printSignals();
    tell('weighing hours, days and weeks …');
    await weigher.weigh();

    const checks = { clickhouse: () => store.ping() };
    const deps = createApiDeps({ assembly, weighing, metrics, log, checks });
    const settings = serverSettingsSchema.parse(config.http ?? {});
    const server = await listen(createApi(deps, settings), settings, options.port);
    const clickhouse =
      options.clickhousePort === undefined
        ? undefined
        : await serveClickHouse(store, { port: options.clickhousePort, writable: options.clickhouseWritable ?? false });
    tell(`\n${server.url}/v1/signals — the signals as JSON\n${server.url}/ — what else there is`);
    if (clickhouse !== undefined) tell(`${clickhouse.url} — ClickHouse's HTTP interface`);
    tell('Ctrl-C stops it.');

    while (!stop.aborted) {
      await sleep(config.evaluation.everyMs, undefined, { signal: stop }).catch(() => {});
      if (!stop.aborted) await weigher.weigh();
    }
    await Promise.all([server.close(), clickhouse?.close()]);
  } finally {
    await store.close();
  }

  async function printSignals(): Promise<void> {
    const [times] = await store.query(postTimes, {});
    if (times === undefined) return;
    const window = standingWindow('P1D', times.lastMs);
    const signals = await evaluateWindow(store, window, weighing, { nowMs: assembly.clock() });
    const [weightiest] = signals;
    const loudest = signals
      .filter(({ agency }) => agency !== null)
      .toSorted((a, b) => b.volume.posts - a.volume.posts)[0];
    if (weightiest === undefined || loudest === undefined) return;
    tell(`\nThe day of ${new Date(window.fromMs).toISOString().slice(0, 10)}`);
    tell(`  most posts:   ${describeSignal(loudest)}`);
    tell(`  most weight:  ${describeSignal(weightiest)}\n`);
    await print(`${signalsTable(signals.slice(0, SHOWN))}\n`);
  }
}

function describeSignal({ agency, region, theme, volume, verdict }: Signal): string {
  const cell = [agency, region, theme].map((part) => part ?? '—').join(' × ');
  return `${cell}: ${volume.posts} posts, ${volume.statements} statements → ${verdict.label}, score ${verdict.score.toFixed(2)}`;
}

async function replaySample(assembly: Awaited<ReturnType<typeof assemble>>, stop: AbortSignal): Promise<void> {
  const progress = createProgress('sample data');
  try {
    await replayFiles(assembly, SAMPLE, (read, total, done) => {
      progress.update(read, total, describe(done));
      stop.throwIfAborted();
    });
  } finally {
    progress.stop();
  }
}
