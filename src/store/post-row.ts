import type { EnrichedPost } from '../enrich.ts';
import type { AuthorHash } from '../post/author-key.ts';
import { linksOf } from '../post/links.ts';
import { type SourceRecord, versionOf } from '../post/source-record.ts';
import type { PostRow } from './rows.ts';

/** What a worker adds to the rows it writes. */
export interface RowStamp {
  worker: string;
  ingestedAtMs: number;
}

/** The row of table `posts` that holds an enriched post. */
export function toPostRow(enriched: EnrichedPost, record: SourceRecord, hash: AuthorHash, stamp: RowStamp): PostRow {
  const { post, language, mentions, copies, reach } = enriched;
  const { author, channel, metrics } = post;
  return {
    platform: post.platform,
    id: post.id,
    kind: post.kind,
    published_at: copies.publishedAtMs,
    observed_at: record.observedAtMs,
    version: versionOf(record),
    ingested_at: stamp.ingestedAtMs,
    worker: stamp.worker,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    text: post.text,
    // On X, TikTok and others the address of a post names its author, and no figure needs it.
    url: '',
    author: hash(post.platform, author.id),
    author_followers: author.followers ?? null,
    author_created_at: author.createdAt === undefined ? null : Date.parse(author.createdAt),
    author_verified: author.verified ?? null,
    author_region: author.region ?? '',
    author_settlement: author.settlement ?? '',
    channel: channel === undefined ? 0n : hash(post.platform, channel.id),
    channel_kind: channel?.kind ?? '',
    channel_members: channel?.members ?? null,
    channel_region: channel?.region ?? '',
    views: metrics?.views ?? null,
    likes: metrics?.likes ?? null,
    comments: metrics?.comments ?? null,
    shares: metrics?.shares ?? null,
    repost_of: post.repostOf ?? '',
    in_reply_to: post.inReplyTo ?? '',
    language: language.label,
    language_confidence: language.confidence,
    language_other: language.other ?? '',
    script: language.script,
    agencies: mentions.agencies,
    themes: mentions.themes,
    region: mentions.region?.code ?? '',
    region_source: mentions.region?.source ?? '',
    stance: mentions.stance ?? '',
    cluster: copies.cluster,
    copy: copies.copy,
    fingerprint: copies.fingerprint,
    reach_low: reach.low,
    reach_mid: reach.mid,
    reach_high: reach.high,
    links: linksOf(post.text).map((link) => hash('link', link)),
  };
}
