import { z } from 'zod';
import { PLATFORMS } from '../../post/post.ts';
import { defineQuery } from '../store.ts';
import { cellKey, cellRows, FINAL_BY_PARTITION, IS_PERSON, PUBLISHED, SLOT, UNDER_OUTLET } from './cell-rows.ts';
import { ACCOUNT_COLUMNS, ACCOUNT_COUNTS, accountParams } from './coordination.ts';
import { integer64, ms } from './row-types.ts';

/** A run of windows of one length, one after another. */
const run = { from: ms, to: ms, lengthMs: ms };

/** What counts as one statement: the cluster of copies, clusters that were linked later taken as one. */
const STATEMENT = 'transform(cityHash64(cluster), {linked:Array(UInt64)}, {roots:Array(UInt64)}, cityHash64(cluster))';
const linkedParams = { linked: z.array(integer64), roots: z.array(integer64) };

/** Cells that are asked for; all of them where none is named. */
const ASKED = '(empty({cells:Array(UInt64)}) OR cell IN (SELECT arrayJoin({cells:Array(UInt64)})))';
const askedParams = { cells: z.array(integer64).default([]) };

/** What is counted of a cell, in the order in which {@link cellVolumes} lists it. */
export const VOLUMES = [
  'posts',
  'authors',
  'thanks',
  'underOutlets',
  'gross',
  'personPosts',
  'aged',
  'young',
  'youngAccounts',
  'sized',
  'small',
  'smallAccounts',
] as const;

/**
 * Volume of every cell of each window, window by window as parallel lists: a row for each takes four times as long to be read. `counts`
 * has for each cell the numbers named in {@link VOLUMES}. Statements are in {@link cellVoices}. `rows` is the same as long as the cell has the same
 * observations of the same posts, and they are the same statements.
 */
export const cellVolumes = defineQuery({
  name: 'cellVolumes',
  sql: `SELECT slot, groupArray(cell) AS cells, groupArray(agency) AS agencies, groupArray(region) AS regions, groupArray(theme) AS themes,
      groupArray(rows) AS digests, arrayFlatten(groupArray(arrayMap(x -> toFloat64(x), [${VOLUMES.join(', ')}]))) AS counts
    FROM (
      SELECT any(slot) AS slot, any(agency) AS agency, any(region) AS region, any(theme) AS theme, cell, count() AS posts,
        uniqExactIf(author, person) AS authors, countIf(thanks) AS thanks, countIf(under_outlet) AS underOutlets, sum(gross) AS gross,
        sum(observation) AS rows, ${ACCOUNT_COUNTS}
      FROM (${cellRows(
        `author, ${IS_PERSON} AS person, stance = 'thanks' AS thanks, ${UNDER_OUTLET} AS under_outlet, toUInt64(round(reach_mid)) AS gross,
        cityHash64(platform, id, version, ${STATEMENT}) AS observation, ${ACCOUNT_COLUMNS}`,
        PUBLISHED,
      )})
      GROUP BY cell)
    GROUP BY slot ORDER BY slot ${FINAL_BY_PARTITION}`,
  params: z.object({ ...run, ...accountParams, ...linkedParams }),
  row: z.object({
    slot: z.number(),
    cells: z.array(cellKey),
    agencies: z.array(z.string()),
    regions: z.array(z.string()),
    themes: z.array(z.string()),
    digests: z.array(z.string()),
    counts: z.array(z.number()),
  }),
});

/** What is known of an author in eight bits, so that it travels in one integer; read back by {@link STRATUM}. */
const TRAITS = `toUInt8((language = 'kk') + 2 * (language = 'ru') + 4 * (author_settlement = 'urban')
    + 8 * (author_settlement = 'rural') + 16 * (author_region NOT IN ('', region) AND region != '')
    + 32 * (stance = 'thanks'))`;

/** 3 × settlement (unknown, urban, rural) + language (unknown, kk, ru), over all the author said. */
const STRATUM = `toUInt32(3 * multiIf(bitTest(all_traits, 2), 1, bitTest(all_traits, 3), 2, 0) + multiIf(kk > ru, 1, ru > kk, 2, 0))`;

/** What {@link cellVoices} counts of a cell besides voices, in this order. */
export const VOICED = ['statements', 'coordinatedPosts', 'coordinatedStatements', 'pastedPosts'] as const;

/**
 * Statements and voices of every cell of a window, as parallel lists; `counts` has for each cell the numbers named in {@link VOICED}. A statement belongs to the person who first published it (the least of
 * time, traits and author in one integer, which no order of rows changes); one that an outlet published first has no voice.
 * `voices` has for each cell three numbers for each kind of person: statements, stratum, and how many such persons; the stratum is 9 for those who only thanked or live
 * in another region.
 */
export const cellVoices = defineQuery({
  name: 'cellVoices',
  sql: `SELECT groupArray(cell) AS cells, groupArray(of_cell) AS voices,
      arrayFlatten(groupArray(arrayMap(x -> toFloat64(x), [${VOICED.join(', ')}]))) AS counts
    FROM (SELECT cell, sum(all_said) AS statements, sum(concerted_posts) AS coordinatedPosts,
      sum(concerted_statements) AS coordinatedStatements, sum(pasted_posts) AS pastedPosts,
      arrayFlatten(arraySort(groupArrayIf([said, toUInt32(stratum), persons], voiced))) AS of_cell
    FROM (
      SELECT cell, voiced, said, if(complains AND NOT bitTest(all_traits, 4), own_stratum, 9) AS stratum,
        toUInt32(count()) AS persons, sum(said) AS all_said, sum(concerted_posts) AS concerted_posts,
        sum(concerted_statements) AS concerted_statements, sum(pasted_posts) AS pasted_posts
    FROM (
      SELECT cell, voiced, voice, toUInt32(count()) AS said, sum(concerted) AS concerted_posts, countIf(concerted > 0) AS concerted_statements,
        sum(pasted) AS pasted_posts, groupBitOr(voice_traits) AS all_traits, NOT min(bitTest(voice_traits, 5)) AS complains,
        sum(bitTest(voice_traits, 0)) AS kk, sum(bitTest(voice_traits, 1)) AS ru, ${STRATUM} AS own_stratum
      FROM (
        SELECT cell, statement, countIf(person) > 0 AND minIf(at, person) = min(at) AS voiced,
          minIf(bitShiftLeft(toUInt128(at), 72) + bitShiftLeft(toUInt128(traits), 64) + author, person) AS first,
          toUInt64(first) AS voice, toUInt8(bitShiftRight(first, 64)) AS voice_traits,
          countIf(own) AS published,
          if(uniqUpToIf(9)(author, own) >= {accounts:UInt32}
            AND maxIf(at, own) - minIf(at, own) <= {gapMs:UInt64} * (published - 1), published, 0) AS concerted,
          if(published > 1 AND countIf(NOT person) = 0, published - 1, 0) AS pasted
        FROM (${cellRows(
          `${STATEMENT} AS statement, author, ${IS_PERSON} AS person, person AND kind != 'repost' AS own,
          ${TRAITS} AS traits, toUInt64(toUnixTimestamp64Milli(published_at)) AS at`,
          PUBLISHED,
        )}) WHERE ${ASKED}
        GROUP BY cell, statement)
      GROUP BY cell, voiced, voice)
      GROUP BY cell, voiced, said, stratum)
    GROUP BY cell) ${FINAL_BY_PARTITION}`,
  params: z.object({
    ...run,
    ...linkedParams,
    ...askedParams,
    accounts: z.number().int().max(9),
    gapMs: ms,
  }),
  row: z.object({ cells: z.array(cellKey), voices: z.array(z.array(z.number())), counts: z.array(z.number()) }),
});

/** All persons who wrote about a region in a window, on any matter, by stratum; residents, or not known. */
export const regionPanels = defineQuery({
  name: 'regionPanels',
  sql: `SELECT slot, region, stratum, toUInt32(count()) AS authors
    FROM (
      SELECT slot, region, author, groupBitOr(traits) AS all_traits, sum(bitTest(traits, 0)) AS kk, sum(bitTest(traits, 1)) AS ru,
        ${STRATUM} AS stratum
      FROM (SELECT ${SLOT} AS slot, toString(region) AS region, author, ${TRAITS} AS traits FROM posts FINAL
        WHERE ${PUBLISHED} AND ${IS_PERSON})
      GROUP BY slot, region, author)
    WHERE NOT bitTest(all_traits, 4) GROUP BY slot, region, stratum ORDER BY slot, region, stratum ${FINAL_BY_PARTITION}`,
  params: z.object(run),
  row: z.object({ slot: z.number(), region: z.string(), stratum: z.number(), authors: z.number() }),
});

/**
 * Audiences of every cell of a window: of each channel, or author without one, all posts together, saturating towards its
 * members or followers; then bundled with those of about the same size (four times). Sums are of whole persons,
 * so that the order of rows changes nothing. The lists are parallel; `audiences` has for each cell five numbers for each bundle: platform (from 1, in the order of
 * `PLATFORMS`), sources, and the sums of low, mid and high.
 */
export const cellAudiences = defineQuery({
  name: 'cellAudiences',
  sql: `SELECT groupArray(cell) AS cells, groupArray(of_cell) AS audiences
    FROM (SELECT cell, arrayFlatten(arraySort(groupArray([toFloat64(platform), sources, low, mid, high]))) AS of_cell
    FROM (
      SELECT cell, platform, toUInt8(log2(persons + 1) / 2) AS bucket, toFloat64(count()) AS sources,
        toFloat64(sum(least_seen)) AS low, toFloat64(sum(persons)) AS mid, toFloat64(sum(most_seen)) AS high
      FROM (
        SELECT cell, platform, source, max(low) AS least_seen, toFloat64(max(mid)) AS largest, sum(mid) AS exposures,
          greatest(sum(high), max(mid)) AS most_seen, toFloat64(max(followers)) AS known,
          greatest(if(known > 0, known, {unknownCircle:Float64} * largest), largest) AS circle,
          toUInt64(greatest(largest, round(if(circle = 0, 0, circle * (1 - exp(-exposures / circle)))))) AS persons
        FROM (${cellRows(
          `toUInt8(indexOf([${PLATFORMS.map((platform) => `'${platform}'`)}], platform)) AS platform,
          if(channel != 0, channel, author) AS source,
          toUInt64(round(reach_low)) AS low, toUInt64(round(reach_mid)) AS mid, toUInt64(round(reach_high)) AS high,
          ifNull(if(channel != 0, channel_members, author_followers), 0) AS followers`,
          PUBLISHED,
        )}) WHERE ${ASKED}
        GROUP BY cell, platform, source)
      GROUP BY cell, platform, bucket)
    GROUP BY cell) ${FINAL_BY_PARTITION}`,
  params: z.object({ ...run, ...askedParams, unknownCircle: z.number() }),
  row: z.object({ cells: z.array(cellKey), audiences: z.array(z.array(z.number())) }),
});
