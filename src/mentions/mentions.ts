import type { Post } from '../post/post.ts';
import type { TextBatch } from '../post/text-batch.ts';

export type RegionSource = 'text' | 'geotag' | 'channel' | 'author';

/** What a post is about. */
export interface Mentions {
  /** Ids of `agencies.csv`, each once, in the order of the text. */
  agencies: readonly string[];
  /** Ids of `themes.csv`, at most three, best first. */
  themes: readonly string[];
  /** The region the post is about, or null where nothing tells. */
  region: { code: string; source: RegionSource } | null;
  /** `thanks` where the text plainly thanks the body. */
  stance?: 'thanks';
}

/** Why a mention was found or refused; what `salmaq enrich --explain` prints. */
export interface MentionTrace {
  kind: 'agency' | 'theme' | 'place';
  /** The row of the list. */
  id: string;
  /** UTF-16 indices of the original text. */
  from: number;
  to: number;
  /** The characters that matched. */
  matched: string;
  /** The name, alias or stem of the row. */
  pattern: string;
  /** The rule that kept, resolved or refused it. */
  rule: string;
  kept: boolean;
}

/** The parts of a post that say where it belongs. */
export type PlacedPost = Pick<Post, 'text' | 'region' | 'channel' | 'author'>;

/** Finds agencies, themes and region in every text of a batch, in order. Pure and synchronous. */
export interface MentionFinder {
  find(batch: TextBatch, posts: readonly PlacedPost[]): Mentions[];
  /** The same for text `i` of the batch, with its trace. */
  explain(batch: TextBatch, i: number, post: PlacedPost): { mentions: Mentions; trace: MentionTrace[] };
  /** The id of the body that a name or alias in kk, ru or en stands for, given the region of an appeal; or null. */
  resolveAgency(name: string, region?: string): string | null;
  hasAgency(id: string): boolean;
  /** The region a body belongs to by its row, as an ISO code; null for a national body. */
  regionOf(agencyId: string): string | null;
  hasTheme(id: string): boolean;
}
