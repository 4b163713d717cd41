import type { Appeal } from '../post/appeal.ts';
import { type Post, postKey } from '../post/post.ts';
import { Random } from '../random.ts';
import { fileAppeals } from './appeals.ts';
import { draftCampaign } from './campaign.ts';
import { draftChatter, draftNews, draftShortComments, draftThanks } from './chatter.ts';
import type { Draft, Setting } from './draft.ts';
import {
  draftBackground,
  draftEmergency,
  draftEmerging,
  draftOwnWordsOnTrees,
  draftSilent,
  draftSystemic,
} from './grievances.ts';
import { DAY_MS, timestampOf } from './period.ts';
import { type Arrival, arrivalOf, idsOf, observeAgain, publish } from './publish.ts';
import { foundSociety } from './society.ts';
import { plots } from './stories.ts';
import { type PostTruth, type StoryTruth, tellStories } from './truth.ts';
import { Wordings } from './wordings.ts';

export interface SampleSettings {
  seed: number;
  /** The last of the three days, UTC, such as `2026-03-01`; the stories all show on it. */
  day: string;
  /** About how many post records, repeated observations included; at least 200. */
  posts: number;
  /** About how many appeals. */
  appeals: number;
}

export interface Sample {
  /** In the order they arrive: late, disordered, some twice. */
  posts: Post[];
  /** In order of receipt. */
  appeals: Appeal[];
  truth: {
    /** The span of the posts, `to` exclusive. */
    from: string;
    to: string;
    stories: StoryTruth[];
    /** By `platform:id`. */
    posts: Map<string, PostTruth>;
  };
}

/** What each kind of post takes of a sample. */
const SHARES = {
  systemic: 0.165,
  copies: 0.16,
  ownWordsOnTrees: 0.01,
  emerging: 0.09,
  background: 0.26,
  thanks: 0.03,
  chatter: 0.16,
  shortComments: 0.075,
  news: 0.025,
  seenAgain: 0.025,
  redelivered: 0.008,
} as const;

/**
 * A small society and what it says in three days: a problem many have, a campaign, a silent problem, one that has just
 * begun, an emergency, and all the rest; with what is true of it. The same settings give the same sample.
 *
 * @example
 * const { posts, appeals, truth } = generateSample({ seed: 1, day: '2026-03-01', posts: 2500, appeals: 500 });
 * @throws RangeError where `day` is no date or `posts` is below 200
 */
export function generateSample({ seed, day, posts, appeals }: SampleSettings): Sample {
  const toMs = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
  if (Number.isNaN(toMs)) throw new RangeError(`"${day}" is no date such as 2026-03-01`);
  if (!(posts >= 200)) throw new RangeError('the stories need at least 200 posts');
  const span = { fromMs: toMs - 3 * DAY_MS, toMs };
  const random = new Random(seed);
  const setting: Setting = { random: random.fork('posts'), society: foundSociety(), wordings: new Wordings(), span };

  const truth = new Map<string, PostTruth>();
  const drafts = draftAll(posts, setting);
  const ids = idsOf(drafts);
  const arrivals = drafts.map((draft): Arrival => {
    const post = publish(draft, ids, setting.society, setting.random);
    truth.set(postKey(post), truthOf(draft));
    return { post, atMs: arrivalOf(draft, setting.random) };
  });
  const records = [...arrivals, ...repeat(posts, arrivals, setting.random)].sort((a, b) => a.atMs - b.atMs);
  const filed = fileAppeals(appeals, toMs, random.fork('appeals'));

  return {
    posts: records.map(({ post }) => post),
    appeals: filed,
    truth: {
      from: timestampOf(span.fromMs),
      to: timestampOf(toMs),
      stories: tellStories(Object.values(plots), arrivals, truth),
      posts: truth,
    },
  };
}

function draftAll(posts: number, setting: Setting): Draft[] {
  const count = (share: keyof typeof SHARES) => Math.round(posts * SHARES[share]);
  const fork = (part: string): Setting => ({ ...setting, random: setting.random.fork(part) });
  return [
    ...draftSystemic(count('systemic'), fork('systemic')),
    ...draftCampaign(count('copies'), fork('campaign')),
    ...draftOwnWordsOnTrees(count('ownWordsOnTrees'), fork('trees')),
    ...draftSilent(fork('silent')),
    ...draftEmerging(count('emerging'), fork('emerging')),
    ...draftEmergency(fork('emergency')),
    ...draftBackground(count('background'), fork('background')),
    ...draftThanks(count('thanks'), fork('thanks')),
    ...draftChatter(count('chatter'), fork('chatter')),
    ...draftShortComments(count('shortComments'), fork('comments')),
    ...draftNews(count('news'), fork('news')),
  ];
}

/** Posts seen again with more views, and records delivered twice. */
function repeat(posts: number, arrivals: readonly Arrival[], random: Random): Arrival[] {
  const seenAgain = Array.from({ length: Math.round(posts * SHARES.seenAgain) }, () =>
    observeAgain(random.pick(arrivals), random),
  );
  const redelivered = Array.from({ length: Math.round(posts * SHARES.redelivered) }, () => {
    const { post, atMs } = random.pick(arrivals);
    return { post, atMs: atMs + random.between(1, 7_200) * 1000 };
  });
  return [...seenAgain, ...redelivered];
}

function truthOf({ story, tongue, copyOf }: Draft): PostTruth {
  return copyOf === undefined ? { story, tongue } : { story, tongue, copyOf };
}
