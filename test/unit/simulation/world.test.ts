import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPipeline } from '../../../src/config/pipeline.ts';
import { createMentionFinder } from '../../../src/mentions/finder.ts';
import { type Post, postKey } from '../../../src/post/post.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';
import { validateAppeal, validatePost } from '../../../src/post/validate.ts';
import { readLists, readWeighing } from '../../../src/rooms.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { appealLine, postLine } from '../../../src/simulation/ndjson.ts';
import { generateWorld, type WorldSettings } from '../../../src/simulation/world/generate.ts';
import { HELD_OUT_KINDS, WORLDS } from '../../../src/simulation/world/kinds.ts';
import { topTenth } from '../../../src/simulation/world/small-talk.ts';

const config = readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), process.env);
const { frame } = readWeighing(config);
const endMs = Date.UTC(2026, 2, 2);
const settings = { world: 'mixed', seed: 3, posts: 3000, endMs, frame } satisfies WorldSettings;
const worldOf = (changed: Partial<WorldSettings>) => generateWorld({ ...settings, ...changed });
const bytesOf = (changed: Partial<WorldSettings>) => {
  const { posts, appeals, truth } = worldOf(changed);
  return [[...posts()].map(postLine).join(''), appeals.map(appealLine).join(''), JSON.stringify(truth)];
};
const society = worldOf({});
const records = [...society.posts()];
const distinct = [...new Map(records.map((post) => [postKey(post), post])).values()];
const truthOf = new Map([...society.postTruths()].map((truth) => [postKey(truth), truth]));

describe('a simulated society', () => {
  it('is the same to the byte for the same seed, and another for another', () => {
    expect(bytesOf({ posts: 600 })).toEqual(bytesOf({ posts: 600 }));
    expect(bytesOf({ posts: 600, seed: 4 })).not.toEqual(bytesOf({ posts: 600 }));
  });

  it('is what the contract takes in, record by record, as many as asked for', () => {
    for (const post of records) {
      expect(validatePost(Buffer.from(postLine(post)), endMs)).toEqual({ ok: true, value: post });
    }
    for (const appeal of society.appeals) {
      expect(validateAppeal(Buffer.from(appealLine(appeal)), endMs)).toEqual({ ok: true, value: appeal });
    }
    expect(records).toHaveLength(3000);
    expect(new Set(society.appeals.map(({ id }) => id)).size).toBe(society.appeals.length);
  });

  it('lets a tenth of its writers write 65 to 80 % of the posts, in every world', () => {
    for (const world of WORLDS) {
      const counts = new Map<string, number>();
      const posts = new Map([...worldOf({ world, posts: 2500 }).posts()].map((post) => [postKey(post), post]));
      for (const { author } of posts.values()) counts.set(author.id, (counts.get(author.id) ?? 0) + 1);
      expect(topTenth([...counts.values()])).toBeGreaterThan(0.65);
      expect(topTenth([...counts.values()])).toBeLessThan(0.8);
    }
  });

  it('leaves out the region of some 45 % of those who write', () => {
    const people = new Map(distinct.map(({ author }) => [author.id, author]));
    const unknown = [...people.values()].filter(({ region }) => region === undefined).length / people.size;
    expect(unknown).toBeGreaterThan(0.4);
    expect(unknown).toBeLessThan(0.5);
  });

  it('lets records come late and twice, the later ones with newer metrics', () => {
    expect(records.length - distinct.length).toBeGreaterThan(30);
    let latest = 0;
    let late = 0;
    const first = new Map<string, Post>();
    for (const post of records) {
      const ms = Date.parse(post.publishedAt);
      if (latest - ms > 6 * 3_600_000) late++;
      latest = Math.max(latest, ms);
      const before = first.get(postKey(post)) ?? post;
      first.set(postKey(post), post);
      expect({ ...post, metrics: null }).toEqual({ ...before, metrics: null });
      expect(post.metrics?.likes ?? 0).toBeGreaterThanOrEqual(before.metrics?.likes ?? 0);
    }
    expect(late).toBeGreaterThan(10);
  });

  it('never tells a fit of the kinds of issue that are held out', () => {
    const kinds = WORLDS.flatMap((world) => worldOf({ world, forFitting: true }).truth.issues.map(({ kind }) => kind));
    for (const kind of HELD_OUT_KINDS) expect(kinds).not.toContain(kind);
  });

  it('holds its promises in any world of any seed: as many records as asked for, in time, each fact a number', () => {
    fc.assert(
      fc.property(fc.constantFrom(...WORLDS), fc.nat(), fc.boolean(), (world, seed, forFitting) => {
        const { posts, appeals, truth } = worldOf({ world, seed, forFitting, posts: 500 });
        const times = [...posts()].map(({ publishedAt }) => publishedAt);
        expect(times).toHaveLength(500);
        for (const time of [...times, ...appeals.map(({ receivedAt }) => receivedAt)]) {
          expect(time >= truth.from && time < truth.to).toBe(true);
        }
        for (const figure of truth.issues.flatMap(({ windows }) =>
          windows.flatMap((window) => Object.values(window)),
        )) {
          if (typeof figure === 'number') expect(figure).toBeGreaterThanOrEqual(0);
        }
        expect(truth.issues.length).toBeGreaterThanOrEqual(40);
        expect(truth.issues.length).toBeLessThanOrEqual(120);
      }),
      { numRuns: 6 },
    );
  });

  it('refuses to be smaller than its issues', () => {
    expect(() => worldOf({ posts: 100 })).toThrow(RangeError);
  });
});

describe('its truth', () => {
  it('adds up with the records: posts, hired ones and appeals of each issue and span', () => {
    for (const { id, windows, residents, affected } of society.truth.issues) {
      expect(affected).toBeLessThanOrEqual(residents);
      for (const { from, to, posts, amplifiedPosts, authors, complainers, exposed } of windows) {
        const within = distinct.filter(
          (post) => truthOf.get(postKey(post))?.issue === id && post.publishedAt >= from && post.publishedAt < to,
        );
        const repeating = within.filter((post) =>
          ['copy', 'line', 'shared'].includes(truthOf.get(postKey(post))?.role ?? ''),
        );
        expect(within).toHaveLength(posts);
        expect(repeating).toHaveLength(amplifiedPosts);
        expect(complainers).toBeLessThanOrEqual(authors);
        expect(new Set(within.map(({ author }) => author.id)).size).toBeGreaterThanOrEqual(authors);
        const views = within.reduce((sum, { metrics }) => Math.max(sum, metrics?.likes ?? 0), 0);
        expect(exposed).toBeGreaterThanOrEqual(Math.min(views, 1));
      }
    }
    const appeals = society.appeals.filter(({ kind }) => kind === 'complaint' || kind === 'request');
    const told = society.truth.issues.reduce((sum, { windows }) => sum + windows[2].appeals, 0);
    expect(told).toBe(appeals.reduce((sum, { count }) => sum + count, 0));
  });

  it('knows which issues are mostly the work of hired accounts: those of campaigns, and of no other kind', () => {
    const { issues } = society.truth;
    const mostlyHired = issues.filter(({ windows: [, , { posts, hiredPosts }] }) => hiredPosts > posts / 2);
    expect(mostlyHired.length).toBeGreaterThan(2);
    for (const { kind } of mostlyHired) expect(['campaign', 'coordinated', 'amplified_real']).toContain(kind);
  });
});

describe('its texts', () => {
  it('are resolved by the finder to their body, region and theme nine times in ten where all is said and spelt well', () => {
    const clean = worldOf({ clean: true, seed: 5 });
    const truths = new Map([...clean.postTruths()].map((truth) => [postKey(truth), truth]));
    const posts = [...clean.posts()].filter((post) => truths.get(postKey(post))?.role === 'complaint');
    const batch = new TextBatch();
    batch.fill(posts.map(({ text }) => text));
    const found = createMentionFinder(readLists(config), config.mentions).find(batch, posts);
    const right = posts.filter((post, i) => {
      const issue = clean.truth.issues[truths.get(postKey(post))?.issue ?? -1];
      const mentions = found[i];
      return (
        issue !== undefined &&
        mentions?.agencies.includes(issue.agency) &&
        mentions.themes.includes(issue.theme) &&
        mentions.region?.code === issue.region
      );
    });
    expect(right.length / posts.length).toBeGreaterThanOrEqual(0.9);
  });
});
