import { z } from 'zod';
import { ruled, units } from './rules.ts';

/** ISO 3166-2 code of one of the 20 regions of Kazakhstan, such as `KZ-75`. */
export const REGION_CODE = /^KZ-\d\d$/;

export const PLATFORMS = [
  'instagram',
  'facebook',
  'tiktok',
  'vk',
  'ok',
  'telegram',
  'whatsapp',
  'youtube',
  'x',
  'threads',
  'news',
  'other',
] as const;

/** The longest text accepted, in UTF-16 units. */
export const MAX_TEXT_UNITS = 65_536;

/** How far ahead of the clock a post or an appeal may be dated, in milliseconds. */
export const MAX_AHEAD_MS = 10 * 60_000;

/** RFC 3339; the store holds no earlier years. */
const time = z.iso.datetime({ offset: true, error: 'must be an RFC 3339 time, such as 2026-03-01T08:00:00Z' });
export const timestamp = ruled(time, 'x-since1970');
export const regionCode = z.string().regex(REGION_CODE, 'must be an ISO 3166-2 code, such as KZ-75');

const count = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
export const reference = ruled(units(1, 256), 'x-wellFormed');
const accountId = ruled(units(1, 1024), 'x-wellFormed');

export const postSchema = z.object({
  id: reference,
  platform: z.enum(PLATFORMS),
  kind: z.enum(['post', 'comment', 'repost', 'message']).default('post'),
  text: units(0, MAX_TEXT_UNITS),
  publishedAt: timestamp,
  url: units(0, 4096).optional(),
  author: z.object({
    id: accountId,
    followers: count.optional(),
    createdAt: ruled(time, 'x-since1970', 'x-before2200').optional(),
    verified: z.boolean().optional(),
    region: regionCode.optional(),
    settlement: z.enum(['urban', 'rural']).optional(),
  }),
  channel: z
    .object({
      id: accountId,
      name: units(0, 4096).optional(),
      kind: z.enum(['page', 'group', 'channel', 'media', 'agency']).optional(),
      members: count.optional(),
      region: regionCode.optional(),
    })
    .optional(),
  metrics: z
    .object({
      views: count.optional(),
      likes: count.optional(),
      comments: count.optional(),
      shares: count.optional(),
    })
    .optional(),
  repostOf: reference.optional(),
  inReplyTo: reference.optional(),
  region: regionCode.optional(),
});

/** A post as the contract takes it in, defaults filled. */
export type Post = z.infer<typeof postSchema>;

/** The natural key of a post: unique over all platforms. */
export function postKey(post: Pick<Post, 'platform' | 'id'>): string {
  return `${post.platform}:${post.id}`;
}
