import { betaCdf } from './beta.ts';
import type { CellEvidence } from './evidence.ts';
import type { WeighSettings } from './settings.ts';

export interface Amplification {
  /** Probability that most of the posts are copies or coordinated. */
  probability: number;
  /** Share of the posts that repeat an earlier one. */
  copyShare: number;
  /** Share of the posts that belong to a coordinated statement. */
  coordinatedShare: number;
}

/**
 * P(amplified share > ½) under a beta–binomial model: each post either is amplified (a copy, or the first of a coordinated statement)
 * or stands for itself; the sample is capped, since posts of a cell depend on each other.
 */
export function amplificationOf(
  { posts, statements, coordinated }: Pick<CellEvidence, 'posts' | 'statements' | 'coordinated'>,
  { prior, largestSample }: WeighSettings['amplification'],
): Amplification {
  if (posts === 0) return { probability: 0, copyShare: 0, coordinatedShare: 0 };
  const amplified = Math.min(posts, posts - statements + coordinated.statements);
  const scale = Math.min(1, largestSample / posts);
  return {
    probability: 1 - betaCdf(0.5, prior.amplified + scale * amplified, prior.own + scale * (posts - amplified)),
    copyShare: (posts - statements) / posts,
    coordinatedShare: coordinated.posts / posts,
  };
}
