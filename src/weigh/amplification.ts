import { betaCdf } from './beta.ts';
import type { CellEvidence, TraitEvidence } from './evidence.ts';
import type { WeighSettings } from './settings.ts';
import { type Histogram, items, sum } from './voices.ts';

export interface Amplification {
  /** Probability that most of the posts are copies or coordinated. */
  probability: number;
  /** Share of the posts that repeat an earlier one. */
  copyShare: number;
  /** Share of the posts that belong to a coordinated statement, or to accounts that appear together, or share together, where chance would not bring them. */
  coordinatedShare: number;
}

/**
 * P(amplified share > ½) under a beta–binomial model: each post either is amplified or stands for itself; the sample is capped,
 * since posts of a cell depend on each other. Amplified are copies that persons pasted, with the first of a coordinated statement, and of
 * what is left of persons' posts the share that comes from accounts in few hands. Those leave signs: accounts that appear together on
 * matters of different regions, posts by which accounts share the same things at the same time again and again, more young accounts than usual, more accounts without followers than usual, many accounts that insist while statements
 * come in bursts. Each sign shows a part of them, so that 1 − Π(1 − signᵢ) is taken. Reposts, and copies of what outlets
 * published, are what people do with news: they count only as far as there are such signs, and for `repostWeight` of a post.
 */
export function amplificationOf(
  {
    posts,
    statements,
    coordinated,
    concert,
    voices,
  }: Pick<CellEvidence, 'posts' | 'statements' | 'coordinated' | 'concert' | 'voices'>,
  settings: WeighSettings['amplification'],
): Amplification {
  const { prior, largestSample, repostWeight } = settings;
  if (posts === 0) return { probability: 0, copyShare: 0, coordinatedShare: 0 };
  const copies = posts - statements;
  const pasted = Math.min(copies, concert.pasted);
  const echo = copies - pasted;
  const inFewHands = inFewHandsOf({ concert, voices }, settings);
  const repeated = pasted + Math.min(statements, coordinated.statements);
  const concerted = inFewHands * Math.max(0, Math.min(concert.persons, posts - echo) - repeated);
  const amplified = repeated + concerted + repostWeight * inFewHands * echo;
  const own = posts - echo - repeated - concerted;
  const scale = Math.min(1, largestSample / (amplified + own));
  return {
    probability: 1 - betaCdf(0.5, prior.amplified + scale * amplified, prior.own + scale * own),
    copyShare: copies / posts,
    coordinatedShare: Math.max(coordinated.posts, concert.pooled, concert.coShared) / posts,
  };
}

/** What the signs show of persons' posts to come from accounts in few hands. */
function inFewHandsOf(
  { concert, voices }: Pick<CellEvidence, 'concert' | 'voices'>,
  { young, small, insistent, accounts }: WeighSettings['amplification'],
): number {
  const signs = [
    concert.persons === 0 ? 0 : concert.pooled / concert.persons,
    concert.persons === 0 ? 0 : concert.coShared / concert.persons,
    excessOf(concert.young, young, accounts),
    excessOf(concert.small, small, accounts),
    burstiness(concert.hours) * excessOf(insistentOf(voices, insistent), insistent, accounts),
  ];
  return 1 - signs.reduce((left, sign) => left * (1 - sign), 1);
}

/** What part of the voices speaks for itself: no first of a coordinated statement, and not in few hands. 1 where there are no voices. */
export function independentShare(
  evidence: Pick<CellEvidence, 'coordinated' | 'concert' | 'voices'>,
  settings: WeighSettings['amplification'],
): number {
  const voices = items(evidence.voices);
  if (voices === 0) return 1;
  const led = Math.min(1, evidence.coordinated.statements / voices);
  return (1 - led) * (1 - inFewHandsOf(evidence, settings));
}

/**
 * The share of posts that accounts with a trait are in excess of the usual: (share − usual) / (1 − usual), weighted, and pulled to 0
 * the fewer such accounts there are; 0 below `least` accounts, so that no single account speaks for a cell.
 */
function excessOf(
  { known, posts, accounts, usual }: TraitEvidence,
  { prior, weight }: { prior: number; weight: number },
  least: number,
): number {
  if (accounts < least || usual >= 1) return 0;
  const excess = (posts / known - usual) / (1 - usual);
  return (weight * Math.max(0, excess) * accounts) / (accounts + prior);
}

/** Statements of those who make many in the cell. */
function insistentOf(voices: Histogram, { statements, usual }: { statements: number; usual: number }): TraitEvidence {
  const many = voices.filter(([said]) => said >= statements);
  return { known: sum(voices), posts: sum(many), accounts: items(many), usual };
}

/** 0: posts come in as many hours as with the usual rhythm; towards 1: all at once. */
function burstiness({ seen, expected }: CellEvidence['concert']['hours']): number {
  return expected === 0 ? 0 : Math.max(0, 1 - seen / expected);
}
