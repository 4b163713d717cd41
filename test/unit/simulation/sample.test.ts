import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Post, postKey } from '../../../src/post/post.ts';
import { validateAppeal, validatePost } from '../../../src/post/validate.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { FIXTURE_SETTINGS, fixtureFiles } from '../../../src/simulation/fixtures.ts';
import { appealsToNdjson, postsToNdjson } from '../../../src/simulation/ndjson.ts';
import { generateSample } from '../../../src/simulation/sample.ts';
import type { Story } from '../../../src/simulation/stories.ts';
import { similarity, Wordings } from '../../../src/simulation/wordings.ts';

const sample = generateSample(FIXTURE_SETTINGS);
const endMs = Date.parse(sample.truth.to);
const distinct = [...new Map(sample.posts.map((post) => [postKey(post), post])).values()];
const truthOf = (post: Post) => sample.truth.posts.get(postKey(post));
const ofStory = (story: Story) => distinct.filter((post) => truthOf(post)?.story === story);
const linesOf = (ndjson: string) => ndjson.trimEnd().split('\n');

describe('the sample', () => {
  it('is the same for the same seed and another for another', () => {
    const small = { seed: 7, day: '2026-03-01', posts: 300, appeals: 60 };
    expect(generateSample(small)).toEqual(generateSample(small));
    expect(generateSample({ ...small, seed: 8 }).posts).not.toEqual(generateSample(small).posts);
  });

  it('is what the contract takes in, line by line', () => {
    const lines = linesOf(postsToNdjson(sample.posts));
    const posts = lines.map((line) => validatePost(Buffer.from(line), endMs));
    expect(posts).toEqual(sample.posts.map((value) => ({ ok: true, value })));
    const appeals = linesOf(appealsToNdjson(sample.appeals)).map((line) => validateAppeal(Buffer.from(line), endMs));
    expect(appeals).toEqual(sample.appeals.map((value) => ({ ok: true, value })));
  });

  it('gives every post and every appeal an id of its own', () => {
    expect(distinct).toHaveLength(sample.truth.posts.size);
    expect(new Set(sample.appeals.map(({ id, system }) => `${system}:${id}`)).size).toBe(sample.appeals.length);
  });

  it('keeps to its three days and five weeks', () => {
    const times = sample.posts.map(({ publishedAt }) => Date.parse(publishedAt));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(Date.parse(sample.truth.from));
    expect(Math.max(...times)).toBeLessThan(endMs);
    const received = sample.appeals.map(({ receivedAt }) => Date.parse(receivedAt));
    expect(Math.min(...received)).toBeGreaterThanOrEqual(endMs - 35 * 86_400_000);
    expect(Math.max(...received)).toBeLessThan(endMs);
  });

  it('refuses a day that is none and a society too small for its stories', () => {
    expect(() => generateSample({ ...FIXTURE_SETTINGS, day: '2026-02-31x' })).toThrow(RangeError);
    expect(() => generateSample({ ...FIXTURE_SETTINGS, posts: 10 })).toThrow(RangeError);
  });
});

describe('the feed', () => {
  it('uses every platform and kind, and pages of media and agencies', () => {
    expect(new Set(distinct.map(({ platform }) => platform)).size).toBe(12);
    expect(new Set(distinct.map(({ kind }) => kind)).size).toBe(4);
    expect(new Set(distinct.map(({ channel }) => channel?.kind))).toEqual(
      new Set([undefined, 'page', 'group', 'channel', 'media', 'agency']),
    );
  });

  it('leaves out the region of some 45 % of the people', () => {
    const people = new Map(
      distinct.filter((post) => truthOf(post)?.story !== 'amplified').map(({ author }) => [author.id, author]),
    );
    const unknown = [...people.values()].filter(({ region }) => region === undefined).length / people.size;
    expect(unknown).toBeGreaterThan(0.4);
    expect(unknown).toBeLessThan(0.5);
  });

  it('has followers with a heavy tail: the first hundredth of people has more than the lower half', () => {
    const followers = [...new Map(distinct.map(({ author }) => [author.id, author.followers ?? 0])).values()].sort(
      (a, b) => b - a,
    );
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    expect(sum(followers.slice(0, followers.length / 100))).toBeGreaterThan(sum(followers.slice(followers.length / 2)));
  });

  it('arrives out of order, some of it more than six hours late', () => {
    let latest = 0;
    let late = 0;
    for (const { publishedAt } of sample.posts) {
      const ms = Date.parse(publishedAt);
      if (latest - ms > 6 * 3_600_000) late++;
      latest = Math.max(latest, ms);
    }
    expect(late).toBeGreaterThan(10);
  });

  it('shows some posts again, the same but for metrics that only grow', () => {
    const first = new Map<string, Post>();
    let grown = 0;
    for (const post of sample.posts) {
      const before = first.get(postKey(post));
      first.set(postKey(post), before ?? post);
      if (before === undefined) continue;
      expect({ ...post, metrics: null }).toEqual({ ...before, metrics: null });
      if ((post.metrics?.views ?? 0) > (before.metrics?.views ?? 0)) grown++;
    }
    expect(grown).toBeGreaterThan(20);
  });

  it('is in Kazakh, Russian and both', () => {
    const tongues = distinct.map((post) => truthOf(post)?.tongue);
    for (const tongue of ['kk', 'ru', 'mixed'] as const) {
      expect(tongues.filter((one) => one === tongue).length).toBeGreaterThan(100);
    }
  });
});

describe('the stories', () => {
  it('stand on the last day, each in the size that its verdict needs', () => {
    const size = Object.fromEntries(
      sample.truth.stories.map(({ story, cell }) => {
        const posts = ofStory(story as Story).filter(
          ({ publishedAt }) => Date.parse(publishedAt) >= endMs - 86_400_000,
        );
        const appeals = sample.appeals.filter(({ region, theme, agency, receivedAt }) => {
          const about = theme === cell.theme || agency === cell.agency;
          return region === cell.region && about && Date.parse(receivedAt) >= endMs - 7 * 86_400_000;
        });
        return [story, { posts: posts.length, appeals: appeals.length }];
      }),
    );
    expect(size['systemic']?.posts).toBeGreaterThan(80);
    expect(size['systemic']?.appeals).toBeGreaterThan(50);
    expect(size['amplified']?.posts).toBeGreaterThan(200);
    expect(size['amplified']?.appeals).toBeLessThan(6);
    expect(size['silent']?.posts).toBeLessThan(6);
    expect(size['silent']?.appeals).toBeGreaterThan(25);
    expect(size['emerging']?.posts).toBeGreaterThan(200);
    expect(size['emerging']?.appeals).toBeLessThan(12);
    expect(size['emergency']?.posts).toBe(9);
  });

  it('are told by many where they are real, and by twenty accounts and a blogger where they are not', () => {
    const authorsOf = (story: Story) => new Set(ofStory(story).map(({ author }) => author.id)).size;
    expect(authorsOf('systemic')).toBeGreaterThan(300);
    const copies = ofStory('amplified').filter((post) => truthOf(post)?.copyOf !== undefined);
    expect(copies).toHaveLength(400);
    expect(new Set(copies.map(({ author }) => author.id)).size).toBe(21);
  });

  it('are told independently in other words: few are half alike, and none by design', () => {
    const texts = distinct
      .filter((post) => truthOf(post)?.copyOf === undefined && truthOf(post)?.story !== 'chatter')
      .map(({ text }) => text);
    const wordings = new Wordings();
    let alike = 0;
    for (const text of texts) {
      if (wordings.nearest(text) >= 0.5) alike++;
      wordings.add(text);
    }
    expect(alike / texts.length).toBeLessThan(0.03);
  });

  it('copies a campaign text so that each copy still is that text', () => {
    for (const campaign of ['campaign-0', 'campaign-1', 'campaign-2']) {
      const copies = distinct.filter((post) => truthOf(post)?.copyOf === campaign);
      const original = copies.find(({ author }) => (author.followers ?? 0) > 100_000)?.text ?? '';
      const likeness = copies.map(({ text }) => similarity(text, original)).sort((a, b) => a - b);
      expect(likeness[Math.floor(likeness.length / 10)]).toBeGreaterThan(0.5);
      expect(new Set(copies.map(({ text }) => text)).size).toBeGreaterThan(copies.length / 3);
    }
  });
});

describe('fixtures/', () => {
  it('holds what `write-fixtures` writes, in at most 1.5 MB', () => {
    const files = Object.entries(fixtureFiles());
    for (const [name, content] of files) {
      const committed = readFileSync(join(PACKAGE_ROOT, 'fixtures', name), 'utf8');
      expect(committed === content, `fixtures/${name} is out of date`).toBe(true);
    }
    expect(files.reduce((sum, [, content]) => sum + Buffer.byteLength(content), 0)).toBeLessThan(1_500_000);
  });
});
