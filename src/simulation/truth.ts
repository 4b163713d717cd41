import { postKey } from '../post/post.ts';
import type { VerdictLabel } from '../weigh/signal.ts';
import type { Arrival } from './publish.ts';
import type { Cell, Story, StoryPlot } from './stories.ts';
import type { Tongue } from './texts/voice.ts';

/** What is true of one post. */
export interface PostTruth {
  story: Story;
  /** `none` where there is nothing to tell a language from. */
  tongue: Tongue | 'none';
  /** The campaign text it copies. */
  copyOf?: string;
}

/** A story, the cell that holds it, and the verdict that a judge who knew everything would give. */
export interface StoryTruth {
  story: VerdictLabel;
  cell: Cell;
  /** Distinct posts, whether or not their text names the agency. */
  posts: number;
  authors: number;
  /** Of the posts, those that copy a campaign's text. */
  copies: number;
}

/** Counts each plot's posts from what was published. */
export function tellStories(
  plots: readonly StoryPlot[],
  arrivals: readonly Arrival[],
  truth: ReadonlyMap<string, PostTruth>,
): StoryTruth[] {
  return plots.map(({ story, cell }) => {
    const own = arrivals.filter(({ post }) => truth.get(postKey(post))?.story === story);
    return {
      story,
      cell,
      posts: own.length,
      authors: new Set(own.map(({ post }) => `${post.platform}:${post.author.id}`)).size,
      copies: own.filter(({ post }) => truth.get(postKey(post))?.copyOf !== undefined).length,
    };
  });
}
