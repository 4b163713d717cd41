import { z } from 'zod';

/** Published by a person: not by a media outlet or a state body on its own channel. A comment there is a person's. */
export const IS_PERSON = `NOT (kind != 'comment' AND in_reply_to = ''
    AND (platform = 'news' OR channel_kind IN ('media', 'agency')))`;

/** A month is a partition and a post keeps its first publication time, so no row of another partition replaces it. */
export const FINAL_BY_PARTITION = 'SETTINGS do_not_merge_across_partitions_select_final = 1';

/** 64-bit hash of a cell's names: grouping by it is far cheaper than by three strings. */
export const cellKey = z.string();

/**
 * The newest observation of each post, once for each cell it stands in: its agencies × its themes, `''` where there are none.
 * The arrays are cast since joining an array of `LowCardinality` costs six times as much.
 *
 * @param columns what else is selected, besides `agency`, `region`, `theme` and `cell`
 */
export function cellRows(columns: string, where: string): string {
  return `SELECT arrayJoin(emptyArrayToSingle(CAST(agencies, 'Array(String)'))) AS agency,
      arrayJoin(emptyArrayToSingle(CAST(themes, 'Array(String)'))) AS theme,
      toString(posts.region) AS region, cityHash64(agency, region, theme) AS cell, ${columns}
    FROM posts FINAL WHERE ${where}`;
}
