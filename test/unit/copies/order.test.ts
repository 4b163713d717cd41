import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CopyIndex } from '../../../src/copies/copies.ts';
import { mix } from '../../../src/copies/hash.ts';
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

  test('hold nearly every pair of copies in a crowd of texts with one beginning, whichever comes first, and no other pair', () => {
    for (const seed of [1, 2, 3]) {
      const store = new StoreTwin();
      const index = createCopyIndex(SETTINGS);
      const posts = petition(300, seed);
      store.write(posts, assign(index, posts), index.takeLinks());
      const found = pairsOf(store.components());
      const copies = new Set(pairsOf(componentsOfAllPairs(posts)));
      expect(copies.size).toBeGreaterThan(100);
      expect(found.filter((pair) => !copies.has(pair))).toEqual([]);
      expect(found.length / copies.size).toBeGreaterThan(0.98);
    }
  });
});

function pairsOf(components: readonly string[]): string[] {
  return components.flatMap((component) => {
    const keys = component.split(' ');
    return keys.flatMap((a, i) => keys.slice(0, i).map((b) => `${a} ${b}`));
  });
}

function oldestMs(newestMs: number): number {
  return newestMs - SETTINGS.windowMs - SETTINGS.slackMs - HOUR_MS;
}

const LETTERS = 'абвгдежзиклмнопрстуфхцчшэюя';

/** Posts that begin alike and go on each in words of its own; two in a row have all but one in common. */
function petition(count: number, seed: number): Sample[] {
  return Array.from({ length: count }, (_, i) => {
    const number = (i * 7919 + seed * 104_729) % count;
    const own = Array.from({ length: 16 }, (_, k) => wordOf((k < 15 ? number >> 1 : count + number) * 16 + k));
    const text = `Уважаемый аким, требуем вернуть школьный автобус в наш поселок, детям далеко ходить по трассе ${own.join(' ')}`;
    return { key: `vk:${number}`, publishedAtMs: number * 60_000, text };
  });
}

function wordOf(seed: number): string {
  const at = (k: number) => LETTERS[(mix(seed * 8 + k) >>> 0) % LETTERS.length] ?? '';
  return [0, 1, 2, 3, 4].map(at).join('');
}
