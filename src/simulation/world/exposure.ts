import type { Post } from '../../post/post.ts';
import type { Random } from '../../random.ts';
import type { Region } from '../regions.ts';
import type { Channel } from '../society.ts';
import { GROUP_PLATFORMS, PAGES } from '../society.ts';
import type { Climate, Platform } from './climate.ts';

export type Kind = Post['kind'];

/** A page that reports. */
export interface Outlet {
  platform: Platform;
  channel: Channel;
  /** None where it is read in the whole country. */
  region: Region | undefined;
}

/** Part of the followers of an account, or of the members of a page, that a post is shown to; as in `pipelines/reach-rates.csv`. */
const ACCOUNT: Readonly<Partial<Record<Platform, number>>> = { instagram: 0.3, x: 0.055, threads: 0.05 };
const PAGE: Readonly<Partial<Record<Platform, number>>> = {
  ...{ instagram: 0.035, facebook: 0.0165, telegram: 0.25, x: 0.055, threads: 0.05, news: 0.002 },
};
const GROUP = 0.3;
const COMMENT = 0.01;
const ELSEWHERE = 0.1;

/** Where somebody writes. */
export function placeOf(platform: Platform, region: Region, random: Random): Channel | undefined {
  const isGroup = GROUP_PLATFORMS.includes(platform);
  if (random.chance(isGroup ? 0.25 : 0.7)) return undefined;
  const shard = random.between(1, 6);
  const kind = isGroup ? 'group' : 'page';
  const channel: Channel = {
    id: `${kind}-${platform}-${region.code.slice(3)}-${shard}`,
    kind: platform === 'telegram' && shard > 4 ? 'channel' : kind,
    members: 150 * shard ** 2 + 11 * Number(region.code.slice(3)),
  };
  if (shard % 3 !== 0) channel.region = region.code;
  return channel;
}

/** The outlets of a society: invented names, of the country or of a region. */
export function foundOutlets(regions: readonly Region[], random: Random): Outlet[] {
  const platforms = ['news', 'telegram', 'instagram', 'facebook', 'youtube'] as const;
  return Array.from({ length: 30 }, (_, i) => {
    const region = i < 8 ? undefined : random.pick(regions);
    const platform = random.pick(platforms);
    const members = Math.round(random.logNormal(region === undefined ? 90_000 : 18_000, 0.9));
    const name = PAGES[i % PAGES.length] ?? '';
    const channel: Channel = { id: `media-${i}`, name, kind: 'media', members };
    if (region !== undefined) channel.region = region.code;
    return { platform, channel, region };
  });
}

/** Who could see a post at all: followers, or the members of the place. */
export function circleOf(kind: Kind, followers: number, channel: Channel | undefined): number {
  if (channel?.members !== undefined) return channel.members;
  return kind === 'comment' ? 300 : followers;
}

/** How many persons a post is shown to. */
export function exposedTo(
  platform: Platform,
  kind: Kind,
  followers: number,
  channel: Channel | undefined,
  { showing }: Climate,
  random: Random,
): number {
  const circle = circleOf(kind, followers, channel);
  const usual =
    kind === 'comment'
      ? COMMENT
      : channel === undefined
        ? (ACCOUNT[platform] ?? ELSEWHERE)
        : channel.kind === 'group' || kind === 'message'
          ? GROUP
          : (PAGE[platform] ?? ELSEWHERE);
  const persons = circle * usual * showing[platform] * random.logNormal(1, 0.4);
  return Math.max(1, Math.round(Math.min(circle * 0.95, persons)));
}

/** What the platform tells of a post seen by so many persons: views with repetitions, and what some of them left. */
export function metricsOf(
  exposed: number,
  platform: Platform,
  kind: Kind,
  { repeatViews }: Climate,
  random: Random,
): Post['metrics'] {
  if (platform === 'whatsapp' || random.chance(0.12)) return undefined;
  const likes = Math.min(exposed, Math.round(exposed * random.logNormal(0.03, 0.8)));
  if (kind === 'comment') return { likes };
  const left = {
    likes,
    comments: Math.round(likes * random.next() * 0.4),
    shares: Math.round(likes * random.next() * 0.2),
  };
  if (platform === 'facebook' || platform === 'vk' || random.chance(0.15)) return left;
  return { views: Math.round(exposed * repeatViews * random.uniform(0.95, 1.05)), ...left };
}
