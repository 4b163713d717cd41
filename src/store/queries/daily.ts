import { z } from 'zod';
import { defineQuery } from '../store.ts';
import { FINAL_BY_PARTITION } from './cell-rows.ts';

const params = z.object({ from: z.number(), to: z.number(), least: z.number() });

/** Days from `from`, with the count of each. */
const row = z.object({
  agency: z.string(),
  region: z.string(),
  theme: z.string(),
  days: z.array(z.number()),
  counts: z.array(z.number()),
});

const daily = (rows: string) => `SELECT agency, region, theme, groupArray(day) AS days, groupArray(events) AS counts
  FROM (SELECT agency, region, theme, day, toFloat64(sum(event)) AS events FROM (${rows}) GROUP BY agency, region, theme, day ORDER BY day)
  GROUP BY agency, region, theme HAVING arraySum(counts) >= {least:Float64} ${FINAL_BY_PARTITION}`;

/** Complaints and requests a day, of cells that have enough of them. */
export const dailyAppeals = defineQuery({
  name: 'dailyAppeals',
  sql: daily(`SELECT toString(appeals.agency) AS agency, toString(appeals.region) AS region,
      arrayJoin(emptyArrayToSingle(CAST(themes, 'Array(String)'))) AS theme, count AS event,
      toUInt32(intDiv(toUnixTimestamp(received_at) - {from:UInt32}, 86400)) AS day
    FROM appeals FINAL
    WHERE received_at >= toDateTime({from:UInt32}, 'UTC') AND received_at < toDateTime({to:UInt32}, 'UTC') AND kind IN ('complaint', 'request')`),
  params,
  row,
});

/** Statements a day, of cells that have enough of them. */
export const dailyStatements = defineQuery({
  name: 'dailyStatements',
  sql: daily(`SELECT toString(cell_hours.agency) AS agency, toString(cell_hours.region) AS region, toString(cell_hours.theme) AS theme,
      statements AS event, toUInt32(intDiv(toUnixTimestamp(hour) - {from:UInt32}, 86400)) AS day
    FROM cell_hours FINAL WHERE hour >= toDateTime({from:UInt32}, 'UTC') AND hour < toDateTime({to:UInt32}, 'UTC')`),
  params,
  row,
});
