import { z } from 'zod';
import { signalSchema, VERDICTS } from '../../weigh/signal.ts';
import { defineQuery } from '../store.ts';
import { count, integer64, ms } from './row-types.ts';

/** The stored JSON of a signal, checked. */
export const storedSignal = z
  .string()
  .transform((text) => JSON.parse(text))
  .pipe(signalSchema);

/** Stored signals, best score first. An empty filter lets everything through; `-` stands for null. */
export const storedSignals = defineQuery({
  name: 'storedSignals',
  sql: `SELECT signal FROM signals FINAL
    WHERE window_from >= fromUnixTimestamp64Milli({from:Int64}) AND window_to <= fromUnixTimestamp64Milli({to:Int64})
      AND ({lengthMs:Int64} = 0 OR toUnixTimestamp64Milli(window_to) - toUnixTimestamp64Milli(window_from) = {lengthMs:Int64})
      AND ({id:String} = '' OR id = {id:String})
      AND ({agency:String} = '' OR if(agency = '', '-', agency) = {agency:String})
      AND ({region:String} = '' OR if(region = '', '-', region) = {region:String})
      AND ({theme:String} = '' OR if(theme = '', '-', theme) = {theme:String})
      AND (empty({labels:Array(String)}) OR has({labels:Array(String)}, label))
      AND score >= {minScore:Float64} AND ({vanished:Bool} OR posts > 0 OR JSONExtractUInt(signal, 'appeals', 'count') > 0)
    ORDER BY score DESC, id LIMIT {limit:UInt32} OFFSET {offset:UInt32}`,
  params: z.object({
    from: ms.default(0),
    to: ms.default(Date.UTC(2200, 0)),
    lengthMs: ms.default(0),
    id: z.string().default(''),
    agency: z.string().default(''),
    region: z.string().default(''),
    theme: z.string().default(''),
    labels: z.array(z.string()).default([]),
    minScore: z.number().default(0),
    /** Also cells in which nothing is left. */
    vanished: z.boolean().default(false),
    limit: z.number().int().min(1).max(1_000_000).default(1000),
    offset: z.number().int().min(0).default(0),
  }),
  row: z.object({ signal: storedSignal }),
});

/** What is stored of the windows of a run: cells, and the version of each row. */
export const storedCells = defineQuery({
  name: 'storedCells',
  sql: `SELECT toUnixTimestamp64Milli(window_from) AS fromMs, agency, region, theme, version FROM signals FINAL
    WHERE window_from >= fromUnixTimestamp64Milli({from:Int64}) AND window_to <= fromUnixTimestamp64Milli({to:Int64})
      AND toUnixTimestamp64Milli(window_to) - toUnixTimestamp64Milli(window_from) = {lengthMs:Int64}
    ORDER BY window_from, agency, region, theme`,
  params: z.object({ from: ms, to: ms, lengthMs: ms }),
  row: z.object({
    fromMs: ms,
    agency: z.string(),
    region: z.string(),
    theme: z.string(),
    version: integer64,
  }),
});

/** The last verdict that the history holds of each cell of the windows of a run. */
export const lastVerdicts = defineQuery({
  name: 'lastVerdicts',
  sql: `SELECT toUnixTimestamp64Milli(window_from) AS fromMs, agency, region, theme,
      argMax(verdicts.label, verdicts.version) AS label, argMax(verdicts.score, verdicts.version) AS score, argMax(verdicts.rule, verdicts.version) AS rule
    FROM verdicts
    WHERE window_from >= fromUnixTimestamp64Milli({from:Int64}) AND window_to <= fromUnixTimestamp64Milli({to:Int64})
      AND toUnixTimestamp64Milli(window_to) - toUnixTimestamp64Milli(window_from) = {lengthMs:Int64}
    GROUP BY window_from, agency, region, theme ORDER BY window_from, agency, region, theme`,
  params: z.object({ from: ms, to: ms, lengthMs: ms }),
  row: z.object({
    fromMs: ms,
    agency: z.string(),
    region: z.string(),
    theme: z.string(),
    label: z.string(),
    score: z.number(),
    rule: z.string(),
  }),
});

/** How the verdict of one cell and window changed, newest first. */
export const verdictHistory = defineQuery({
  name: 'verdictHistory',
  sql: `SELECT toUnixTimestamp64Milli(evaluated_at) AS evaluatedMs, label, score, rule, posts, statements, authors, appeals
    FROM verdicts FINAL
    WHERE window_from = fromUnixTimestamp64Milli({from:Int64}) AND window_to = fromUnixTimestamp64Milli({to:Int64})
      AND agency = {agency:String} AND region = {region:String} AND theme = {theme:String}
    ORDER BY version DESC LIMIT {limit:UInt32}`,
  params: z.object({
    from: ms,
    to: ms,
    agency: z.string(),
    region: z.string(),
    theme: z.string(),
    limit: z.number().int().min(1).max(1_000_000).default(1_000_000),
  }),
  row: z.object({
    evaluatedMs: ms,
    label: z.enum(VERDICTS),
    score: z.number(),
    rule: z.string(),
    posts: count,
    statements: count,
    authors: count,
    appeals: count,
  }),
});

/** Hours of receipt, in Unix milliseconds, of the appeals written since. */
export const dirtyAppealHours = defineQuery({
  name: 'dirtyAppealHours',
  sql: `SELECT DISTINCT toUnixTimestamp(toStartOfHour(received_at)) * 1000 AS hourMs FROM appeals
    WHERE ingested_at >= fromUnixTimestamp64Milli({since:Int64}) ORDER BY hourMs`,
  params: z.object({ since: ms }),
  row: z.object({ hourMs: ms }),
});

/** Hours of event time, in Unix milliseconds, that rows written since touch. */
export const dirtyHours = defineQuery({
  name: 'dirtyHours',
  sql: `SELECT DISTINCT toUnixTimestamp(hour) * 1000 AS hourMs FROM (
      SELECT toStartOfHour(published_at) AS hour FROM posts WHERE ingested_at >= fromUnixTimestamp64Milli({since:Int64})
      UNION ALL
      SELECT toStartOfHour(received_at) FROM appeals WHERE ingested_at >= fromUnixTimestamp64Milli({since:Int64}))
    ORDER BY hourMs`,
  params: z.object({ since: ms }),
  row: z.object({ hourMs: ms }),
});

/** Rows written since, by the hour that they are about and the time that they were stamped with: those of a batch have one time. */
export const writtenBatches = defineQuery({
  name: 'writtenBatches',
  sql: `SELECT * FROM (
      SELECT 'posts' AS kind, toUnixTimestamp(toStartOfHour(published_at)) * 1000 AS hourMs, toUnixTimestamp64Milli(ingested_at) AS writtenMs, count() AS rows
      FROM posts WHERE ingested_at >= fromUnixTimestamp64Milli({since:Int64}) GROUP BY hourMs, writtenMs
      UNION ALL
      SELECT 'appeals', toUnixTimestamp(toStartOfHour(received_at)) * 1000 AS hourMs, toUnixTimestamp64Milli(ingested_at) AS writtenMs, count() AS rows
      FROM appeals WHERE ingested_at >= fromUnixTimestamp64Milli({since:Int64}) GROUP BY hourMs, writtenMs)
    ORDER BY kind, hourMs, writtenMs`,
  params: z.object({ since: ms }),
  row: z.object({ kind: z.enum(['posts', 'appeals']), hourMs: ms, writtenMs: ms, rows: count }),
});
