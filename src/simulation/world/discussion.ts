import { Random } from '../../random.ts';
import { DAY_MS } from '../period.ts';
import type { Region } from '../regions.ts';
import { anywhere, type Citizen, type Citizens, EVEN, type Regulars, scramble } from './citizens.ts';
import type { Climate } from './climate.ts';
import type { Outlet } from './exposure.ts';
import type { Issue } from './issues.ts';
import { Urn } from './urn.ts';
import { type Utterance, utter } from './utterance.ts';

/** Who and what there is in a society, when the four weeks begin. */
export interface Stage {
  citizens: Citizens;
  outlets: readonly Outlet[];
  /** Accounts for hire, the same for one campaign after another. */
  farm: readonly Citizen[];
  climate: Climate;
  startMs: number;
  endMs: number;
  /** Residents of the country. */
  country: number;
}

/** Chance that one who hardly ever writes adds another post, and that a complaint is shared by somebody. */
const AGAIN = 0.25;
const SHARED = 0.06;

/** All that is said of an issue. */
export function discuss(issue: Issue, stage: Stage, random: Random): Utterance[] {
  const said = crowdOf(issue, stage, random);
  const shared = said.flatMap((one) => (random.chance(SHARED) ? [share(one, stage, random)] : []));
  return [...said, ...shared, ...hiredOf(issue, stage, random)].filter(
    ({ atMs }) => atMs >= stage.startMs && atMs < stage.endMs,
  );
}

function crowdOf(issue: Issue, stage: Stage, random: Random): Utterance[] {
  switch (issue.kind) {
    case 'loud_minority':
      return [...activists(issue, stage, random), ...residents(issue, issue.voiced * 0.25, stage, random)];
    case 'media_echo':
      return echo(issue, stage, random);
    case 'viral':
      return outsiders(issue, stage, random);
    case 'thanks':
      return residents(issue, issue.voiced, stage, random).map((one) => ({ ...one, role: 'praise' as const }));
    default:
      return residents(issue, issue.voiced, stage, random);
  }
}

/** How many of those who always write take part in an issue. */
function interestIn({ affected, residents: all }: Issue): number {
  return Math.min(0.6, 0.08 + (3 * affected) / all);
}

/** The regulars of the region who take part, always the same, and how much each does. */
export function interested(issue: Issue, { citizens }: Pick<Stage, 'citizens'>): Regulars {
  const random = new Random(scramble(issue.at + 1));
  const { items } = citizens.regularsOf(issue.region);
  const some = items.filter(() => random.chance(interestIn(issue)));
  return new Urn(some.length > 0 ? some : items.slice(-3));
}

/** How many newcomers, each with one post or more, and how many posts of regulars are expected of so many posts. */
export function expectedVoices(posts: number, { regularShare }: Climate): { newcomers: number; regularPosts: number } {
  return { newcomers: posts * (1 - regularShare) * (1 - AGAIN), regularPosts: posts * regularShare };
}

function residents(issue: Issue, posts: number, stage: Stage, random: Random): Utterance[] {
  const regulars = interested(issue, stage);
  const expected = expectedVoices(posts, stage.climate);
  const said = Array.from({ length: random.poisson(expected.regularPosts) }, () =>
    utter(issue, regulars.draw(random), issue.timeline.draw(random), stage, random),
  );
  const newcomers = random.poisson(expected.newcomers);
  for (let i = 0; i < newcomers; i++) {
    const person = stage.citizens.meet(issue.region, issue.odds, random);
    let atMs = issue.timeline.draw(random);
    do {
      said.push(utter(issue, person, atMs, stage, random));
      atMs += Math.round(random.logNormal(0.4, 1) * DAY_MS);
    } while (random.chance(AGAIN));
  }
  return said;
}

/** A handful of people, each again and again. */
function activists(issue: Issue, stage: Stage, random: Random): Utterance[] {
  const people = new Urn(
    Array.from({ length: random.between(3, 12) }, (_, rank) => {
      const person = stage.citizens.meet(issue.region, issue.odds, random);
      return [person, (rank + 1) ** -0.8] as const;
    }),
  );
  return Array.from({ length: random.poisson(issue.voiced * 0.75) }, () =>
    utter(issue, people.draw(random), issue.timeline.draw(random), stage, random),
  );
}

/** Outlets report; under their reports write many who only read of it. */
function echo(issue: Issue, stage: Stage, random: Random): Utterance[] {
  const near = stage.outlets.filter(({ region }) => region === undefined || region === issue.region);
  const reports = Array.from({ length: random.between(3, 10) }, () => report(issue, random.pick(near), stage, random));
  const comments = Array.from({ length: random.poisson(issue.voiced) }, () => {
    const about = random.pick(reports);
    const person = anybody(random.chance(0.6) ? issue.region : anywhere.draw(random), stage, random);
    const atMs = about.atMs + Math.round(random.logNormal(0.25, 1.1) * DAY_MS);
    const { platform, channel } = about;
    return { ...utter(issue, person, atMs, stage, random, { platform, channel, kind: 'comment' }), about };
  });
  return [...reports, ...comments];
}

function report(issue: Issue, { platform, channel }: Outlet, stage: Stage, random: Random): Utterance {
  const someone = stage.citizens.meet(issue.region, EVEN, random);
  const tongue = someone.tongue === 'mixed' ? 'ru' : someone.tongue;
  const person: Citizen = {
    ...someone,
    ...{
      id: channel.id,
      platform,
      tongue,
      followers: channel.members ?? 0,
      statesRegion: false,
      settlement: undefined,
    },
    habits: { ...someone.habits, script: 'standard', careless: false, slipRate: 0, emojiRate: 0 },
  };
  const atMs = issue.timeline.draw(random);
  return { ...utter(issue, person, atMs, stage, random, { platform, channel, kind: 'post' }), role: 'report' };
}

/** The whole country speaks of one place. */
function outsiders(issue: Issue, stage: Stage, random: Random): Utterance[] {
  return Array.from({ length: random.poisson(issue.voiced) }, () => {
    const person = anybody(random.chance(0.05) ? issue.region : anywhere.draw(random), stage, random);
    return utter(issue, person, issue.timeline.draw(random), stage, random, { channel: undefined });
  });
}

/** One who always writes, or hardly ever. */
function anybody(region: Region, { citizens, climate }: Stage, random: Random): Citizen {
  return random.chance(climate.regularShare)
    ? citizens.regularsOf(region).draw(random)
    : citizens.meet(region, EVEN, random);
}

function share(about: Utterance, stage: Stage, random: Random): Utterance {
  const { region } = about.person;
  const person = random.chance(0.6)
    ? stage.citizens.regularsOf(region).draw(random)
    : stage.citizens.meet(region, EVEN, random);
  const atMs = about.atMs + Math.round(random.logNormal(0.3, 1) * DAY_MS);
  const isRepost = random.chance(0.6);
  const place = isRepost ? { platform: about.platform, kind: 'repost' as const } : {};
  return { ...utter(about.issue, person, atMs, stage, random, place), role: 'shared', about };
}

function hiredOf(issue: Issue, stage: Stage, random: Random): Utterance[] {
  const { hired } = issue;
  if (hired === undefined) return [];
  const first = random.between(0, stage.farm.length - 1);
  const accounts = new Urn(
    Array.from({ length: Math.min(hired.accounts, stage.farm.length) }, (_, i) => {
      const account = stage.farm[(first + i) % stage.farm.length];
      if (account === undefined) throw new RangeError('no account for hire');
      return [account, (i + 1) ** -0.3] as const;
    }),
  );
  const orders = Array.from({ length: Math.ceil(hired.posts / hired.perOrder) }, () => hired.timeline.draw(random));
  return Array.from({ length: hired.posts }, (_, i) => {
    const atMs = (orders[i % orders.length] ?? 0) + random.between(0, hired.promptSeconds) * 1000;
    const one = utter(issue, accounts.draw(random), atMs, stage, random);
    if (hired.templates === 0) return { ...one, role: 'line' as const };
    return { ...one, role: 'copy' as const, template: random.between(0, hired.templates - 1) };
  });
}
