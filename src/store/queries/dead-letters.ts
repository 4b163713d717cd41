import { z } from 'zod';
import type { DeadLetterRow } from '../rows.ts';
import { defineQuery, type Store } from '../store.ts';
import { base64Bytes, count, integer64, ms } from './row-types.ts';

const deadLetter = z.object({
  topic: z.string(),
  partition: z.number().int(),
  offset: integer64,
  kind: z.string(),
  reason: z.string(),
  message: z.string(),
  key: z.string(),
  payload: base64Bytes,
  observed_at: ms,
  requeued_at: ms.nullable(),
  version: integer64,
}) satisfies z.ZodType<DeadLetterRow>;

/** Dead letters after a position, in the order of topic, partition and offset: the last one read gives the next page's position. */
export const deadLetters = defineQuery({
  name: 'deadLetters',
  sql: `SELECT topic, partition, offset, kind, reason, message, key, base64Encode(payload) AS payload,
      toUnixTimestamp64Milli(observed_at) AS observed_at,
      if(isNull(requeued_at), NULL, toUnixTimestamp64Milli(assumeNotNull(requeued_at))) AS requeued_at, version
    FROM dead_letters FINAL
    WHERE (topic, partition, offset) > ({topic:String}, {partition:Int32}, {offset:Int64})
      AND ({reason:String} = '' OR reason = {reason:String})
      AND ({requeued:Bool} OR isNull(dead_letters.requeued_at))
    ORDER BY topic, partition, offset
    LIMIT {limit:UInt32}`,
  params: z.object({
    /** Only those refused for this reason; empty for all. */
    reason: z.string().default(''),
    /** Also those that were sent back already. */
    requeued: z.boolean().default(false),
    limit: z.number().int().min(1).max(100_000).default(1000),
    topic: z.string().default(''),
    partition: z.number().int().default(-2_147_483_648),
    offset: z.bigint().default(-9_223_372_036_854_775_808n),
  }),
  row: deadLetter,
});

/** How many dead letters there are for each reason, those sent back not counted. */
export const deadLetterReasons = defineQuery({
  name: 'deadLetterReasons',
  sql: `SELECT kind, reason, count() AS rows FROM dead_letters FINAL WHERE isNull(requeued_at)
    GROUP BY kind, reason ORDER BY rows DESC, kind, reason`,
  params: z.object({}),
  row: z.object({ kind: z.string(), reason: z.string(), rows: count }),
});

/** Notes that these have been sent back. */
export async function markRequeued(store: Store, letters: readonly DeadLetterRow[], nowMs: number): Promise<void> {
  await store.insert(
    'dead_letters',
    letters.map((letter) => ({ ...letter, requeued_at: nowMs, version: letter.version + 1n })),
  );
}
