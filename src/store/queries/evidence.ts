import { z } from 'zod';
import { defineQuery } from '../store.ts';
import { count, integer64, ms } from './row-types.ts';

/** The window's posts by event time; the hour in the sorting key makes this read little else. */
const IN_WINDOW = `published_at >= fromUnixTimestamp64Milli({from:Int64})
    AND published_at < fromUnixTimestamp64Milli({to:Int64})`;

/** Published by a person: not by a media outlet or a state body on its own channel. A comment there is a person's. */
const IS_PERSON = `NOT (kind != 'comment' AND in_reply_to = ''
    AND (platform = 'news' OR channel_kind IN ('media', 'agency')))`;

/** What counts as one statement: the cluster of copies, clusters that were linked later taken as one. */
const STATEMENT = 'transform(cityHash64(cluster), {linked:Array(UInt64)}, {roots:Array(UInt64)}, cityHash64(cluster))';

/** A post stands in the cell of each of its agencies and themes; `''` where there are none. */
const IN_CELLS = 'arrayJoin(emptyArrayToSingle(agencies)) AS agency, arrayJoin(emptyArrayToSingle(themes)) AS theme';

/** A month is a partition and a post keeps its first publication time, so no row of another partition replaces it. */
const SETTINGS = 'SETTINGS do_not_merge_across_partitions_select_final = 1';

const cell = z.object({ agency: z.string(), region: z.string(), theme: z.string() });
const window = { from: ms, to: ms };
const linked = { linked: z.array(integer64), roots: z.array(integer64) };

/** Parallel arrays of a `sumMap`: keys ascending, and how many of each. */
const tally = <K extends z.ZodType>(key: K) => z.tuple([z.array(key), z.array(count)]);

/** Volume of every cell of a window. */
export const cellVolumes = defineQuery({
  name: 'cellVolumes',
  sql: `SELECT agency, region, theme,
      count() AS posts, uniqExact(statement) AS statements, uniqExactIf(author, person) AS authors,
      countIf(thanks) AS thanks, sum(gross) AS gross
    FROM (
      SELECT ${IN_CELLS}, region, ${STATEMENT} AS statement, author, ${IS_PERSON} AS person, stance = 'thanks' AS thanks,
        toUInt64(round(reach_mid)) AS gross
      FROM posts FINAL WHERE ${IN_WINDOW})
    GROUP BY agency, region, theme ${SETTINGS}`,
  params: z.object({ ...window, ...linked }),
  row: cell.extend({ posts: count, statements: count, authors: count, thanks: count, gross: count }),
});

/**
 * Voices of every cell of a window. A statement belongs to the person who first published it; statements nobody but
 * outlets published have no voice. Strata are `settlement/language` of persons with a statement that is no thanks who live in the region of the cell,
 * or where is not known.
 */
export const cellVoices = defineQuery({
  name: 'cellVoices',
  sql: `SELECT agency, region, theme, sum(concerted) AS coordinated,
      sumMap([toUInt32(said)], [toUInt32(1)]) AS voices,
      sumMapIf([stratum], [toUInt32(1)], complains AND (home = '' OR region = '' OR home = region)) AS strata
    FROM (
      SELECT agency, region, theme, count() AS said, sum(concerted) AS concerted, max(not first.5) AS complains,
        max(first.3) AS home, countIf(first.2 = 'kk') AS kk, countIf(first.2 = 'ru') AS ru,
        concat(max(first.4), '/', multiIf(kk > ru, 'kk', ru > kk, 'ru', '')) AS stratum
      FROM (
        SELECT agency, region, theme,
          argMinIf((author, language, author_region, author_settlement, thanks), (at, tie), person) AS first,
          countIf(own) AS published,
          if(uniqUpToIf(20)(author, own) >= {accounts:UInt32}
            AND maxIf(at, own) - minIf(at, own) <= {gapMs:Int64} * (published - 1), published, 0) AS concerted
        FROM (
          SELECT ${IN_CELLS}, region, ${STATEMENT} AS statement, author, language, author_region, author_settlement,
            stance = 'thanks' AS thanks, ${IS_PERSON} AS person, person AND kind != 'repost' AS own,
            toUnixTimestamp64Milli(published_at) AS at, cityHash64(platform, id) AS tie
          FROM posts FINAL WHERE ${IN_WINDOW})
        GROUP BY agency, region, theme, statement HAVING countIf(person) > 0)
      GROUP BY agency, region, theme, first.1)
    GROUP BY agency, region, theme ${SETTINGS}`,
  params: z.object({ ...window, ...linked, accounts: z.number().int(), gapMs: ms }),
  row: cell.extend({ coordinated: count, voices: tally(z.number()), strata: tally(z.string()) }),
});

/** All persons who wrote about a region in a window, on any matter, by `settlement/language`; residents, or not known. */
export const regionPanels = defineQuery({
  name: 'regionPanels',
  sql: `SELECT region, sumMapIf([stratum], [toUInt32(1)], home = '' OR region = '' OR home = region) AS strata
    FROM (
      SELECT region, author, max(author_region) AS home, countIf(language = 'kk') AS kk, countIf(language = 'ru') AS ru,
        concat(max(author_settlement), '/', multiIf(kk > ru, 'kk', ru > kk, 'ru', '')) AS stratum
      FROM posts FINAL WHERE ${IN_WINDOW} AND ${IS_PERSON}
      GROUP BY region, author)
    GROUP BY region ${SETTINGS}`,
  params: z.object(window),
  row: z.object({ region: z.string(), strata: tally(z.string()) }),
});

/**
 * Audiences of every cell of a window: of each channel, or author without one, all posts together, saturating towards its
 * members or followers; then bundled with those of about the same size (a fourth of a doubling). Sums are of whole persons, so that the
 * order of rows changes nothing.
 */
export const cellAudiences = defineQuery({
  name: 'cellAudiences',
  sql: `SELECT agency, region, theme, arraySort(groupArray((platform, bucket, sources, low, mid, high))) AS audiences
    FROM (
      SELECT agency, region, theme, platform, toUInt32(floor(4 * log2(persons + 1))) AS bucket,
        toUInt32(count()) AS sources, sum(least_seen) AS low, sum(persons) AS mid, sum(most_seen) AS high
      FROM (
        SELECT agency, region, theme, platform, max(reach_low) AS least_seen, toFloat64(max(reach_mid)) AS largest,
          sum(reach_mid) AS exposures, greatest(sum(reach_high), max(reach_mid)) AS most_seen, max(followers) AS known,
          greatest(if(known > 0, toFloat64(known), {unknownCircle:Float64} * largest), largest) AS circle,
          toUInt64(greatest(largest, round(if(circle = 0, 0, circle * (1 - exp(-exposures / circle)))))) AS persons
        FROM (
          SELECT ${IN_CELLS}, region, platform, if(channel != 0, channel, author) AS source,
            toUInt64(round(posts.reach_low)) AS reach_low, toUInt64(round(posts.reach_mid)) AS reach_mid,
            toUInt64(round(posts.reach_high)) AS reach_high,
            ifNull(if(channel != 0, channel_members, author_followers), 0) AS followers
          FROM posts FINAL WHERE ${IN_WINDOW})
        GROUP BY agency, region, theme, platform, source)
      GROUP BY agency, region, theme, platform, bucket)
    GROUP BY agency, region, theme ${SETTINGS}`,
  params: z.object({ ...window, unknownCircle: z.number() }),
  row: cell.extend({ audiences: z.array(z.tuple([z.string(), count, count, count, count, count])) }),
});
