import type { Post } from '../../post/post.ts';
import type { Random } from '../../random.ts';
import type { WorldName } from './kinds.ts';

export type Platform = Post['platform'];
type PerPlatform = Readonly<Record<Platform, number>>;

/**
 * What differs from world to world. Every figure is drawn from a wide prior, so that nothing fitted on these worlds can lean on
 * one of them. The ranges are assumptions, about the published figures where there are any.
 */
export interface Climate {
  /** Share of the posts that are about issues; the rest is chatter, thanks and news. */
  issueShare: number;
  /** Of the posts about issues: by hired accounts, and about what few live with. */
  hiredShare: number;
  falseAlarmShare: number;
  /** Posts grow with the affected to this power; the rest of their size is salience, log-normal of this spread. */
  volumeExponent: number;
  salienceSpread: number;
  /** The same for appeals, with the bias of regions and of themes, and how many appeals there are for each post. */
  appealExponent: number;
  appealSpread: number;
  regionSpread: number;
  themeSpread: number;
  appealsPerPost: number;
  /** Days from what happened to the appeal, as a median. */
  appealDelayDays: number;
  /** Share of the complaints by those who always write. */
  regularShare: number;
  /** How steeply the writing of those falls with their rank. */
  steepness: number;
  /** Share of all posts by the tenth of writers who write most. */
  topTenthShare: number;
  /** How much more town writes than village, and Russian than Kazakh. */
  townFactor: number;
  russianFactor: number;
  /** Chance that a text names the place, and the body. */
  namesPlace: number;
  namesBody: number;
  mixedShare: number;
  /** Writes in the other language, or in a third one. */
  otherTongueShare: number;
  foreignShare: number;
  statesSettlement: number;
  lateShare: number;
  seenAgainShare: number;
  redeliveredShare: number;
  /** Part of the residents on each platform, and how the share of followers that a post shows itself to differs from the usual. */
  users: PerPlatform;
  showing: PerPlatform;
  /** Shape of the gamma distribution of attention over people: the smaller, the more the same people see everything. */
  attention: number;
  /** Showings per person that sees a post. */
  repeatViews: number;
}

/** Part of the residents on a platform, about the figures in `pipelines/weighing.yaml`. */
const USERS: PerPlatform = {
  ...{ instagram: 0.6, tiktok: 0.5, telegram: 0.55, facebook: 0.12, whatsapp: 0.75, youtube: 0.65 },
  ...{ vk: 0.12, ok: 0.1, x: 0.03, threads: 0.1, news: 0.5, other: 0.4 },
};

export function drawClimate(world: WorldName, random: Random): Climate {
  const perPlatform = (draw: (platform: Platform) => number): PerPlatform => ({
    ...{ instagram: draw('instagram'), facebook: draw('facebook'), tiktok: draw('tiktok'), vk: draw('vk') },
    ...{ ok: draw('ok'), telegram: draw('telegram'), whatsapp: draw('whatsapp'), youtube: draw('youtube') },
    ...{ x: draw('x'), threads: draw('threads'), news: draw('news'), other: draw('other') },
  });
  const between: Readonly<Record<WorldName, readonly [number, number]>> = {
    benign: [0, 0.12],
    adversarial: [0.5, 0.72],
    mixed: [0.12, 0.5],
  };
  return {
    issueShare: random.uniform(0.38, 0.5),
    hiredShare: random.uniform(...between[world]),
    falseAlarmShare: random.uniform(0.06, 0.2),
    volumeExponent: random.uniform(0.3, 0.75),
    salienceSpread: random.uniform(0.3, 1),
    appealExponent: random.uniform(0.35, 0.85),
    appealSpread: random.uniform(0.2, 0.9),
    regionSpread: random.uniform(0.1, 0.4),
    themeSpread: random.uniform(0.1, 0.5),
    appealsPerPost: random.logUniform(0.15, 0.6),
    appealDelayDays: random.uniform(1.5, 7),
    regularShare: random.uniform(0.4, 0.6),
    steepness: random.uniform(0.5, 0.95),
    topTenthShare: random.uniform(0.67, 0.78),
    townFactor: random.logUniform(1.2, 4),
    russianFactor: random.logUniform(0.6, 1.8),
    namesPlace: random.uniform(0.35, 0.85),
    namesBody: random.uniform(0.75, 0.98),
    mixedShare: random.uniform(0.05, 0.18),
    otherTongueShare: random.uniform(0.03, 0.2),
    foreignShare: random.uniform(0, 0.015),
    statesSettlement: random.uniform(0.15, 0.45),
    lateShare: random.uniform(0.05, 0.2),
    seenAgainShare: random.uniform(0.015, 0.05),
    redeliveredShare: random.uniform(0.003, 0.015),
    users: perPlatform((platform) => Math.min(0.9, USERS[platform] * random.logNormal(1, 0.2))),
    showing: perPlatform(() => random.logNormal(1, 0.35)),
    attention: random.logUniform(0.5, 3),
    repeatViews: random.uniform(1.05, 1.9),
  };
}
