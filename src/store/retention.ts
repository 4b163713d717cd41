import { z } from 'zod';
import { renderForCluster } from './cluster.ts';
import type { Store } from './store.ts';

const days = z.number().int().min(1).max(36_500).optional();

/** For how many days rows are kept, counted from the time the row is about; forever where it is not given. */
export const retentionSettings = z.strictObject({
  posts: days,
  cluster_links: days,
  appeals: days,
  dead_letters: days,
  signals: days,
});

export type RetentionSettings = z.infer<typeof retentionSettings>;

const TIME_COLUMN: Readonly<Record<keyof RetentionSettings, string>> = {
  posts: 'published_at',
  cluster_links: 'linked_at',
  appeals: 'received_at',
  dead_letters: 'observed_at',
  signals: 'window_from',
};

/** The statements that make the tables forget as `retention` says. */
export function retentionStatements(retention: RetentionSettings, cluster?: string): string[] {
  const parsed = retentionSettings.parse(retention);
  return retentionSettings.keyof().options.flatMap((table) => {
    const kept = parsed[table];
    if (kept === undefined) return [];
    const sql = `ALTER TABLE ${table} MODIFY TTL toDateTime(${TIME_COLUMN[table]}) + INTERVAL ${kept} DAY`;
    return cluster === undefined ? [sql] : renderForCluster(sql, cluster);
  });
}

/** Applies the retention; rows past it go when ClickHouse next merges. */
export async function applyRetention(store: Store, retention: RetentionSettings, cluster?: string): Promise<void> {
  for (const statement of retentionStatements(retention, cluster)) await store.command(statement);
}
