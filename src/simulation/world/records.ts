import type { Post } from '../../post/post.ts';
import { Random } from '../../random.ts';
import { timestampOf } from '../period.ts';
import type { Climate } from './climate.ts';
import { metricsOf } from './exposure.ts';
import type { Utterance } from './utterance.ts';
import { word } from './wording.ts';

const HOUR_MS = 3_600_000;

/** A record of an utterance as it reaches Salmaq. */
export interface Arrival {
  said: Utterance;
  atMs: number;
  /** Part of its audience that had seen it by then. */
  grown: number;
}

/** All records in the order they arrive: `count` of them, some seen again with newer metrics, some delivered twice. */
export function arrivalsOf(said: readonly Utterance[], count: number, climate: Climate, random: Random): Arrival[] {
  const first = said.map((one): Arrival => ({ said: one, atMs: one.atMs + delay(climate, random), grown: 1 }));
  const again: Arrival[] = [];
  const repeats = said.length === 0 ? 0 : count - said.length;
  const seenAgain = climate.seenAgainShare / (climate.seenAgainShare + climate.redeliveredShare);
  for (let i = 0; i < repeats; i++) {
    const arrival = random.pick(first);
    if (random.chance(seenAgain)) {
      again.push({ ...arrival, grown: 1, atMs: arrival.atMs + random.between(HOUR_MS, 20 * HOUR_MS) });
      arrival.grown = random.uniform(0.15, 0.7);
    } else {
      again.push({ ...arrival, atMs: arrival.atMs + random.between(1_000, 2 * HOUR_MS) });
    }
  }
  return [...first, ...again].sort((a, b) => a.atMs - b.atMs);
}

/** Mostly at once, some hours late, a few more than a day late. */
function delay({ lateShare }: Climate, random: Random): number {
  if (!random.chance(lateShare)) return random.between(2_000, 120_000);
  return random.chance(0.8) ? random.between(300_000, 2 * HOUR_MS) : random.between(6 * HOUR_MS, 30 * HOUR_MS);
}

/** The record: what the platform tells of it. */
export function toPost(
  { said, grown }: Arrival,
  idOf: ReadonlyMap<Utterance, string>,
  climate: Climate,
  clean: boolean,
): Post {
  const { person, platform, kind, channel, about } = said;
  const random = new Random(said.seed ^ 0x5bd1e995);
  const id = idOf.get(said) ?? '';
  const author: Post['author'] = { id: person.id, followers: person.followers };
  if (person.createdAt !== undefined) author.createdAt = person.createdAt;
  if (person.verified) author.verified = true;
  if (person.statesRegion) author.region = person.region.code;
  if (person.settlement !== undefined) author.settlement = person.settlement;
  const post: Post = {
    id,
    platform,
    kind,
    text: word(said, climate, clean),
    publishedAt: timestampOf(said.atMs),
    author,
  };
  if (kind === 'post' && random.chance(0.1)) post.url = `https://${platform}.example/${id}`;
  if (channel !== undefined) post.channel = { ...channel };
  const metrics = metricsOf(said.exposed, platform, kind, climate, random);
  if (metrics !== undefined) post.metrics = grow(metrics, grown);
  if (about !== undefined && about.platform === platform) {
    const original = idOf.get(about);
    if (original !== undefined && kind === 'repost') post.repostOf = original;
    if (original !== undefined && kind === 'comment') post.inReplyTo = original;
  }
  if (random.chance(0.03)) post.region = person.region.code;
  return post;
}

function grow(metrics: NonNullable<Post['metrics']>, part: number): NonNullable<Post['metrics']> {
  return Object.fromEntries(Object.entries(metrics).map(([name, count = 0]) => [name, Math.round(count * part)]));
}
