import { z } from 'zod';
import { PLATFORMS } from '../post/post.ts';

/** What the audience of a post is derived from. */
export const REACH_VIA = ['views', 'account', 'channel', 'group', 'comment'] as const;
export type ReachVia = (typeof REACH_VIA)[number];

const size = z.coerce.number().nonnegative();
const optionalSize = z.union([z.literal('').transform(() => undefined), size]).optional();
const rate = z.coerce.number().min(0).max(1);

/**
 * One row of `reach-rates.csv`: of `size` showings, followers or members, the share that is persons who saw one post.
 * `*` stands for every platform without a row of its own. `typical_size` is used where the size is not known.
 */
export const reachRateSchema = z
  .object({
    platform: z.enum(['*', ...PLATFORMS]),
    via: z.enum(REACH_VIA),
    min_size: size,
    max_size: optionalSize,
    low: rate,
    mid: rate,
    high: rate,
    typical_size: optionalSize,
    status: z.string().min(1),
    source: z.string().min(1),
  })
  .refine((row) => row.low <= row.mid && row.mid <= row.high, { error: 'must be low ≤ mid ≤ high', path: ['mid'] })
  .refine((row) => row.max_size === undefined || row.max_size > row.min_size, {
    error: 'must be above min_size',
    path: ['max_size'],
  });

export type ReachRate = z.output<typeof reachRateSchema>;
