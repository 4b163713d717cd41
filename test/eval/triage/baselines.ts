import { z } from 'zod';
import { DAY_MS } from '../../../src/signals/windows.ts';
import { cellRows, FINAL_BY_PARTITION, IS_PERSON } from '../../../src/store/queries/cell-rows.ts';
import { count, ms } from '../../../src/store/queries/row-types.ts';
import { defineQuery, type Store } from '../../../src/store/store.ts';
import type { Window } from '../../../src/weigh/signal.ts';

/** What ordinary listening tools rank by. */
export interface Baselines {
  /** Posts. */
  volume: number;
  /** Likes, comments and shares. */
  engagement: number;
  /** Followers of the authors, members of the channels, summed over posts. */
  followers: number;
  authors: number;
  /** (posts − mean) / standard deviation, of the three weeks before; the deviation at least 1. */
  spike: number;
  /** Complaints and requests in the window. */
  appeals: number;
}

export const NO_BASELINES: Baselines = { volume: 0, engagement: 0, followers: 0, authors: 0, spike: 0, appeals: 0 };

const WEEKS_BEFORE = 3;

const cellCounts = defineQuery({
  name: 'cellCounts',
  sql: `SELECT agency, region, theme, slot, count() AS volume, sum(engagement) AS engagement, sum(followers) AS followers,
      uniqExactIf(author, person) AS authors
    FROM (${cellRows(
      `author, ${IS_PERSON} AS person, ifNull(likes, 0) + ifNull(comments, 0) + ifNull(shares, 0) AS engagement,
      ifNull(if(channel != 0, channel_members, author_followers), 0) AS followers`,
      `published_at >= fromUnixTimestamp64Milli({from:Int64}) AND published_at < fromUnixTimestamp64Milli({to:Int64})`,
    )})
    GROUP BY agency, region, theme, slot ${FINAL_BY_PARTITION}`,
  params: z.object({ from: ms, to: ms, lengthMs: ms }),
  row: z.object({
    agency: z.string(),
    region: z.string(),
    theme: z.string(),
    slot: z.number(),
    volume: count,
    engagement: count,
    followers: count,
    authors: count,
  }),
});

/** The simple measures of every cell of a window, by `agency/region/theme`. */
export async function readBaselines(store: Store, { fromMs, toMs }: Window): Promise<Map<string, Baselines>> {
  const lengthMs = 7 * DAY_MS;
  const rows = await store.query(cellCounts, { from: fromMs - WEEKS_BEFORE * lengthMs, to: toMs, lengthMs });
  const before = new Map<string, number[]>();
  for (const { slot, volume, ...cell } of rows) {
    const key = keyOf(cell);
    if (slot < WEEKS_BEFORE) before.set(key, [...(before.get(key) ?? []), volume]);
  }
  return new Map(
    rows
      .filter(({ slot }) => slot === WEEKS_BEFORE)
      .map(({ volume, engagement, followers, authors, ...cell }) => {
        const spike = spikeOf(volume, before.get(keyOf(cell)) ?? []);
        return [keyOf(cell), { volume, engagement, followers, authors, spike, appeals: 0 }];
      }),
  );
}

function keyOf({ agency, region, theme }: { agency: string; region: string; theme: string }): string {
  return `${agency || null}/${region || null}/${theme || null}`;
}

/** Weeks without posts are not among `earlier`. */
function spikeOf(volume: number, earlier: readonly number[]): number {
  const mean = earlier.reduce((sum, one) => sum + one, 0) / WEEKS_BEFORE;
  const silent = (WEEKS_BEFORE - earlier.length) * mean ** 2;
  const variance = (earlier.reduce((sum, one) => sum + (one - mean) ** 2, 0) + silent) / (WEEKS_BEFORE - 1);
  return (volume - mean) / Math.max(1, Math.sqrt(variance));
}
