import { Random } from '../../../src/random.ts';
import type { PostRow } from '../../../src/store/rows.ts';
import { DAY, DAY_MS, HOUR_MS, postRow } from '../signals/support.ts';

/** A week that ends with {@link DAY}, and the one before it, of which campaigns may reuse accounts. */
export const WEEK = { fromMs: DAY.toMs - 7 * DAY_MS, toMs: DAY.toMs };
const PERIOD_MS = 14 * DAY_MS;

const REGIONS = ['KZ-10', 'KZ-19', 'KZ-35', 'KZ-47', 'KZ-61', 'KZ-71', 'KZ-75', 'KZ-79'];
const THEMES = ['water', 'heating', 'roads', 'ecology', 'healthcare', 'transport', 'housing', 'schools'];
const PERSONS_A_REGION = 400;

/** What the world varies, each drawn once a world. */
interface Climate {
  /** Chance that a platform tells the age of an account, and its followers. */
  tellsAge: number;
  tellsFollowers: number;
  regionUnknown: number;
  youngPersons: number;
}

interface Account {
  author: bigint;
  createdMs: number;
  followers: number;
  /** How much more it writes than others. */
  activity: number;
}

interface Issue {
  region: string;
  agency: string;
  theme: string;
}

/** Rows, and which of them are copies or coordinated. */
export interface ConcertedWorld {
  rows: PostRow[];
  amplified: ReadonlySet<string>;
}

/**
 * A small society in rows, without texts: steady complaints by a heavy-tailed public, emergencies with hundreds of posts and reposts within
 * hours, neighbours of one evening, news that outlets and readers repeat, a few who always write; against campaigns that paste,
 * and campaigns with their own words, by young or bought accounts, of their own or of a pool hired again.
 */
export function concertedWorld(seed: number): ConcertedWorld {
  const random = new Random(seed);
  const uniform = (from: number, to: number) => from + random.next() * (to - from);
  const climate: Climate = {
    tellsAge: uniform(0.2, 1),
    tellsFollowers: uniform(0.3, 1),
    regionUnknown: uniform(0.1, 0.5),
    youngPersons: uniform(0.02, 0.12),
  };
  const rows: PostRow[] = [];
  const amplified = new Set<string>();
  let authors = 0n;
  const taken = new Set<string>();

  const recruit = (isYoung: boolean, isSmall: boolean): Account => ({
    author: ++authors,
    createdMs: DAY.toMs - (isYoung ? random.between(15, 110) : random.between(150, 4000)) * DAY_MS,
    followers: isSmall ? random.between(0, 120) : Math.round(random.logNormal(180, 1.2)),
    activity: (1 - random.next()) ** -0.9,
  });
  const publics = new Map(
    REGIONS.map((region) => [
      region,
      Array.from({ length: PERSONS_A_REGION }, () => recruit(random.chance(climate.youngPersons), false)),
    ]),
  );
  const weights = new Map(
    [...publics].map(([region, all]) => [region, all.map((one) => [one, one.activity] as const)]),
  );

  const anyIssue = (): Issue => {
    for (;;) {
      const region = random.pick(REGIONS);
      const theme = random.pick(THEMES);
      if (taken.has(region + theme)) continue;
      taken.add(region + theme);
      return { region, theme, agency: `akimat_${region}` };
    }
  };
  const someone = ({ region }: Issue): Account =>
    // Who writes of an issue is mostly somebody who lives with it, not somebody who always writes.
    random.chance(0.5)
      ? random.weighted(weights.get(region) ?? [])
      : recruit(random.chance(climate.youngPersons), false);
  const say = (issue: Issue, by: Account, atMs: number, change: Partial<PostRow> = {}): PostRow => {
    const row = postRow({
      id: String(rows.length),
      author: by.author,
      author_created_at: random.chance(climate.tellsAge) ? by.createdMs : null,
      author_followers: random.chance(climate.tellsFollowers) ? by.followers : null,
      published_at: Math.round(Math.min(DAY.toMs - 1, atMs)),
      agencies: [issue.agency],
      themes: [issue.theme],
      region: random.chance(climate.regionUnknown) ? '' : issue.region,
      ...change,
    });
    rows.push(row);
    return row;
  };
  const evening = () => DAY.toMs - random.between(0, 13) * DAY_MS - uniform(1, 14) * HOUR_MS;
  const copyOf = (first: PostRow, kind = 'post') => ({ cluster: first.cluster, copy: true, kind });
  const times = (count: number) => Array.from({ length: Math.round(count) }, (_, i) => i);

  const complain = (issue: Issue, posts: number) => {
    for (const _ of times(posts)) say(issue, someone(issue), evening());
  };
  const erupt = (issue: Issue, posts: number, hours: number, reposts: number) => {
    const atMs = DAY.toMs - uniform(0.3, 6.5) * DAY_MS;
    const at = () => atMs + random.next() ** 2 * hours * HOUR_MS;
    const first = say(issue, someone(issue), atMs);
    for (const _ of times(posts)) {
      const by = someone(issue);
      const follows = random.chance(0.25) ? { themes: [random.pick(THEMES)] } : {};
      say(issue, by, at(), random.chance(reposts) ? { ...copyOf(first, 'repost'), repost_of: first.id } : {});
      if (random.chance(0.3)) say(issue, by, at() + random.next() * 30 * HOUR_MS, follows);
    }
  };
  const echo = (issue: Issue, posts: number) => {
    const atMs = DAY.toMs - uniform(0.3, 6.5) * DAY_MS;
    const at = () => atMs + random.next() * 30 * HOUR_MS;
    const first = say(issue, recruit(false, false), atMs, { channel: 9n, channel_kind: 'media' });
    for (const _ of times(posts)) {
      const kind = random.weighted([
        ['outlet', 3],
        ['repost', 4],
        ['paste', 1],
        ['comment', 3],
      ] as const);
      if (kind === 'outlet')
        say(issue, recruit(false, false), at(), { ...copyOf(first), channel: 8n, channel_kind: 'media' });
      else if (kind === 'comment') say(issue, someone(issue), at(), { kind });
      else say(issue, someone(issue), at(), copyOf(first, kind === 'repost' ? kind : 'post'));
    }
  };
  const campaign = (issue: Issue, accounts: readonly Account[], posts: number, texts: number, hours: number) => {
    const waves = times(random.between(1, 4)).map(() => DAY.toMs - uniform(0.3, 6.5) * DAY_MS);
    const firsts = new Map<number, PostRow>();
    for (const _ of times(posts)) {
      const text = random.between(0, 10_000) % Math.max(1, texts);
      const first = firsts.get(text);
      const pasted = first === undefined || texts === 0 ? {} : copyOf(first, random.chance(0.15) ? 'repost' : 'post');
      const row = say(issue, random.pick(accounts), random.pick(waves) + random.next() * hours * HOUR_MS, pasted);
      if (texts > 0 && first === undefined) firsts.set(text, row);
      amplified.add(row.id);
    }
  };
  const hire = (count: number) => {
    const [young, small] = [uniform(0, 1), uniform(0, 1)];
    return times(count).map(() => recruit(random.chance(young), random.chance(small)));
  };

  for (const _ of times(26)) complain(anyIssue(), random.logNormal(30, 0.9));
  for (const _ of times(3)) erupt(anyIssue(), random.between(60, 300), uniform(1, 6), uniform(0, 0.7));
  for (const _ of times(3)) erupt(anyIssue(), random.between(20, 60), 4, 0);
  for (const _ of times(3)) echo(anyIssue(), random.between(20, 120));
  for (const _ of times(2)) {
    const [issue, few] = [anyIssue(), times(random.between(2, 6)).map(() => recruit(false, false))];
    for (const _again of times(random.between(20, 80))) say(issue, random.pick(few), evening());
  }
  for (const _ of times(4)) {
    const issue = anyIssue();
    campaign(issue, hire(random.between(8, 60)), random.between(40, 250), random.between(1, 8), uniform(0.5, 8));
    complain(issue, random.between(0, 40));
  }
  const pool = hire(random.between(15, 60));
  for (const i of times(7)) {
    const issue = anyIssue();
    const accounts = i < 4 ? pool.filter(() => random.chance(0.8)) : hire(random.between(10, 60));
    campaign(issue, accounts, random.between(40, 200), 0, uniform(0.5, 8));
    complain(issue, random.between(0, 30));
  }
  return { rows: rows.filter(({ published_at }) => published_at >= DAY.toMs - PERIOD_MS), amplified };
}

/** Area under the ROC curve: how often an amplified cell has a higher probability than another. */
export function areaUnderCurve(scored: readonly { score: number; isPositive: boolean }[]): number {
  const [positive, negative] = [scored.filter((one) => one.isPositive), scored.filter((one) => !one.isPositive)];
  let won = 0;
  for (const a of positive) for (const b of negative) won += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
  return won / (positive.length * negative.length);
}
