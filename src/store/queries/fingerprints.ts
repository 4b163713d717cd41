import { z } from 'zod';
import { defineQuery, type Store } from '../store.ts';
import { base64Bytes, ms } from './row-types.ts';

const fingerprint = z.object({
  /** `platform:id`. */
  key: z.string(),
  cluster: z.string(),
  publishedAtMs: ms,
  fingerprint: base64Bytes,
  /** `platform:id` of the reposted post; absent where it is no repost. */
  repostOf: z.string().transform((key) => key || undefined),
});

/** A post as the copy index remembers it. */
export type StoredFingerprintRow = z.output<typeof fingerprint>;

const COLUMNS = `concat(platform, ':', id) AS key, cluster,
  toUnixTimestamp64Milli(published_at) AS publishedAtMs, base64Encode(fingerprint) AS fingerprint,
  if(repost_of = '', '', concat(platform, ':', repost_of)) AS repostOf`;

/** A short text that reposts nothing can have no copies, so the index need not know it. */
const CAN_HAVE_COPIES = "(posts.fingerprint != '' OR repost_of != '')";

/** Fingerprints of posts published in `[from, to)`. A post observed twice may come twice. */
export const fingerprintsPublished = defineQuery({
  name: 'fingerprintsPublished',
  sql: `SELECT ${COLUMNS} FROM posts
    WHERE published_at >= fromUnixTimestamp64Milli({from:Int64}) AND published_at < fromUnixTimestamp64Milli({to:Int64})
      AND ${CAN_HAVE_COPIES}`,
  params: z.object({ from: ms, to: ms }),
  row: fingerprint,
});

/** Fingerprints that other workers than `worker` wrote since `ingestedFrom`, of posts published since `publishedFrom`. */
export const fingerprintsOfOthers = defineQuery({
  name: 'fingerprintsOfOthers',
  sql: `SELECT ${COLUMNS}, toUnixTimestamp64Milli(ingested_at) AS ingestedAtMs FROM posts
    WHERE published_at >= fromUnixTimestamp64Milli({publishedFrom:Int64})
      AND ingested_at >= fromUnixTimestamp64Milli({ingestedFrom:Int64})
      AND worker != {worker:String} AND ${CAN_HAVE_COPIES}`,
  params: z.object({ publishedFrom: ms, ingestedFrom: ms, worker: z.string() }),
  row: fingerprint.extend({ ingestedAtMs: ms }),
});

const HOUR_MS = 3_600_000;

/**
 * The fingerprints of all posts published in `[from, to)`, an hour of posts at a time and the oldest first, so that
 * a copy index can be filled after a restart without holding all of them twice.
 */
export async function* readFingerprints(
  store: Store,
  from: number,
  to: number,
): AsyncGenerator<StoredFingerprintRow[], void, undefined> {
  for (let hour = Math.floor(from / HOUR_MS) * HOUR_MS; hour < to; hour += HOUR_MS) {
    const rows = await store.query(fingerprintsPublished, {
      from: Math.max(hour, from),
      to: Math.min(hour + HOUR_MS, to),
    });
    if (rows.length > 0) yield rows;
  }
}
