import { z } from 'zod';

/** Where a media outlet or a state body publishes: what it says itself, and the comments under it. */
export const UNDER_OUTLET = "(platform = 'news' OR channel_kind IN ('media', 'agency'))";

/** Published by a person: not by a media outlet or a state body on its own channel. A comment there is a person's. */
export const IS_PERSON = `NOT (kind != 'comment' AND in_reply_to = '' AND ${UNDER_OUTLET})`;

/**
 * A month is a partition and a post keeps its first publication time, so no row of another partition replaces it. Compiling
 * expressions costs more than it saves, since the parameters make every query a new one.
 */
export const FINAL_BY_PARTITION = `SETTINGS do_not_merge_across_partitions_select_final = 1,
    compile_expressions = 0, compile_aggregate_expressions = 0, compile_sort_description = 0`;

/** Published from `from` on and before `to`, Unix milliseconds; the hour in the sorting key makes this read little else. */
export const PUBLISHED = `published_at >= fromUnixTimestamp64Milli({from:Int64})
    AND published_at < fromUnixTimestamp64Milli({to:Int64})`;

/** Which window of a run of equally long ones, from 0, a time in Unix milliseconds falls into; `from` is where the first begins. */
export const SLOT = 'toUInt32(intDiv(toUnixTimestamp64Milli(published_at) - {from:Int64}, {lengthMs:Int64}))';

/** 64-bit hash of a cell's window and names: grouping by it is far cheaper than by three strings. */
export const cellKey = z.string();

/**
 * The newest observation of each post, once for each cell it stands in: its agencies × its themes, `''` where there are none.
 * The arrays are cast since joining an array of `LowCardinality` costs six times as much.
 *
 * @param columns what else is selected, besides `slot`, `agency`, `region`, `theme` and `cell`
 * @param slot SQL for the number of the window
 */
export function cellRows(columns: string, where: string, slot = SLOT): string {
  return `SELECT arrayJoin(emptyArrayToSingle(CAST(agencies, 'Array(String)'))) AS agency,
      arrayJoin(emptyArrayToSingle(CAST(themes, 'Array(String)'))) AS theme,
      toString(posts.region) AS region, ${slot} AS slot, cityHash64(slot, agency, region, theme) AS cell, ${columns}
    FROM posts FINAL WHERE ${where}`;
}
