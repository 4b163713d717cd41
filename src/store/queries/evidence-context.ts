import { z } from 'zod';
import { defineQuery } from '../store.ts';
import { cellKey, cellRows, FINAL_BY_PARTITION, IS_PERSON } from './cell-rows.ts';
import { count, integer64, ms } from './row-types.ts';

/** Milliseconds from where the earlier run begins that holds the post: the same hours, a whole number of steps earlier. */
const OFFSET = 'positiveModulo(toUnixTimestamp64Milli(published_at) - {from:Int64}, {stepMs:Int64})';

/** Posts of earlier windows, of the hours given: so far from `from` as a whole number of steps, plus less than is covered. */
const IN_BASELINE = `toStartOfHour(published_at) IN (SELECT arrayJoin(arrayMap(hour -> toDateTime(hour, 'UTC'), {hours:Array(UInt32)})))
    AND published_at < fromUnixTimestamp64Milli({from:Int64})
    AND ${OFFSET} < {coveredMs:Int64}`;
const EARLIER_SLOT = `toUInt32(intDiv(${OFFSET}, {lengthMs:Int64}))`;

const baseline = z.object({
  from: ms,
  lengthMs: ms,
  coveredMs: ms,
  stepMs: ms,
  hours: z.array(z.number().int()),
});

/** Statements of persons in the earlier windows, by cell. */
export const cellBaselines = defineQuery({
  name: 'cellBaselines',
  sql: `SELECT cell, count() AS statements
    FROM (${cellRows('1', `${IN_BASELINE} AND NOT copy AND ${IS_PERSON}`, EARLIER_SLOT)})
    GROUP BY cell ${FINAL_BY_PARTITION}`,
  params: baseline,
  row: z.object({ cell: cellKey, statements: count }),
});

/** How many pieces of the earlier windows hold any post at all. */
export const baselineCover = defineQuery({
  name: 'baselineCover',
  sql: `SELECT ${EARLIER_SLOT} AS slot, uniqExact(intDiv({from:Int64} - 1 - toUnixTimestamp64Milli(published_at), {pieceMs:Int64})) AS pieces
    FROM posts WHERE ${IN_BASELINE} GROUP BY slot`,
  params: baseline.extend({ pieceMs: ms }),
  row: z.object({ slot: z.number(), pieces: count }),
});

/**
 * Complaints and requests by cell and bucket, a bucket being as long as a window and numbered from `bucketsFrom`.
 * Consultations and thanks are left out.
 */
export const cellAppeals = defineQuery({
  name: 'cellAppeals',
  sql: `SELECT agency, region, theme, bucket, sum(filed) AS appeals, sumIf(filed, escalated) AS escalatedAppeals
    FROM (
      SELECT toString(appeals.agency) AS agency, toString(appeals.region) AS region,
        arrayJoin(emptyArrayToSingle(CAST(themes, 'Array(String)'))) AS theme, toUInt64(count) AS filed, escalated,
        toUInt32(intDiv(toUnixTimestamp64Milli(received_at) - {bucketsFrom:Int64}, {lengthMs:Int64})) AS bucket
      FROM appeals FINAL
      WHERE received_at >= fromUnixTimestamp64Milli({since:Int64}) AND received_at < fromUnixTimestamp64Milli({to:Int64})
        AND kind IN ('complaint', 'request'))
    GROUP BY agency, region, theme, bucket ORDER BY agency, region, theme, bucket ${FINAL_BY_PARTITION}`,
  params: z.object({ since: ms, bucketsFrom: ms, to: ms, lengthMs: ms }),
  row: z.object({
    agency: z.string(),
    region: z.string(),
    theme: z.string(),
    bucket: z.number(),
    appeals: count,
    escalatedAppeals: count,
  }),
});

/** Links between clusters found around a window. */
export const clusterLinks = defineQuery({
  name: 'clusterLinks',
  sql: `SELECT DISTINCT cluster, root FROM cluster_links
    WHERE linked_at >= fromUnixTimestamp64Milli({from:Int64}) AND linked_at < fromUnixTimestamp64Milli({to:Int64})
    ORDER BY cluster, root`,
  params: z.object({ from: ms, to: ms }),
  row: z.object({ cluster: z.string(), root: z.string() }),
});

/** Clusters of a window's posts that were ever linked to another, with the hash they are counted by. */
export const linkedClusters = defineQuery({
  name: 'linkedClusters',
  sql: `SELECT DISTINCT cluster, cityHash64(cluster) AS hash FROM posts
    WHERE published_at >= fromUnixTimestamp64Milli({from:Int64}) AND published_at < fromUnixTimestamp64Milli({to:Int64})
      AND cluster IN (SELECT cluster FROM cluster_links UNION ALL SELECT root FROM cluster_links)
    ORDER BY cluster`,
  params: z.object({ from: ms, to: ms }),
  row: z.object({ cluster: z.string(), hash: integer64 }),
});
