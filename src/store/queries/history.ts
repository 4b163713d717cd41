import { z } from 'zod';
import { defineQuery } from '../store.ts';
import { cellKey, cellRows, FINAL_BY_PARTITION, IS_PERSON } from './cell-rows.ts';
import { count, ms } from './row-types.ts';

const HOURS = "SELECT toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC')";
const hours = z.array(z.number().int().nonnegative());

/**
 * Counts hours of posts again into `cell_hours`, in Unix seconds, and writes the cells whose count is another than before. Run
 * twice, or by two at once, it writes the same.
 */
export const RECOUNT_HOURS = `INSERT INTO cell_hours (hour, agency, region, theme, statements, counted_at, version)
  SELECT hour, agency, region, theme, sum(seen), now64(3), max(last) + 1
  FROM (
    SELECT hour, agency, region, theme, toUInt32(1) AS seen, toUInt32(0) AS kept, toUInt64(0) AS last
    FROM (${cellRows(
      'toStartOfHour(published_at) AS hour',
      `toStartOfHour(published_at) IN (${HOURS}) AND NOT copy AND ${IS_PERSON}`,
      'toUInt32(0)',
    )})
    UNION ALL
    SELECT hour, toString(agency), toString(region), toString(theme), 0, statements, version FROM cell_hours FINAL WHERE hour IN (${HOURS}))
  GROUP BY hour, agency, region, theme HAVING sum(seen) != sum(kept)
  ${FINAL_BY_PARTITION}, distributed_foreground_insert = 1`;

/** When hours were last counted since a time, in Unix milliseconds, 0 when they were not; and whether they ever were. */
export const lastCount = defineQuery({
  name: 'lastCount',
  sql: `SELECT toUnixTimestamp64Milli(max(counted_at)) AS countedMs, (SELECT count() > 0 FROM cell_hours) AS isCounted FROM cell_hours
    WHERE counted_at >= fromUnixTimestamp64Milli({since:Int64})`,
  params: z.object({ since: ms }),
  row: z.object({ countedMs: ms, isCounted: z.coerce.boolean() }),
});

/** Hours, in Unix milliseconds, of which any cell was counted anew since. */
export const changedHours = defineQuery({
  name: 'changedHours',
  sql: `SELECT DISTINCT toUnixTimestamp(hour) * 1000 AS hourMs FROM cell_hours
    WHERE counted_at >= fromUnixTimestamp64Milli({since:Int64}) ORDER BY hourMs`,
  params: z.object({ since: ms }),
  row: z.object({ hourMs: ms }),
});

/** Days of a range, in Unix seconds, that hold anything, each with its first hour. */
export const daysHeld = defineQuery({
  name: 'daysHeld',
  sql: `SELECT toUnixTimestamp(toStartOfDay(hour)) AS day, toUnixTimestamp(min(hour)) AS firstHour FROM (
      SELECT DISTINCT hour FROM cell_hours WHERE hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC'))
    GROUP BY day ORDER BY day SETTINGS optimize_distinct_in_order = 1`,
  params: z.object({ from: z.number(), to: z.number() }),
  row: z.object({ day: z.number(), firstHour: z.number() }),
});

/** Hours to be looked at, parallel to what each counts for: which window of the run, and what part of it falls into one like it. */
const looked = { hours, slots: z.array(z.number().int()), weekly: z.array(z.number()), daily: z.array(z.number()) };
const OF = (values: string, type: string) =>
  `transform(toUnixTimestamp(hour), {hours:Array(UInt32)}, {${values}:Array(${type})}, to${type}(0))`;

/**
 * Statements in the hours looked at, by region and theme: all together, the number of bodies addressed, and of each cell. The three lists are
 * parallel.
 */
export const cellHistory = defineQuery({
  name: 'cellHistory',
  sql: `SELECT slot, region, theme, sum(of_weeks) AS weekly, sum(of_days) AS daily, countIf(spoken) AS bodies,
      groupArray(cell) AS cells, groupArray(of_weeks) AS cellsWeekly, groupArray(of_days) AS cellsDaily
    FROM (
      SELECT cell, any(in_slot) AS slot, toString(any(cell_hours.region)) AS region, toString(any(cell_hours.theme)) AS theme, max(statements) > 0 AS spoken,
        sum(statements * ${OF('weekly', 'Float64')}) AS of_weeks, sum(statements * ${OF('daily', 'Float64')}) AS of_days
      FROM (SELECT ${OF('slots', 'UInt32')} AS in_slot, cityHash64(in_slot, agency, region, theme) AS cell, hour, region, theme, statements
        FROM cell_hours FINAL WHERE hour IN (${HOURS})) AS cell_hours
      GROUP BY cell)
    GROUP BY slot, region, theme ORDER BY slot, region, theme ${FINAL_BY_PARTITION}`,
  params: z.object(looked),
  row: z.object({
    slot: z.number(),
    region: z.string(),
    theme: z.string(),
    weekly: z.number(),
    daily: z.number(),
    bodies: count,
    cells: z.array(cellKey),
    cellsWeekly: z.array(z.number()),
    cellsDaily: z.array(z.number()),
  }),
});

/** Statements by region and theme in the same season of a year before, and in the weeks that led up to it. */
export const seasonHistory = defineQuery({
  name: 'seasonHistory',
  sql: `SELECT region, theme, sumIf(statements, hour >= toDateTime({season:UInt32}, 'UTC')) AS season,
      sumIf(statements, hour < toDateTime({season:UInt32}, 'UTC')) AS before
    FROM cell_hours FINAL WHERE hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')
    GROUP BY region, theme ORDER BY region, theme ${FINAL_BY_PARTITION}`,
  params: z.object({ from: z.number(), season: z.number(), to: z.number() }),
  row: z.object({ region: z.string(), theme: z.string(), season: count, before: count }),
});
