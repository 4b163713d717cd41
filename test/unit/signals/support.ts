import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll } from 'vitest';
import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open-store.ts';
import type { AppealRow, PostRow } from '../../../src/store/rows.ts';
import type { Store } from '../../../src/store/store.ts';
import { BLANK_POST } from '../../support/blank-post.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const DAY = { fromMs: Date.UTC(2026, 2, 1), toMs: Date.UTC(2026, 2, 2) };

/** The embedded store of a test file, on a directory that goes with it. */
export function embeddedStore(): { store: () => Store; empty: () => Promise<void> } {
  const path = mkdtempSync(join(tmpdir(), 'salmaq-signals-'));
  let open: Store | undefined;
  const store = (): Store => {
    if (open === undefined) throw new Error('the store is not open yet');
    return open;
  };
  beforeAll(async () => {
    open = await openStore({ path });
    await migrate(open);
  });
  afterAll(async () => {
    await open?.close();
    rmSync(path, { recursive: true, force: true });
  });
  return {
    store,
    async empty() {
      for (const table of ['posts', 'appeals', 'cluster_links', 'signals', 'cell_hours', 'verdicts'])
        await store().command(`TRUNCATE TABLE ${table}`);
    },
  };
}

/** A post about Almaty's water by a person, unless said otherwise. */
export function postRow(change: Partial<PostRow> & { id: string }): PostRow {
  const platform = change.platform ?? 'instagram';
  return {
    ...BLANK_POST,
    platform,
    published_at: DAY.fromMs + HOUR_MS,
    observed_at: DAY.fromMs + HOUR_MS,
    // What is written is stamped by the worker's own clock.
    ingested_at: Date.now(),
    agencies: ['akimat_almaty'],
    themes: ['water'],
    region: 'KZ-75',
    cluster: `${platform}:${change.id}`,
    ...change,
  };
}

export function appealRow(change: Partial<AppealRow> & { id: string }): AppealRow {
  return {
    system: 'ikomek',
    received_at: DAY.fromMs + HOUR_MS,
    observed_at: DAY.fromMs + HOUR_MS,
    version: 1n,
    ingested_at: DAY.fromMs + HOUR_MS,
    topic: 'appeals.raw',
    partition: 0,
    offset: 0n,
    agency: 'akimat_almaty',
    region: 'KZ-75',
    themes: ['water'],
    text: '',
    count: 1,
    kind: 'complaint',
    escalated: false,
    status: 'open',
    ...change,
  };
}

const some = (...values: string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });

/** Posts of a day, some of them copies of others, some without agency, theme or region, some by outlets. */
export const days: fc.Arbitrary<PostRow[]> = fc
  .array(
    fc.record({
      author: fc.bigInt({ min: 1n, max: 9n }),
      published_at: fc.noBias(fc.integer({ min: DAY.fromMs, max: DAY.toMs - 1 })),
      agencies: some('akimat_almaty', 'mvd'),
      themes: some('water', 'roads'),
      region: fc.constantFrom('', 'KZ-75', 'KZ-61'),
      author_region: fc.constantFrom('', 'KZ-75', 'KZ-61'),
      author_settlement: fc.constantFrom('', 'urban', 'rural'),
      language: fc.constantFrom('kk', 'ru', 'mixed'),
      kind: fc.constantFrom('post', 'comment', 'repost'),
      channel: fc.bigInt({ min: 0n, max: 3n }),
      channel_kind: fc.constantFrom('', 'media', 'group'),
      channel_members: fc.constantFrom(null, 1000, 50_000),
      stance: fc.constantFrom('', '', '', 'thanks'),
      reach_mid: fc.integer({ min: 10, max: 100_000 }),
      original: fc.nat({ max: 20 }),
    }),
    { minLength: 1, maxLength: 40, size: 'max' },
  )
  .map((posts) =>
    posts.map(({ original, ...post }, i) => {
      // A copy says what its original says, of the same bodies, themes and region.
      const { agencies, themes, region } = posts[original] ?? post;
      const said = original < i ? { agencies, themes, region, copy: true, cluster: `instagram:${original}` } : {};
      const reach = { reach_low: post.reach_mid / 2, reach_high: post.reach_mid * 2 };
      return postRow({ ...post, ...reach, ...said, id: `${i}` });
    }),
  );
