import type { CopyAssignment, CopyIndex } from './copies/copies.ts';
import type { Language, LanguageDetector } from './language/language.ts';
import type { MentionFinder, Mentions } from './mentions/mentions.ts';
import { type Post, postKey } from './post/post.ts';
import { TextBatch } from './post/text-batch.ts';
import type { Estimate, ReachEstimator } from './reach/reach.ts';

/** The rooms a post walks through. */
export interface Rooms {
  language: LanguageDetector;
  mentions: MentionFinder;
  copies: CopyIndex;
  reach: ReachEstimator;
}

/** A post with all that was found of it. */
export interface EnrichedPost {
  post: Post;
  language: Language;
  mentions: Mentions;
  copies: CopyAssignment;
  reach: Estimate;
}

/** Posts that walk through the rooms together: so many that what they are made of stays in the processor's cache. */
export const TOGETHER = 512;

/** Makes the function that enriches posts in order: language → mentions → copies → reach, on one normalised buffer. */
export function createEnricher(rooms: Rooms): (posts: readonly Post[]) => EnrichedPost[] {
  const batch = new TextBatch();
  return (posts) => {
    const enriched: EnrichedPost[] = [];
    for (let from = 0; from < posts.length; from += TOGETHER) {
      const some = posts.slice(from, from + TOGETHER);
      const texts = some.map((post) => post.text);
      batch.fill(texts);
      const languages = rooms.language.detect(batch, texts);
      const mentions = rooms.mentions.find(batch, some);
      const copies = rooms.copies.assign(batch, some.map(toCandidate));
      addTo(enriched, some, languages, mentions, copies, rooms.reach);
    }
    return enriched;
  };
}

function toCandidate(post: Post) {
  const candidate = { key: postKey(post), publishedAtMs: Date.parse(post.publishedAt) };
  return post.repostOf === undefined ? candidate : { ...candidate, repostOf: `${post.platform}:${post.repostOf}` };
}

function addTo(
  enriched: EnrichedPost[],
  posts: readonly Post[],
  languages: readonly Language[],
  mentions: readonly Mentions[],
  copies: readonly CopyAssignment[],
  reach: ReachEstimator,
): void {
  for (const [i, post] of posts.entries()) {
    const language = languages[i];
    const mention = mentions[i];
    const copy = copies[i];
    if (language === undefined || mention === undefined || copy === undefined) {
      throw new RangeError(`a room answered for fewer than ${posts.length} posts`);
    }
    enriched.push({ post, language, mentions: mention, copies: copy, reach: reach(post) });
  }
}

/** The contract's form of an enriched post, which `salmaq enrich` prints. */
export function toContract({ post, language, mentions, copies, reach }: EnrichedPost) {
  return {
    platform: post.platform,
    id: post.id,
    language,
    agencies: mentions.agencies,
    themes: mentions.themes,
    region: mentions.region,
    ...(mentions.stance === undefined ? {} : { stance: mentions.stance }),
    cluster: { id: copies.cluster, copy: copies.copy },
    reach,
  };
}
