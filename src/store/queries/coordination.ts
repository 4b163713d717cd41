import { z } from 'zod';
import { defineQuery } from '../store.ts';
import { cellKey, cellRows, FINAL_BY_PARTITION, IS_PERSON, PUBLISHED } from './cell-rows.ts';
import { count, integer64, ms } from './row-types.ts';

/** What {@link ACCOUNT_COUNTS} counts: posts of persons whose account tells its age or its followers, and those of young and of small ones. */
export const ACCOUNT_COLUMNS = `toUInt8(if(isNull(author_created_at), 0, 1 + (author_created_at > published_at - toIntervalDay({youngDays:UInt32})))) AS age_known,
    toUInt8(if(isNull(author_followers), 0, 1 + (author_followers < {smallBelow:UInt64}))) AS size_known`;

export const ACCOUNT_COUNTS = `countIf(person) AS personPosts, countIf(person AND age_known > 0) AS aged, countIf(person AND age_known = 2) AS young,
    uniqUpToIf(9)(author, person AND age_known = 2) AS youngAccounts,
    countIf(person AND size_known > 0) AS sized, countIf(person AND size_known = 2) AS small,
    uniqUpToIf(9)(author, person AND size_known = 2) AS smallAccounts`;

export const accountParams = { youngDays: z.number().int(), smallBelow: z.number().int() };

const IN_HOURS = `hour > toDateTime(intDiv({from:Int64}, 1000) - 3600, 'UTC') AND hour < toDateTime(intDiv({to:Int64}, 1000), 'UTC')
    AND statements > 0`;

/** Statements of persons in each hour of a window, all cells together. */
export const hourlyStatements = defineQuery({
  name: 'hourlyStatements',
  sql: `SELECT hour, sum(statements) AS said FROM cell_hours FINAL WHERE ${IN_HOURS} GROUP BY hour ORDER BY hour ${FINAL_BY_PARTITION}`,
  params: z.object({ from: ms, to: ms }),
  row: z.object({ said: count }),
});

/** Of each cell of one window with at least `least` statements of persons: how many, and in how many hours they came. */
export const cellHours = defineQuery({
  name: 'cellHours',
  sql: `SELECT cityHash64(toUInt32(0), toString(agency), toString(region), toString(theme)) AS cell, sum(statements) AS said, count() AS hours
    FROM cell_hours FINAL WHERE ${IN_HOURS} GROUP BY agency, region, theme HAVING said >= {least:UInt32} ${FINAL_BY_PARTITION}`,
  params: z.object({ from: ms, to: ms, least: z.number().int() }),
  row: z.object({ cell: cellKey, said: count, hours: count }),
});

/** What persons said of matters (agencies, region, themes) of a known region and theme. */
const SPOKEN = `${PUBLISHED} AND ${IS_PERSON} AND posts.region != '' AND notEmpty(themes)`;
const MATTER = "cityHash64(CAST(agencies, 'Array(String)'), toString(posts.region), CAST(themes, 'Array(String)'))";

/** Bits are quicker to compare than names: only of equal ones are "and" and "or" the same. */
const REGION = 'cityHash64(posts.region)';

/** The matters of accounts that spoke on two regions; not of those that spoke on more than `mostMatters`, since who speaks on everything tells nothing. */
export const accountMatters = defineQuery({
  name: 'accountMatters',
  sql: `SELECT author, arraySort(groupUniqArray((${MATTER}, toString(posts.region)))) AS matters
    FROM posts FINAL WHERE ${SPOKEN} AND author IN (
      SELECT author FROM posts WHERE ${SPOKEN} GROUP BY author HAVING groupBitAnd(${REGION}) != groupBitOr(${REGION}))
    GROUP BY author HAVING length(matters) BETWEEN 2 AND {mostMatters:UInt32} ORDER BY author ${FINAL_BY_PARTITION}`,
  params: z.object({ from: ms, to: ms, mostMatters: z.number().int() }),
  row: z.object({ author: integer64, matters: z.array(z.tuple([z.string(), z.string()])) }),
});

/** How many accounts spoke on each of some matters. */
export const matterAccounts = defineQuery({
  name: 'matterAccounts',
  sql: `SELECT ${MATTER} AS matter, uniqExact(author) AS accounts FROM posts FINAL
    WHERE ${SPOKEN} AND matter IN {matters:Array(UInt64)} GROUP BY matter ORDER BY matter ${FINAL_BY_PARTITION}`,
  params: z.object({ from: ms, to: ms, matters: z.array(integer64) }),
  row: z.object({ matter: z.string(), accounts: count }),
});

/** Appearances of accounts on matters: each account counts once for each matter. */
export const allAppearances = defineQuery({
  name: 'allAppearances',
  sql: `SELECT uniq(author, ${MATTER}) AS appearances FROM posts WHERE ${SPOKEN}`,
  params: z.object({ from: ms, to: ms }),
  row: z.object({ appearances: count }),
});

/** SQL of how many of the posts that `where` asks for are, in each cell, by accounts of a group of which at least `leastAccounts` wrote such posts. */
export function groupPosts(where: string): string {
  return `SELECT cell, sum(written) AS posts FROM (
      SELECT cell, group_number, count() AS written
      FROM (${cellRows(
        `author, transform(author, {accounts:Array(UInt64)}, {groups:Array(UInt32)}, toUInt32(0)) AS group_number`,
        `${PUBLISHED} AND ${where} AND has({accounts:Array(UInt64)}, author)`,
      )})
      GROUP BY cell, group_number HAVING uniqExact(author) >= {leastAccounts:UInt32})
    GROUP BY cell ${FINAL_BY_PARTITION}`;
}

/** Parameters of {@link groupPosts}; `groups` has the number of the group of each of the accounts. */
export const groupParams = {
  from: ms,
  to: ms,
  lengthMs: ms,
  accounts: z.array(integer64),
  groups: z.array(z.number().int()),
  leastAccounts: z.number().int(),
};

export const groupRow = z.object({ cell: cellKey, posts: count });

/** Posts of each cell by accounts of a pool, where at least `leastAccounts` of one pool speak. */
export const pooledPosts = defineQuery({
  name: 'pooledPosts',
  sql: groupPosts(IS_PERSON),
  params: z.object(groupParams),
  row: groupRow,
});
