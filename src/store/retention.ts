import { z } from 'zod';
import { renderForCluster } from './cluster.ts';
import { defineQuery, type Store } from './store.ts';

const days = z.number().int().min(1).max(36_500).optional();

/** For how many days rows are kept, counted from the time the row is about; forever where it is not given. */
export const retentionSettings = z.strictObject({
  posts: days,
  /** They name posts: as long as posts are kept, unless given. */
  cluster_links: days,
  appeals: days,
  dead_letters: days,
  signals: days,
  verdicts: days,
  cell_hours: days,
  alerts: days,
});

export type RetentionSettings = z.infer<typeof retentionSettings>;

type Forgetful = keyof RetentionSettings;

const TIME_COLUMN: Readonly<Record<Forgetful, string>> = {
  posts: 'published_at',
  cluster_links: 'linked_at',
  appeals: 'received_at',
  dead_letters: 'observed_at',
  signals: 'window_from',
  verdicts: 'window_from',
  cell_hours: 'hour',
  alerts: 'changed_at',
};

/** Days that each table keeps now, 0 where it has a TTL that is not Salmaq's. */
const tablesWithTtl = defineQuery({
  name: 'tablesWithTtl',
  sql: `SELECT replaceRegexpOne(name, '_local$', '') AS table,
      toUInt32OrZero(extract(engine_full, ' TTL toDateTime\\\\(\\\\w+\\\\) \\\\+ toIntervalDay\\\\((\\\\d+)\\\\)')) AS days
    FROM system.tables WHERE database = currentDatabase() AND position(engine_full, ' TTL ') > 0`,
  params: z.object({}),
  row: z.object({ table: z.string(), days: z.number() }),
});

/**
 * The statements that make the tables forget as `retention` says.
 *
 * @param current days that each table keeps by now; it is left out where that is right, and made to keep its rows where `retention` has no word of it
 */
export function retentionStatements(
  retention: RetentionSettings,
  cluster?: string,
  current: ReadonlyMap<string, number> = new Map(),
): string[] {
  const { posts, ...others } = retentionSettings.parse(retention);
  const wanted: RetentionSettings = { posts, cluster_links: posts, ...others };
  return retentionSettings.keyof().options.flatMap((table) => {
    const sql = statementFor(table, wanted[table], current.get(table));
    if (sql === undefined) return [];
    return cluster === undefined ? [sql] : renderForCluster(sql, cluster);
  });
}

/** What is past its days leaves with the statement, not some merge later: whoever shortens them may be held to it. */
function statementFor(table: Forgetful, kept: number | undefined, current: number | undefined): string | undefined {
  if (kept === current) return undefined;
  if (kept === undefined) return `ALTER TABLE ${table} REMOVE TTL`;
  const ttl = `toDateTime(${TIME_COLUMN[table]}) + INTERVAL ${kept} DAY`;
  return `ALTER TABLE ${table} MODIFY TTL ${ttl} SETTINGS mutations_sync = 2`;
}

/**
 * Makes the tables forget as `retention` says: what is past its days is gone when it resolves, what comes to be past them goes
 * when ClickHouse next merges.
 */
export async function applyRetention(store: Store, retention: RetentionSettings, cluster?: string): Promise<void> {
  const rows = await store.query(tablesWithTtl, {});
  const current = new Map(rows.map(({ table, days: kept }) => [table, kept]));
  for (const statement of retentionStatements(retention, cluster, current)) await store.command(statement);
}
