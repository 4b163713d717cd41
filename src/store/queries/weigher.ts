import { z } from 'zod';
import type { AlertRow } from '../rows.ts';
import { defineQuery } from '../store.ts';
import { integer64, ms } from './row-types.ts';
import { storedSignal } from './signals.ts';

/** When cells were last weighed; no row before the first time. */
export const lastEvaluation = defineQuery({
  name: 'lastEvaluation',
  sql: 'SELECT toUnixTimestamp64Milli(max(evaluated_at)) AS evaluatedMs FROM signals HAVING count() > 0',
  params: z.object({}),
  row: z.object({ evaluatedMs: ms }),
});

const alert = z.object({
  subscription: z.string(),
  cell: z.string(),
  signal_id: z.string(),
  change: z.string(),
  label: z.string(),
  score: z.number(),
  ce_id: z.string(),
  changed_at: ms,
  version: integer64,
}) satisfies z.ZodType<AlertRow>;

/** The last state of every subscription and cell: those that are open, and those closed since a time. */
export const alertStates = defineQuery({
  name: 'alertStates',
  sql: `SELECT subscription, cell, signal_id, change, label, score, ce_id,
      toUnixTimestamp64Milli(alerts.changed_at) AS changed_at, version
    FROM alerts FINAL
    WHERE change != 'closed' OR alerts.changed_at >= fromUnixTimestamp64Milli({closedSince:Int64})
    ORDER BY subscription, cell`,
  params: z.object({ closedSince: ms }),
  row: alert,
});

/** Start of the newest standing window of a length, in milliseconds, in which anything was seen; no row when there is none. */
export const newestWindow = defineQuery({
  name: 'newestWindow',
  sql: `SELECT toUnixTimestamp64Milli(max(window_from)) AS fromMs FROM signals
    WHERE toUnixTimestamp64Milli(window_to) - toUnixTimestamp64Milli(window_from) = {lengthMs:Int64} AND posts > 0
    HAVING count() > 0`,
  params: z.object({ lengthMs: ms }),
  row: z.object({ fromMs: ms }),
});

/** The stored signals of these ids; those that were never stored are left out. */
export const signalsById = defineQuery({
  name: 'signalsById',
  sql: 'SELECT signal FROM signals FINAL WHERE has({ids:Array(String)}, id) ORDER BY id',
  params: z.object({ ids: z.array(z.string()) }),
  row: z.object({ signal: storedSignal }),
});
