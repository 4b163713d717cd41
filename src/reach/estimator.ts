import { SalmaqError } from '../errors.ts';
import { PLATFORMS } from '../post/post.ts';
import { REACH_VIA, type ReachRate, type ReachVia } from './rates.ts';
import type { Estimate, ReachEstimator, SeenPost } from './reach.ts';

/**
 * Estimates how many persons saw a post: `views` × the share that is not repeated, else members of the channel or
 * followers of the author × the organic rate of the platform, kind of source and size. Likes are a floor, since each is
 * a person who saw it. Whole persons, `low ≤ mid ≤ high`.
 *
 * @param rates rows of `reach-rates.csv`; a row of the platform goes before one of `*`, the last size band is open.
 * @throws SalmaqError `SLM_LIST` when a platform and source are covered by no row.
 *
 * @example
 * const reach = createReachEstimator(rates);
 * reach({ platform: 'x', kind: 'post', author: { id: '1', followers: 1000 } }); // { low: 20, mid: 55, high: 120 }
 */
export function createReachEstimator(rates: readonly ReachRate[]): ReachEstimator {
  const table = new Map(PLATFORMS.map((platform) => [platform, bandsOf(rates, platform)]));
  return (post) => {
    const bands = table.get(post.platform);
    const { via, size } = audienceOf(post);
    const choice = bands?.[via];
    if (choice === undefined) return { low: 0, mid: 0, high: 0 };
    const persons = size ?? choice.typicalSize;
    const rate = rateFor(choice.rates, persons);
    const floor = post.metrics?.likes ?? 0;
    const low = Math.max(floor, Math.round(persons * rate.low));
    const mid = Math.max(low, Math.round(persons * rate.mid));
    return { low, mid, high: Math.max(mid, Math.round(persons * rate.high)) };
  };
}

/** What stands for the audience: the source of the figure, and its size where the platform gives one. */
function audienceOf(post: SeenPost): { via: ReachVia; size: number | undefined } {
  const { author, channel, metrics } = post;
  if (metrics?.views !== undefined) return { via: 'views', size: metrics.views };
  if (post.kind === 'comment') return { via: 'comment', size: channel?.members };
  if (channel === undefined) return { via: 'account', size: author.followers };
  if (channel.members === undefined && author.followers !== undefined)
    return { via: 'account', size: author.followers };
  return { via: channel.kind === 'group' || post.kind === 'message' ? 'group' : 'channel', size: channel.members };
}

interface Bands {
  rates: readonly (Estimate & { below: number })[];
  typicalSize: number;
}

function bandsOf(rates: readonly ReachRate[], platform: ReachRate['platform']): Record<ReachVia, Bands> {
  const bands = (via: ReachVia): Bands => {
    const own = rates.filter((rate) => rate.via === via && rate.platform === platform);
    const rows = own.length > 0 ? own : rates.filter((rate) => rate.via === via && rate.platform === '*');
    if (rows.length === 0) {
      throw new SalmaqError('SLM_LIST', `reach-rates.csv: no row for platform "${platform}" via "${via}"`, {
        hint: `add one, or one for platform "*"; via is one of ${REACH_VIA.join(', ')}`,
      });
    }
    const sorted = rows.toSorted((a, b) => a.min_size - b.min_size);
    return {
      rates: sorted.map(({ low, mid, high, max_size }) => ({ low, mid, high, below: max_size ?? Infinity })),
      typicalSize: sorted.find((row) => row.typical_size !== undefined)?.typical_size ?? 0,
    };
  };
  return {
    views: bands('views'),
    account: bands('account'),
    channel: bands('channel'),
    group: bands('group'),
    comment: bands('comment'),
  };
}

function rateFor(rates: Bands['rates'], size: number): Estimate {
  for (const rate of rates) if (size < rate.below) return rate;
  return rates.at(-1) ?? { low: 0, mid: 0, high: 0 };
}
