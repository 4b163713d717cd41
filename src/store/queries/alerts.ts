import { z } from 'zod';
import type { AlertRow } from '../rows.ts';
import { defineQuery } from '../store.ts';
import { integer64, ms } from './row-types.ts';

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

/** The last state of every subscription and cell; those that were closed are left out. */
export const openAlerts = defineQuery({
  name: 'openAlerts',
  sql: `SELECT subscription, cell, signal_id, change, label, score, ce_id,
      toUnixTimestamp64Milli(changed_at) AS changed_at, version
    FROM alerts FINAL WHERE change != 'closed' ORDER BY subscription, cell`,
  params: z.object({}),
  row: alert,
});
