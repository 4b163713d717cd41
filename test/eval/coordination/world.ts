import type { PostRow } from '../../../src/store/rows.ts';
import { type Account, copyOf, DAY_MS, END_MS, HOUR_MS, type Issue, Society, times } from './society.ts';

const MINUTE_MS = 60_000;

/** Posts, of each the scene it belongs to and whether it is a copy or coordinated. */
export type ConcertedWorld = readonly { row: PostRow; scene: string; isAmplified: boolean }[];

/**
 * A society in which some things are said by many, and some by few hands that look like many.
 *
 * On their own: steady complaints by a heavy-tailed public; emergencies with hundreds of posts, reposts and the same few news links within hours; neighbours of one
 * evening; news that outlets and readers repeat; a few who always write; fans who share everything of their favourite;
 * readers who share what the newspapers write. A petition is copied, but by many different people.
 *
 * In few hands: pasted texts; own words by accounts of one campaign, or of a pool hired for four; own words around links that are
 * pushed on order; posts that are reposted on order.
 */
export function concertedWorld(seed: number): ConcertedWorld {
  const society = new Society(seed);
  const { random } = society;
  const papers = times(60).map(() => society.newLink());
  const paper = () => papers[Math.floor(papers.length ** random.next()) - 1] ?? 0n;

  society.play('steady', 26, false, () => complain(society.anyIssue(), random.logNormal(30, 0.9)));
  society.play('emergency', 3, false, () =>
    erupt(society.anyIssue(), random.between(60, 300), random.uniform(1, 6), random.uniform(0, 0.7)),
  );
  society.play('neighbours', 3, false, () => erupt(society.anyIssue(), random.between(20, 60), 4, 0));
  society.play('news', 3, false, () => echo(society.anyIssue(), random.between(20, 120)));
  society.play('few', 2, false, insist);
  society.play('fans', 3, false, () => follow(society.anyIssue()));
  society.play('readers', 1, false, readPapers);
  society.play('petition', 2, true, () => petition(society.anyIssue(), random.between(30, 150)));
  society.play('pasted', 4, true, () => {
    const accounts = society.hire(random.between(8, 60));
    campaign(accounts, random.between(40, 250), random.between(1, 8), random.between(0, 40));
  });
  const pool = society.hire(random.between(15, 60));
  society.play('pool', 4, true, () => {
    const accounts = pool.filter(() => random.chance(0.8));
    campaign(accounts, random.between(40, 200), 0, random.between(0, 30));
  });
  society.play('own words', 3, true, () => {
    campaign(society.hire(random.between(10, 60)), random.between(40, 200), 0, random.between(0, 30));
  });
  society.play('pushed links', 3, true, () => push('link'));
  society.play('pushed reposts', 2, true, () => push('repost'));
  return society.known();

  function complain(issue: Issue, posts: number): void {
    for (const _ of times(posts)) {
      const links = random.chance(0.05) ? [paper()] : [];
      society.say(issue, society.someone(issue), society.evening(), { links });
    }
  }

  function erupt(issue: Issue, posts: number, hours: number, reposts: number): void {
    const atMs = society.lately();
    const at = () => atMs + random.next() ** 2 * hours * HOUR_MS;
    const reports = times(random.between(1, 3)).map(() => society.newLink());
    const linked = random.uniform(0, 0.6);
    const first = society.say(issue, society.someone(issue), atMs);
    const links = () => (random.chance(linked) ? [random.pick(reports)] : []);
    for (const _ of times(posts)) {
      const by = society.someone(issue);
      society.say(issue, by, at(), random.chance(reposts) ? copyOf(first, 'repost') : { links: links() });
      if (random.chance(0.3)) society.say(issue, by, at() + random.next() * 30 * HOUR_MS, { links: links() });
    }
  }

  function echo(issue: Issue, posts: number): void {
    const atMs = society.lately();
    const at = () => atMs + random.next() * 30 * HOUR_MS;
    const first = society.say(issue, society.meet(), atMs, { channel: 9n, channel_kind: 'media' });
    for (const _ of times(posts)) {
      const kind = random.weighted([
        ['outlet', 3],
        ['repost', 4],
        ['paste', 1],
        ['comment', 3],
      ] as const);
      if (kind === 'outlet') {
        society.say(issue, society.meet(), at(), { ...copyOf(first), channel: 8n, channel_kind: 'media' });
      } else if (kind === 'comment') society.say(issue, society.someone(issue), at(), { kind });
      else society.say(issue, society.someone(issue), at(), copyOf(first, kind === 'repost' ? kind : 'post'));
    }
  }

  function insist(): void {
    const issue = society.anyIssue();
    const few = times(random.between(2, 6)).map(() => society.recruit(false, false));
    for (const _ of times(random.between(20, 80))) society.say(issue, random.pick(few), society.evening());
  }

  /** What their favourite publishes they share when they see it: most after hours, some at once. */
  function follow(issue: Issue): void {
    const fans = times(random.between(30, 100)).map(() => society.meet());
    const [keen, prompt] = [random.uniform(0.05, 0.4), random.uniform(0, 0.5)];
    const [medianHours, isReposting] = [random.uniform(1, 4), random.chance(0.5)];
    for (const _ of times(random.between(8, 25))) {
      const atMs = society.evening();
      const shared = isReposting
        ? copyOf(society.say(issue, society.meet(), atMs), 'repost')
        : { links: [society.newLink()] };
      for (const fan of fans) {
        if (!random.chance(keen)) continue;
        const delayMs = random.chance(prompt)
          ? random.uniform(0.2, 10) * MINUTE_MS
          : random.logNormal(medianHours, 1) * HOUR_MS;
        society.say(issue, fan, atMs + delayMs, shared);
      }
      society.say(issue, random.pick(fans), society.evening());
    }
  }

  /** What the papers write is shared by those who always write, here and there. */
  function readPapers(): void {
    for (const link of papers) {
      const atMs = society.evening();
      for (const _ of times(random.logNormal(12, 0.8))) {
        society.say(undefined, society.anyRegular(), atMs + random.logNormal(1.5, 1.2) * HOUR_MS, { links: [link] });
      }
    }
  }

  function petition(issue: Issue, posts: number): void {
    const atMs = society.lately();
    const first = society.say(issue, society.someone(issue), atMs, { links: [society.newLink()] });
    for (const _ of times(posts)) {
      const by = society.someone(issue);
      society.say(issue, by, atMs + random.next() * 2 * DAY_MS, { ...copyOf(first), links: first.links });
    }
  }

  function campaign(accounts: readonly Account[], posts: number, texts: number, others: number): void {
    const issue = society.anyIssue();
    const waves = times(random.between(1, 4)).map(() => society.lately());
    const hours = random.uniform(0.5, 8);
    const firsts = new Map<number, PostRow>();
    for (const _ of times(posts)) {
      const text = random.between(0, 10_000) % Math.max(1, texts);
      const first = firsts.get(text);
      const pasted = first === undefined || texts === 0 ? {} : copyOf(first, random.chance(0.15) ? 'repost' : 'post');
      const at = random.pick(waves) + random.next() * hours * HOUR_MS;
      const row = society.say(issue, random.pick(accounts), at, pasted);
      if (texts > 0 && first === undefined) firsts.set(text, row);
    }
    join(issue, others);
  }

  /** On order, some minutes long, accounts that look like anybody share a page or a post; half of what links comes with own words of the day. */
  function push(what: 'link' | 'repost'): void {
    const accounts = times(random.between(10, 40)).map(() => society.meet());
    const issue = society.anyIssue();
    const minutes = random.logUniform(1, 20);
    for (const _ of times(random.between(5, 20))) {
      const atMs = END_MS - random.uniform(0.1, 8) * DAY_MS;
      const shared =
        what === 'link'
          ? { links: [society.newLink()] }
          : copyOf(society.say(issue, random.pick(accounts), atMs - 5 * MINUTE_MS), 'repost');
      for (const account of accounts) {
        if (random.chance(0.5)) society.say(issue, account, atMs + random.next() * minutes * MINUTE_MS, shared);
        else if (random.chance(0.1)) society.say(issue, account, society.evening());
      }
    }
    join(issue, random.between(0, 30));
  }

  /** People who say the same of their own accord. */
  function join(issue: Issue, posts: number): void {
    society.play('steady', 1, false, () => complain(issue, posts));
  }
}
