import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { SalmaqError } from '../errors.ts';
import { PACKAGE_ROOT } from '../root.ts';
import { renderForCluster } from './cluster.ts';
import { splitStatements } from './sql-text.ts';
import { defineQuery, type Store } from './store.ts';

/** A numbered file of `schema/`. Each of its statements is harmless when it is run again. */
export interface Migration {
  /** The file's name, such as `001_posts.sql`; migrations run in the order of their names. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly checksum: string;
}

export interface MigrateOptions {
  /** Says what would run, and runs nothing. */
  dryRun?: boolean;
  /** Renders for this cluster: see {@link renderForCluster}. */
  cluster?: string;
  /** Defaults to those of the package. */
  migrations?: readonly Migration[];
}

const SCHEMA_MIGRATIONS = `CREATE TABLE IF NOT EXISTS schema_migrations
(
    name        String,
    checksum    String,
    applied_at  DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = ReplacingMergeTree
ORDER BY name`;

const appliedMigrations = defineQuery({
  name: 'appliedMigrations',
  sql: 'SELECT name, any(checksum) AS checksum FROM schema_migrations GROUP BY name ORDER BY name',
  params: z.object({}),
  row: z.object({ name: z.string(), checksum: z.string() }),
});

const hasMigrationsTable = defineQuery({
  name: 'hasMigrationsTable',
  sql: "SELECT name FROM system.tables WHERE database = currentDatabase() AND name = 'schema_migrations'",
  params: z.object({}),
  row: z.object({ name: z.string() }),
});

/** Reads the migrations of the package, in order. */
export async function readMigrations(folder = join(PACKAGE_ROOT, 'src/store/schema')): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{3}_\w+\.sql$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = (await readFile(join(folder, name), 'utf8')).replaceAll('\r\n', '\n');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the store to the schema of this version and returns the names of the migrations that ran (or would run).
 * A second call does nothing. Rejects with `SLM_SCHEMA` when a file that has been applied was changed since, or when the
 * store was migrated by a newer version.
 */
export async function migrate(store: Store, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = options.migrations ?? (await readMigrations());
  const pending = await pendingMigrations(store, migrations);
  if (options.dryRun || pending.length === 0) return pending.map(({ name }) => name);

  for (const statement of statementsOf(SCHEMA_MIGRATIONS, options.cluster)) await store.command(statement);
  for (const migration of pending) {
    for (const statement of statementsOf(migration.sql, options.cluster)) await store.command(statement);
    await store.command(
      `INSERT INTO schema_migrations (name, checksum) VALUES ('${migration.name}', '${migration.checksum}')`,
    );
  }
  return pending.map(({ name }) => name);
}

/** Rejects with `SLM_SCHEMA` unless every migration of this version has been applied. */
export async function assertMigrated(store: Store): Promise<void> {
  const pending = await pendingMigrations(store, await readMigrations());
  if (pending.length === 0) return;
  throw new SalmaqError('SLM_SCHEMA', `the store lacks ${pending.map(({ name }) => name).join(', ')}`, {
    hint: 'run salmaq migrate',
  });
}

/** The text of all migrations as they would run, to be read or run by hand: `salmaq migrate --cluster NAME --print`. */
export async function printMigrations(cluster?: string): Promise<string> {
  const migrations = await readMigrations();
  const texts = [SCHEMA_MIGRATIONS, ...migrations.map(({ sql }) => sql)];
  return texts
    .flatMap((sql) => statementsOf(sql, cluster))
    .map((statement) => `${statement};\n`)
    .join('\n');
}

async function pendingMigrations(store: Store, migrations: readonly Migration[]): Promise<Migration[]> {
  const exists = (await store.query(hasMigrationsTable, {})).length > 0;
  const applied = exists ? await store.query(appliedMigrations, {}) : [];
  for (const { name, checksum } of applied) {
    const migration = migrations.find((candidate) => candidate.name === name);
    if (migration === undefined) {
      throw new SalmaqError('SLM_SCHEMA', `the store has the migration ${name}, which this version does not know`, {
        hint: 'the store was written by a newer version: run that one',
      });
    }
    if (migration.checksum !== checksum) {
      throw new SalmaqError('SLM_SCHEMA', `${name} was changed after it had been applied to this store`, {
        hint: 'restore the file, and put the change into a new numbered file',
      });
    }
  }
  const names = new Set(applied.map(({ name }) => name));
  return migrations.filter(({ name }) => !names.has(name));
}

function statementsOf(sql: string, cluster: string | undefined): string[] {
  return cluster === undefined ? splitStatements(sql) : renderForCluster(sql, cluster);
}
