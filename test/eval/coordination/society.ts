import { Random } from '../../../src/random.ts';
import type { PostRow } from '../../../src/store/rows.ts';
import { BLANK_POST } from '../../support/blank-post.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** The week that is weighed ends here; a week before it is known, too, of which campaigns may reuse accounts. */
export const END_MS = Date.UTC(2026, 2, 2);
export const WEEK = { fromMs: END_MS - 7 * DAY_MS, toMs: END_MS };
const PERIOD_MS = 14 * DAY_MS;

const REGIONS = ['KZ-10', 'KZ-19', 'KZ-35', 'KZ-47', 'KZ-61', 'KZ-71', 'KZ-75', 'KZ-79'] as const;
const THEMES = ['water', 'heating', 'roads', 'ecology', 'healthcare', 'transport', 'housing', 'schools'] as const;
const PERSONS_A_REGION = 400;

export interface Account {
  author: bigint;
  createdMs: number;
  followers: number;
  /** How much more it writes than others. */
  activity: number;
}

export interface Issue {
  region: string;
  agency: string;
  theme: string;
}

/** A small society in rows, without texts: residents of eight regions, and what is said in two weeks. */
export class Society {
  readonly random: Random;
  /** What was said, and by which scene. */
  readonly said: { row: PostRow; scene: string; isAmplified: boolean }[] = [];
  /** Drawn once a world: how much of accounts a platform tells, of how many posts the region is known, how many persons are new. */
  private readonly climate: { tellsAge: number; tellsFollowers: number; regionUnknown: number; youngPersons: number };
  private readonly publics = new Map<string, (readonly [Account, number])[]>();
  private readonly taken = new Set<string>();
  private serial = 0n;
  private scene = '';
  private isAmplified = false;

  constructor(seed: number) {
    this.random = new Random(seed);
    const { random } = this;
    this.climate = {
      tellsAge: random.uniform(0.2, 1),
      tellsFollowers: random.uniform(0.3, 1),
      regionUnknown: random.uniform(0.1, 0.5),
      youngPersons: random.uniform(0.02, 0.12),
    };
    for (const region of REGIONS) {
      const persons = times(PERSONS_A_REGION).map(() => this.meet());
      this.publics.set(
        region,
        persons.map((one) => [one, one.activity] as const),
      );
    }
  }

  /** Plays a scene so many times; its posts are told by its name. A scene may hold others. */
  play(scene: string, count: number, isAmplified: boolean, act: () => void): void {
    const around = [this.scene, this.isAmplified] as const;
    [this.scene, this.isAmplified] = [scene, isAmplified];
    for (const _ of times(count)) act();
    [this.scene, this.isAmplified] = around;
  }

  /** Somebody who was not seen before. */
  meet(): Account {
    return this.recruit(this.random.chance(this.climate.youngPersons), false);
  }

  recruit(isYoung: boolean, isSmall: boolean): Account {
    const { random } = this;
    return {
      author: ++this.serial,
      createdMs: END_MS - (isYoung ? random.between(15, 110) : random.between(150, 4000)) * DAY_MS,
      followers: isSmall ? random.between(0, 120) : Math.round(random.logNormal(180, 1.2)),
      activity: (1 - random.next()) ** -0.9,
    };
  }

  /** Accounts for hire; how many are young or without followers is drawn for all of them. */
  hire(count: number): Account[] {
    const [young, small] = [this.random.next(), this.random.next()];
    return times(count).map(() => this.recruit(this.random.chance(young), this.random.chance(small)));
  }

  /** Who writes of an issue is mostly somebody who lives with it, not somebody who always writes. */
  someone({ region }: Issue): Account {
    return this.random.chance(0.5) ? this.random.weighted(this.publics.get(region) ?? []) : this.meet();
  }

  /** One who always writes, from anywhere. */
  anyRegular(): Account {
    return this.random.weighted(this.publics.get(this.random.pick(REGIONS)) ?? []);
  }

  anyIssue(): Issue {
    for (;;) {
      const region = this.random.pick(REGIONS);
      const theme = this.random.pick(THEMES);
      if (this.taken.has(region + theme)) continue;
      this.taken.add(region + theme);
      return { region, theme, agency: `akimat_${region}` };
    }
  }

  /** A page that nobody has linked to. */
  newLink(): bigint {
    return 1_000_000n + ++this.serial;
  }

  /** Some evening of the two weeks. */
  evening(): number {
    return END_MS - this.random.between(0, 13) * DAY_MS - this.random.uniform(1, 14) * HOUR_MS;
  }

  /** Some time of the week that is weighed. */
  lately(): number {
    return END_MS - this.random.uniform(0.3, 6.5) * DAY_MS;
  }

  /** Says something of an issue, or of none; what falls out of the two weeks is not seen. */
  say(issue: Issue | undefined, by: Account, atMs: number, change: Partial<PostRow> = {}): PostRow {
    const { random, climate } = this;
    const isPlaced = issue !== undefined && !random.chance(climate.regionUnknown);
    const row: PostRow = {
      ...BLANK_POST,
      observed_at: END_MS,
      ingested_at: END_MS,
      id: String(this.said.length),
      author: by.author,
      author_created_at: random.chance(climate.tellsAge) ? by.createdMs : null,
      author_followers: random.chance(climate.tellsFollowers) ? by.followers : null,
      published_at: Math.round(Math.min(END_MS - 1, atMs)),
      agencies: issue === undefined ? [] : [issue.agency],
      themes: issue === undefined ? [] : [issue.theme],
      region: isPlaced ? issue.region : '',
      cluster: `vk:${this.said.length}`,
      ...change,
    };
    this.said.push({ row, scene: this.scene, isAmplified: this.isAmplified });
    return row;
  }

  /** All that is known of the two weeks. */
  known(): Society['said'] {
    return this.said.filter(({ row }) => row.published_at >= END_MS - PERIOD_MS);
  }
}

export function times(count: number): number[] {
  return Array.from({ length: Math.round(count) }, (_, i) => i);
}

/** What a post has in common with the first of its copies. */
export function copyOf(first: PostRow, kind = 'post'): Partial<PostRow> {
  return { cluster: first.cluster, copy: true, kind, ...(kind === 'repost' ? { repost_of: first.id } : {}) };
}
