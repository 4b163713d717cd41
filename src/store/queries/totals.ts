import { z } from 'zod';
import { defineQuery } from '../store.ts';
import { count, ms } from './row-types.ts';

/** What is in a table: rows as they lie on disk, and distinct natural keys, which replays do not change. */
export const storeTotals = defineQuery({
  name: 'storeTotals',
  sql: `SELECT * FROM (
    SELECT 'posts' AS table, count() AS rows, uniqExact(platform, id) AS distinct FROM posts
    UNION ALL SELECT 'appeals', count(), uniqExact(system, id) FROM appeals
    UNION ALL SELECT 'dead_letters', count(), uniqExact(topic, partition, offset) FROM dead_letters
    UNION ALL SELECT 'signals', count(), uniqExact(id) FROM signals
    UNION ALL SELECT 'alerts', count(), uniqExact(subscription, cell) FROM alerts
    ) ORDER BY table`,
  params: z.object({}),
  row: z.object({ table: z.string(), rows: count, distinct: count }),
});

/** First and last publication time and last write of the posts; no row when there are none. */
export const postTimes = defineQuery({
  name: 'postTimes',
  sql: `SELECT toUnixTimestamp64Milli(min(published_at)) AS firstMs, toUnixTimestamp64Milli(max(published_at)) AS lastMs,
    toUnixTimestamp64Milli(max(ingested_at)) AS ingestedMs FROM posts HAVING count() > 0`,
  params: z.object({}),
  row: z.object({ firstMs: ms, lastMs: ms, ingestedMs: ms }),
});

/** First and last time and last write of the appeals; no row when there are none. */
export const appealTimes = defineQuery({
  name: 'appealTimes',
  sql: `SELECT toUnixTimestamp64Milli(min(received_at)) AS firstMs, toUnixTimestamp64Milli(max(received_at)) AS lastMs,
    toUnixTimestamp64Milli(max(ingested_at)) AS ingestedMs FROM appeals HAVING count() > 0`,
  params: z.object({}),
  row: z.object({ firstMs: ms, lastMs: ms, ingestedMs: ms }),
});

/** Version of ClickHouse and its clock. */
export const serverInfo = defineQuery({
  name: 'serverInfo',
  sql: 'SELECT version() AS version, toUnixTimestamp64Milli(now64(3)) AS nowMs',
  params: z.object({}),
  row: z.object({ version: z.string(), nowMs: ms }),
});
