import type { Post } from '../post/post.ts';
import type { Random } from '../random.ts';
import type { Draft } from './draft.ts';
import { timestampOf } from './period.ts';
import { type Society, scatter } from './society.ts';

const HOUR_MS = 3_600_000;

/** Where each platform's people mostly write: the share of comments. */
export const COMMENT_SHARES: Readonly<Record<Post['platform'], number>> = {
  ...{ instagram: 0.5, facebook: 0.5, tiktok: 0.75, vk: 0.5, ok: 0.4, telegram: 0.5, whatsapp: 0 },
  ...{ youtube: 0.95, x: 0.35, threads: 0.4, news: 1, other: 0.5 },
};

/** A record as it reaches the broker: what was observed, and when. */
export interface Arrival {
  post: Post;
  atMs: number;
}

/** The ids of drafts: without order or meaning, unique within the sample. */
export function idsOf(drafts: readonly Draft[]): Map<Draft, string> {
  return new Map(drafts.map((draft, i) => [draft, String(1_000_000 + scatter(i + 1))]));
}

/** Gives a draft its id, place and metrics. */
export function publish(draft: Draft, ids: ReadonlyMap<Draft, string>, society: Society, random: Random): Post {
  const { person } = draft;
  const platform = draft.platform ?? person.platform;
  const kind = draft.kind ?? kindOn(platform, random);
  const channel = draft.channel ?? society.placeOf({ ...person, platform }, random);
  const post: Post = {
    id: ids.get(draft) ?? '',
    platform,
    kind,
    text: decorate(draft, random),
    publishedAt: timestampOf(draft.atMs),
    author: authorOf(draft),
  };
  if (kind === 'post' && random.chance(0.1)) post.url = `https://${platform}.example/${post.id}`;
  if (channel !== undefined) post.channel = { ...channel };
  const metrics = metricsOf(draft, kind, random);
  if (metrics !== undefined) post.metrics = metrics;
  if (kind === 'comment' && random.chance(0.2))
    post.inReplyTo = String(1_000_000 + scatter(random.between(1, 900_000)));
  const original = draft.repostOf && ids.get(draft.repostOf);
  if (original !== undefined) post.repostOf = original;
  if (random.chance(0.03)) post.region = person.region.code;
  return post;
}

/** When the record of a post arrives: mostly at once, some hours late, a few more than a day late. */
export function arrivalOf(draft: Draft, random: Random): number {
  const delayMs = random.weighted<readonly [number, number]>([
    [[2_000, 120_000], 0.88],
    [[300_000, 2 * HOUR_MS], 0.1],
    [[6 * HOUR_MS, 30 * HOUR_MS], 0.02],
  ]);
  return draft.atMs + random.between(delayMs[0], delayMs[1]);
}

/** The same post seen again hours later: only its metrics have grown. */
export function observeAgain({ post, atMs }: Arrival, random: Random): Arrival {
  const growth = 1.3 + random.next() * 3;
  const grow = (count: number | undefined, least: number) => Math.round((count ?? 0) * growth) + least;
  const later: Post = {
    ...post,
    metrics: {
      views: grow(post.metrics?.views, 40),
      likes: grow(post.metrics?.likes, 2),
      comments: grow(post.metrics?.comments, 1),
      shares: grow(post.metrics?.shares, 0),
    },
  };
  return { post: later, atMs: atMs + random.between(HOUR_MS, 20 * HOUR_MS) };
}

function kindOn(platform: Post['platform'], random: Random): Post['kind'] {
  if (platform === 'whatsapp') return 'message';
  if (random.chance(COMMENT_SHARES[platform])) return 'comment';
  return platform === 'telegram' && random.chance(0.6) ? 'message' : 'post';
}

function decorate({ text, hashtags = [] }: Draft, random: Random): string {
  let decorated = text;
  if (hashtags.length > 0 && random.chance(0.12)) decorated += ` ${random.pick(hashtags)}`;
  if (text.length > 40 && random.chance(0.03)) decorated += ` https://vesti.example/${random.between(1000, 9999)}`;
  return decorated;
}

function authorOf({ person }: Draft): Post['author'] {
  const author: Post['author'] = { id: person.id, followers: person.followers };
  if (person.createdAt !== undefined) author.createdAt = person.createdAt;
  if (person.verified) author.verified = true;
  if (person.statesRegion) author.region = person.region.code;
  if (person.settlement !== undefined) author.settlement = person.settlement;
  return author;
}

function metricsOf({ person }: Draft, kind: Post['kind'], random: Random): Post['metrics'] {
  if (kind === 'message' || random.chance(0.15)) return undefined;
  const audience = kind === 'comment' ? 60 : 20 + person.followers;
  const views = Math.round(random.logNormal(audience * 0.3, 0.9));
  const likes = Math.round(views * random.next() * 0.08);
  if (kind === 'comment') return { likes };
  return {
    views,
    likes,
    comments: Math.round(likes * random.next() * 0.4),
    shares: Math.round(likes * random.next() * 0.2),
  };
}
