import type { Appeal } from '../../post/appeal.ts';
import type { Post } from '../../post/post.ts';
import { Random } from '../../random.ts';
import { type Frame, residentsOf } from '../../weigh/frame.ts';
import { DAY_MS, timestampOf } from '../period.ts';
import { regions } from '../regions.ts';
import { type Citizen, type Citizens, foundCitizens, scramble } from './citizens.ts';
import { drawClimate } from './climate.ts';
import { discuss, type Stage } from './discussion.ts';
import { foundOutlets } from './exposure.ts';
import { fileAll } from './filing.ts';
import { drawIssues } from './issues.ts';
import type { WorldName } from './kinds.ts';
import { type Arrival, arrivalsOf, toPost } from './records.ts';
import { chat } from './small-talk.ts';
import { tellIssue, WIDESPREAD_FROM, type WorldTruth } from './truth.ts';
import type { Role, Utterance } from './utterance.ts';

export const PERIOD_DAYS = 28;

export interface WorldSettings {
  world: WorldName;
  seed: number;
  /** How many post records, repeated observations included; at least 500. */
  posts: number;
  /** End of the four weeks, in epoch milliseconds; a midnight UTC. */
  endMs: number;
  frame: Frame;
  /** Leaves out the kinds of issue that no fit may see. */
  forFitting?: boolean;
  /** Everything spelt as it should be, and every complaint with its place and its body. */
  clean?: boolean;
}

/** What is true of one post. */
export interface PostTruth {
  platform: Post['platform'];
  id: string;
  /** Of the issue, or null for chatter. */
  issue: number | null;
  role: Role;
}

/** A society over four weeks. Records are made as they are read, so that a million take little memory. */
export interface World {
  truth: WorldTruth;
  /** In the order they arrive: late, disordered, some twice. */
  posts(): Generator<Post>;
  /** Of every distinct post. */
  postTruths(): Generator<PostTruth>;
  /** In order of receipt. */
  appeals: Appeal[];
}

/**
 * Simulates a society and what it says and files in four weeks. The same settings give the same bytes.
 *
 * @example
 * const { posts, truth } = generateWorld({ world: 'mixed', seed: 1, posts: 5000, endMs, frame });
 * @throws RangeError where `posts` is below 500
 */
export function generateWorld(settings: WorldSettings): World {
  const { world, seed, posts, endMs, frame, forFitting = false, clean = false } = settings;
  if (!(posts >= 500)) throw new RangeError('a society needs at least 500 posts');
  const startMs = endMs - PERIOD_DAYS * DAY_MS;
  const random = new Random(scramble(seed + 1) ^ (world.length * 7919));
  const climate = drawClimate(world, random.fork('climate'));
  const citizens = foundCitizens({ frame, climate, regulars: posts * 0.03, endMs, clean }, random.fork('citizens'));
  const stage: Stage = {
    citizens,
    farm: openFarm(citizens, posts * climate.issueShare * climate.hiredShare, random.fork('farm')),
    outlets: foundOutlets(regions, random.fork('outlets')),
    climate,
    startMs,
    endMs,
    country: residentsOf(frame.country),
  };
  const distinct = Math.round(posts / (1 + climate.seenAgainShare + climate.redeliveredShare));
  const aboutIssues = distinct * climate.issueShare;
  const issues = drawIssues(
    {
      ...{ world, climate, frame, forFitting, span: { fromMs: startMs, toMs: endMs } },
      ...{ posts: aboutIssues, appeals: posts * climate.appealsPerPost },
    },
    random.fork('issues'),
  );
  const voices = random.fork('voices');
  const byIssue = issues.map((issue) => discuss(issue, stage, voices));
  const about = byIssue.flat();
  const talk = chat(Math.max(0, distinct - about.length), about, stage, random.fork('chatter'));
  const said = [...about, ...talk];
  const filed = fileAll(issues, stage, random.fork('appeals'));
  const idOf = new Map<Utterance, string>(said.map((one, i) => [one, String(scramble(i + 1))]));
  const arrivals: Arrival[] = arrivalsOf(said, posts, climate, random.fork('arrivals'));

  const spans = [7, 1, PERIOD_DAYS].map((days) => ({ fromMs: endMs - days * DAY_MS, toMs: endMs }));
  const [week, day, period] = spans;
  if (week === undefined || day === undefined || period === undefined) throw new RangeError('no span');
  return {
    truth: {
      world,
      seed,
      from: timestampOf(startMs),
      to: timestampOf(endMs),
      widespreadFrom: WIDESPREAD_FROM,
      issues: issues.map((issue, i) =>
        tellIssue(
          issue,
          byIssue[i] ?? [],
          filed.filter((one) => one.issue === issue),
          [week, day, period],
          stage,
        ),
      ),
    },
    *posts() {
      for (const arrival of arrivals) yield toPost(arrival, idOf, climate, clean);
    },
    *postTruths() {
      for (const one of said) {
        yield { platform: one.platform, id: idOf.get(one) ?? '', issue: one.issue?.at ?? null, role: one.role };
      }
    },
    appeals: filed.map(({ appeal }) => appeal),
  };
}

/** Accounts for hire, each good for some 25 to 70 posts, said to be from anywhere. */
function openFarm(citizens: Citizens, posts: number, random: Random): Citizen[] {
  const count = Math.max(12, Math.round(posts / random.uniform(25, 70)));
  return Array.from({ length: count }, () => citizens.hire(random.pick(regions), random));
}
