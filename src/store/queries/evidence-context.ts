import { z } from 'zod';
import { defineQuery } from '../store.ts';
import { FINAL_BY_PARTITION } from './cell-rows.ts';
import { count, integer64, ms } from './row-types.ts';

/**
 * What those who file a template have in common: the words that begin small, for names of persons and streets begin with a capital, and dates and
 * numbers of houses are no words. Of a text in capitals, all its words. 0 where that is too little to tell by.
 */
const TEMPLATE = `multiIf(
    length(arrayFilter(word -> word != '', splitByRegexp('[^\\\\p{L}]+', text)) AS spoken) < {templateWords:UInt32}, 0,
    length(arrayFilter(word -> match(word, '^\\\\p{Ll}'), spoken) AS small) >= {templateWords:UInt32}, cityHash64(small),
    cityHash64(arrayMap(word -> lowerUTF8(word), spoken)))`;

/**
 * Complaints and requests by cell and bucket, a bucket being as long as a window and numbered from `bucketsFrom`.
 * Consultations and thanks are left out. `template` is 0, or the hash of a text that was filed several times; `largest` is the
 * count of the largest of these.
 */
export const cellAppeals = defineQuery({
  name: 'cellAppeals',
  sql: `SELECT agency, region, theme, bucket, if(repeats > 1, words, 0) AS template, sum(filed) AS appeals, max(filed) AS largest,
      sumIf(filed, escalated) AS escalatedAppeals
    FROM (SELECT *, if(words = 0, 1, count() OVER (PARTITION BY agency, region, theme, words)) AS repeats FROM (
      SELECT ${TEMPLATE} AS words, toString(appeals.agency) AS agency, toString(appeals.region) AS region,
        arrayJoin(emptyArrayToSingle(CAST(themes, 'Array(String)'))) AS theme, toUInt64(count) AS filed, escalated,
        toUInt32(intDiv(toUnixTimestamp64Milli(received_at) - {bucketsFrom:Int64}, {lengthMs:Int64})) AS bucket
      FROM appeals FINAL
      WHERE received_at >= fromUnixTimestamp64Milli({since:Int64}) AND received_at < fromUnixTimestamp64Milli({to:Int64})
        AND kind IN ('complaint', 'request')))
    GROUP BY agency, region, theme, bucket, template
    ORDER BY agency, region, theme, bucket, template ${FINAL_BY_PARTITION}`,
  params: z.object({ since: ms, bucketsFrom: ms, to: ms, lengthMs: ms, templateWords: z.number().int() }),
  row: z.object({
    agency: z.string(),
    region: z.string(),
    theme: z.string(),
    bucket: z.number(),
    template: z.string(),
    appeals: count,
    largest: count,
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
