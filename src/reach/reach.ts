import type { Post } from '../post/post.ts';

/** Persons, as an interval with a middle. */
export interface Estimate {
  low: number;
  mid: number;
  high: number;
}

/** The parts of a post that tell how many saw it. */
export type SeenPost = Pick<Post, 'platform' | 'kind' | 'author' | 'channel' | 'metrics'>;

/** Estimates the audience of one post. Pure. */
export type ReachEstimator = (post: SeenPost) => Estimate;
