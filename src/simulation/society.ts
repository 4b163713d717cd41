import type { Post } from '../post/post.ts';
import type { Random } from '../random.ts';
import { type Region, regionOf, regions } from './regions.ts';
import { drawHabits, type Habits } from './spelling.ts';
import type { Tongue } from './texts/voice.ts';

type Platform = Post['platform'];
export type Channel = NonNullable<Post['channel']>;

/** Someone who writes. What the feed is told of them is less: `statesRegion` says whether the region is on the profile. */
export interface Person {
  id: string;
  platform: Platform;
  tongue: Tongue;
  region: Region;
  statesRegion: boolean;
  settlement: 'urban' | 'rural' | undefined;
  followers: number;
  createdAt: string | undefined;
  verified: boolean;
  habits: Habits;
}

export interface Society {
  /** A new person of a region; of anywhere, by population, when none is given. */
  recruit(random: Random, regionCode?: string): Person;
  /** A place on the person's platform where they write about their region, or none: their own page. */
  placeOf(person: Person, random: Random): Channel | undefined;
  /** A page that reports, on its own platform. */
  newsroom(random: Random, region: Region): { platform: Platform; channel: Channel };
}

export const PLATFORM_SHARES: readonly (readonly [Platform, number])[] = [
  ['instagram', 24],
  ['telegram', 18],
  ['facebook', 12],
  ['tiktok', 12],
  ['youtube', 7],
  ['whatsapp', 7],
  ['vk', 6],
  ['threads', 6],
  ['x', 3],
  ['ok', 2],
  ['news', 2],
  ['other', 1],
];

/** The share of authors whose profile names no region. */
export const REGION_UNKNOWN = 0.45;

export const GROUP_PLATFORMS: readonly Platform[] = ['telegram', 'whatsapp', 'facebook', 'vk', 'ok'];

/** Pages by invented names; none is a real medium. */
export const PAGES = [
  'Қала тынысы',
  'Наш двор',
  'Аймақ айнасы',
  'Лента соседей',
  'Ауыл үні',
  'Городской блокнот',
  'Көрші сөзі',
  'Пульс улицы',
];

/** Founds a society whose people exist once they are recruited. Ids are drawn without meaning and never repeat. */
export function foundSociety(): Society {
  let born = 0;
  const shares = regions.map((region) => [region, region.thousands] as const);

  return {
    recruit(random, regionCode) {
      const region = regionCode === undefined ? random.weighted(shares) : regionOf(regionCode);
      const platform = random.weighted(PLATFORM_SHARES);
      const tongue: Tongue = random.chance(0.12) ? 'mixed' : random.chance(region.kazakh) ? 'kk' : 'ru';
      const isCity = region.code >= 'KZ-71';
      born++;
      return {
        id: `u${scatter(born)}`,
        platform,
        tongue,
        region,
        statesRegion: !random.chance(REGION_UNKNOWN),
        settlement: random.chance(0.3) ? (isCity || random.chance(0.5) ? 'urban' : 'rural') : undefined,
        followers: Math.min(900_000, Math.round(random.logNormal(140, 1.5))),
        createdAt: random.chance(0.12) ? dayBefore('2026-01-01', random.between(100, 4000)) : undefined,
        verified: random.chance(0.004),
        habits: drawHabits(random),
      };
    },
    placeOf(person, random) {
      const isGroup = GROUP_PLATFORMS.includes(person.platform);
      if (!isGroup && random.chance(0.6)) return undefined;
      const shard = random.between(1, 3);
      const kind = isGroup ? 'group' : 'page';
      const channel: Channel = {
        id: `${kind}-${person.region.code.slice(3)}-${shard}`,
        kind: person.platform === 'telegram' && shard === 3 ? 'channel' : kind,
        members: 300 * shard * shard + 17 * Number(person.region.code.slice(3)),
      };
      if (shard !== 1) channel.region = person.region.code;
      return channel;
    },
    newsroom(random, region) {
      const isAgency = random.chance(0.25);
      const at = random.between(0, PAGES.length - 1);
      const channel: Channel = {
        id: isAgency ? `official-${region.code.slice(3)}` : `media-${at}`,
        name: isAgency ? `Ресми хабар ${region.code}` : (PAGES[at] ?? ''),
        kind: isAgency ? 'agency' : 'media',
        members: isAgency ? 8_400 : 21_000 + 9_700 * at,
      };
      if (isAgency) channel.region = region.code;
      return { platform: random.pick(['news', 'telegram', 'instagram', 'facebook']), channel };
    },
  };
}

/** How much each of `count` people writes: by rank, heavy-tailed. `steepness` 0 is alike, 1 is Zipf. */
export function writingWeights<T>(people: readonly T[], steepness: number): (readonly [T, number])[] {
  return people.map((person, rank) => [person, (rank + 1) ** -steepness] as const);
}

/** A number without order for the `i`-th of something, 0 < i < 999,983: one to one, as that is a prime. */
export function scatter(i: number): number {
  return (i * 48_271) % 999_983;
}

/** Midnight, `days` before a date, in the contract's form. */
export function dayBefore(date: string, days: number): string {
  return new Date(Date.parse(date) - days * 86_400_000).toISOString().replace('.000Z', 'Z');
}
