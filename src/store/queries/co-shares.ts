import { z } from 'zod';
import { defineQuery } from '../store.ts';
import { FINAL_BY_PARTITION, IS_PERSON, PUBLISHED } from './cell-rows.ts';
import { groupParams, groupPosts, groupRow } from './coordination.ts';
import { count, integer64, ms } from './row-types.ts';

/** The one object of a post, so that nobody shares two things by one act: what it reposts, or the page it links to, or the text it pastes. */
const OBJECT =
  "multiIf(repost_of != '', cityHash64(platform, repost_of), notEmpty(links), links[1], cityHash64(cluster))";
const SHARES = `(repost_of != '' OR notEmpty(links) OR copy) AND ${IS_PERSON}`;

/** Stretches of `withinMinutes` of the clock in which at least two persons shared one object: how many, and who, where all its sharers are at most `mostSharers`. */
export const sharedMoments = defineQuery({
  name: 'sharedMoments',
  sql: `SELECT object, length(sharers) AS size, if(sum(size) OVER (PARTITION BY object) > {mostSharers:UInt32}, [], sharers) AS accounts FROM (
      SELECT ${OBJECT} AS object, toUInt32(intDiv(toUnixTimestamp(published_at), 60 * {withinMinutes:UInt32})) AS moment,
        arraySort(arrayDistinct(groupArray(author))) AS sharers
      FROM posts FINAL WHERE ${PUBLISHED} AND ${SHARES}
      GROUP BY object, moment HAVING min(author) != max(author))
    ORDER BY object, moment ${FINAL_BY_PARTITION}`,
  params: z.object({ from: ms, to: ms, withinMinutes: z.number().int(), mostSharers: z.number().int() }),
  row: z.object({ object: z.string(), size: count, accounts: z.array(z.string()) }),
});

/** Posts of each cell by which accounts of a ring share what the ring shares, where at least `leastAccounts` of one ring do. */
export const coSharedPosts = defineQuery({
  name: 'coSharedPosts',
  sql: groupPosts(`${SHARES} AND has({objects:Array(UInt64)}, ${OBJECT})`),
  params: z.object({ ...groupParams, objects: z.array(integer64) }),
  row: groupRow,
});

/** Of each day of a range something that changes, but for an accident of 64 bits, whenever a row is added, replaced or removed. */
export const dayDigests = defineQuery({
  name: 'dayDigests',
  sql: `SELECT toUnixTimestamp(toStartOfDay(published_at)) * 1000 AS dayMs,
      concat(toString(count()), ' ', toString(sum(cityHash64(version, ingested_at, author, published_at)))) AS digest
    FROM posts WHERE ${PUBLISHED} GROUP BY dayMs ORDER BY dayMs`,
  params: z.object({ from: ms, to: ms }),
  row: z.object({ dayMs: ms, digest: z.string() }),
});
