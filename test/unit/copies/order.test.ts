import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CopyIndex } from '../../../src/copies/copies.ts';
import { createCopyIndex } from '../../../src/copies/index.ts';
import { stream } from './arbitrary.ts';
import { componentsOfAllPairs } from './oracle.ts';
import { assign, HOUR_MS, type Sample, SETTINGS, StoreTwin } from './posts.ts';

describe('the clusters, once links are resolved', () => {
  test('are those of comparing every pair within the window, in every order of arrival', () => {
    fc.assert(
      fc.property(stream, (posts) => {
        const store = new StoreTwin();
        const index = createCopyIndex(SETTINGS);
        for (const post of posts) store.write([post], assign(index, [post]), index.takeLinks());
        expect(store.components()).toEqual(componentsOfAllPairs(posts));
      }),
      { numRuns: 300 },
    );
  });

  test('are the same over several workers that are killed, lose what they had not stored, and see records again', () => {
    const incident = fc.constantFrom(
      'none',
      'none',
      'none',
      'killed before the insert',
      'killed after it',
      'seen again',
    );
    fc.assert(
      fc.property(stream, fc.array(fc.tuple(fc.nat(2), incident), { minLength: 1, maxLength: 40 }), (posts, script) => {
        const store = new StoreTwin();
        const workers = [createCopyIndex(SETTINGS), createCopyIndex(SETTINGS), createCopyIndex(SETTINGS)];
        let newestMs = 0;
        for (const [i, post] of posts.entries()) {
          const [at, what] = script[i % script.length] ?? [0, 'none'];
          newestMs = Math.max(newestMs, post.publishedAtMs);
          const meet = (): CopyIndex => {
            const worker = workers[at] ?? createCopyIndex(SETTINGS);
            worker.restore([...store.rows.values()].filter((row) => row.publishedAtMs >= oldestMs(newestMs)));
            return worker;
          };
          let worker = meet();
          const process = () => store.write([post], assign(worker, [post]), worker.takeLinks());
          if (what === 'killed before the insert') assign(worker, [post]);
          if (what !== 'none') process();
          if (what.startsWith('killed')) workers[at] = createCopyIndex(SETTINGS);
          worker = meet();
          process();
        }
        for (const worker of workers) {
          worker.restore([...store.rows.values()]);
          store.write([], [], worker.takeLinks());
        }
        expect(store.components()).toEqual(componentsOfAllPairs(posts));
      }),
      { numRuns: 150 },
    );
  });

  test('are the same in a crowd of alike texts, whichever comes first', () => {
    const crowd = (seed: number): Sample[] => {
      const names = Array.from({ length: 150 }, (_, i) => ((i * 7919 + seed * 104_729) % 150) + 100);
      return names.map((name, i) => ({
        key: `vk:${name}`,
        publishedAtMs: i * 60_000,
        text: `Требуем вернуть школьный автобус номер ${name} в наш поселок, дети ходят пешком по трассе каждый день`,
      }));
    };
    const components = [1, 2, 3].map((seed) => {
      const store = new StoreTwin();
      const index = createCopyIndex(SETTINGS);
      const posts = crowd(seed);
      store.write(posts, assign(index, posts), index.takeLinks());
      expect(store.components()).toEqual(componentsOfAllPairs(posts));
      return store.components();
    });
    expect(components[1]).toEqual(components[0]);
    expect(components[2]).toEqual(components[0]);
  });
});

function oldestMs(newestMs: number): number {
  return newestMs - SETTINGS.windowMs - SETTINGS.slackMs - HOUR_MS;
}
