import { print, tell } from '../output.ts';
import { migrate, printMigrations } from '../store/migrate.ts';
import { openStore } from '../store/open-store.ts';
import { applyRetention, retentionStatements } from '../store/retention.ts';
import { readConfig, type StoreOptions } from './options.ts';

export interface MigrateOptions extends StoreOptions {
  print?: boolean;
  cluster?: string;
}

/** `salmaq migrate`: creates the tables or brings them up to date, and applies the retention of the pipeline; `--print` shows the statements instead. */
export async function migrateCommand(file: string, options: MigrateOptions): Promise<void> {
  const config = readConfig(file, options);
  if (options.print) {
    const retention = retentionStatements(config.retention, options.cluster);
    return print((await printMigrations(options.cluster)) + retention.map((statement) => `\n${statement};\n`).join(''));
  }
  const store = await openStore(config.store);
  try {
    const applied = await migrate(store, options.cluster === undefined ? {} : { cluster: options.cluster });
    await applyRetention(store, config.retention, options.cluster);
    tell(applied.length === 0 ? 'the tables are up to date' : `applied ${applied.join(', ')}`);
  } finally {
    await store.close();
  }
}
