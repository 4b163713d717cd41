import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { PipelineConfig } from './config/pipeline.ts';
import { createCopyMemory } from './copy-memory.ts';
import type { Rooms } from './enrich.ts';
import { SalmaqError } from './errors.ts';
import { patientStore } from './patient-store.ts';
import { createPipeline, type Pipeline, type Surroundings } from './pipeline.ts';
import { createAuthorHash } from './post/author-key.ts';
import { openRooms } from './rooms.ts';
import { assertMigrated, migrate } from './store/migrate.ts';
import { openStore } from './store/open-store.ts';
import { applyRetention } from './store/retention.ts';
import type { Store } from './store/store.ts';
import type { Logger } from './telemetry/logger.ts';
import type { Metrics } from './telemetry/metrics.ts';

/** A pipeline put together: its store open and migrated, its rooms furnished, what it remembers of copies restored. */
export interface Assembly {
  config: PipelineConfig;
  rooms: Rooms;
  store: Store;
  pipeline: Pipeline;
  clock: () => number;
}

export interface AssembleOptions {
  clock: () => number;
  log: Pick<Logger, 'info' | 'warn'>;
  metrics: Metrics;
  publishDead?: Surroundings['publishDead'];
}

/** Puts a pipeline together. The caller closes its store. */
export async function assemble(
  config: PipelineConfig,
  { clock, log, metrics, publishDead }: AssembleOptions,
): Promise<Assembly> {
  const rooms = openRooms(config);
  const opened = await openMigratedStore(config);
  const retry = { deadlineMs: config.batch.retryMs, firstPauseMs: 200 };
  const store = patientStore(opened, retry, log, metrics);
  try {
    const worker = `${hostname()}-${process.pid}`;
    const memory = createCopyMemory(store, rooms.copies, config.copies, worker);
    const startedAtMs = Date.now();
    const restored = await memory.restore();
    if (restored > 0) log.info({ posts: restored, ms: Date.now() - startedAtMs }, 'copies remembered');
    const pipeline = createPipeline(rooms, {
      store,
      hash: createAuthorHash(readAuthorKey(config)),
      worker,
      clock,
      wallClock: Date.now,
      invalid: config.invalid,
      // Whoever has the embedded engine open is alone with it.
      ...(store.kind === 'server' ? { meetPeers: memory.meetPeers } : {}),
      ...(publishDead === undefined ? {} : { publishDead }),
    });
    return { config, rooms, store, pipeline, clock };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The store of a pipeline. An embedded one is migrated; a server is migrated on purpose, and checked here. */
export async function openMigratedStore(config: PipelineConfig): Promise<Store> {
  const store = await openStore(config.store);
  try {
    if (store.kind === 'embedded') {
      await migrate(store);
      await applyRetention(store, config.retention);
    } else await assertMigrated(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** The store of a pipeline for reading alone: an embedded one must be there already. */
export async function openExistingStore(config: PipelineConfig): Promise<Store> {
  if ('path' in config.store && !existsSync(config.store.path)) {
    throw new SalmaqError('SLM_USAGE', `no data directory ${config.store.path}`, {
      hint: '`salmaq replay` fills one, `salmaq start` and `salmaq run` keep theirs',
    });
  }
  return openMigratedStore(config);
}

/** The key of the pipeline file, or one that an embedded store keeps beside its data. */
function readAuthorKey(config: PipelineConfig): Uint8Array {
  const { authorKey } = config.privacy;
  if (authorKey) return Buffer.from(authorKey);
  if (!('path' in config.store)) {
    throw new SalmaqError('SLM_CONFIG', `${config.file}: privacy.authorKey: a ClickHouse server needs an author key`, {
      hint: 'set SALMAQ_AUTHOR_KEY to at least 16 random characters, the same for every worker, and keep it',
    });
  }
  const file = join(config.store.path, 'author.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  return Buffer.from(readFileSync(file, 'utf8'));
}
