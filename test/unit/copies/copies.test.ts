import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCopyIndex } from '../../../src/copies/index.ts';
import { stream } from './arbitrary.ts';
import { assign, clustersOf, HOUR_MS, SETTINGS, StoreTwin } from './posts.ts';

const COMPLAINT =
  'Уважаемый аким, уже третий день в нашем микрорайоне нет горячей воды, обещали починить трубу на улице Абая еще в понедельник';

describe('a copied post', () => {
  test('is found with words swapped, a name exchanged, another greeting, a cut head or tail', () => {
    const edits = [
      COMPLAINT,
      COMPLAINT.replace('третий день в нашем микрорайоне', 'в нашем микрорайоне третий день'),
      COMPLAINT.replace('Абая', 'Сатпаева'),
      COMPLAINT.replace('Уважаемый аким', 'Салем всем'),
      COMPLAINT.replace('Уважаемый аким, ', ''),
      COMPLAINT.replace(' еще в понедельник', ''),
    ];
    expect(clustersOf(...edits)).toEqual(edits.map(() => 0));
  });

  test('is found with emoji, hashtags, handles and links appended, as if they were not there', () => {
    expect(clustersOf(COMPLAINT, `${COMPLAINT} 😡😡 #Алматы #нетводы @akimat https://example.kz/p/1`)).toEqual([0, 0]);
    const phrase = 'Почему у нас опять нет воды';
    expect(clustersOf(phrase, `${phrase}!!! 😡 #нетводы`)).toEqual([0, 0]);
  });

  test('is found with letters folded to the Russian keyboard or replaced by Latin look-alikes', () => {
    const kazakh = 'Құрметті әкім, біздің ауылда үш күннен бері жарық жоқ, көмек көрсетіңіздерші, өтінеміз';
    const folded = 'Курметти аким, биздин ауылда уш куннен бери жарык жок, комек корсетиниздерши, отинемиз';
    expect(clustersOf(kazakh, folded)).toEqual([0, 0]);
    expect(clustersOf(COMPLAINT, COMPLAINT.replaceAll('о', 'o').replaceAll('е', 'e'))).toEqual([0, 0]);
  });

  test('is not found in another text on the same matter', () => {
    const other =
      'В доме номер пять по проспекту Назарбаева с утра нет ни холодной, ни горячей воды, диспетчер трубку не берет';
    expect(clustersOf(COMPLAINT, other)).toEqual([0, 1]);
  });

  test('is not found beyond the window, and is found again through a post between', () => {
    const at = (hour: number) => ({ key: `vk:${hour}`, publishedAtMs: hour * HOUR_MS, text: COMPLAINT });
    const index = createCopyIndex(SETTINGS);
    expect(assign(index, [at(0), at(73)]).map(({ copy }) => copy)).toEqual([false, false]);
    expect(assign(index, [at(72)])).toMatchObject([{ cluster: 'vk:0', copy: true }]);
    expect(index.takeLinks()).toEqual([{ root: 'vk:0', cluster: 'vk:73', linkedAtMs: 72 * HOUR_MS }]);
  });

  test('that comes late is found alike an earlier one that its equals are too far from', () => {
    const at = (hour: number, text: string) => ({ key: `vk:${hour}`, publishedAtMs: hour * HOUR_MS, text });
    const index = createCopyIndex(SETTINGS);
    const first = assign(index, [at(0, COMPLAINT), at(80, `Салем! ${COMPLAINT}`)]);
    expect(first.map(({ copy }) => copy)).toEqual([false, false]);
    expect(assign(index, [at(60, `Салем! ${COMPLAINT}`)])).toMatchObject([{ copy: true }]);
    expect(index.takeLinks()).toMatchObject([{ root: 'vk:0', cluster: 'vk:80' }]);
  });
});

describe('a short text', () => {
  test('of under four words or twenty letters is nobody’s copy', () => {
    for (const text of [
      'согласен',
      '+1',
      'дұрыс айтасыз',
      'да да да да',
      '😡😡😡',
      '#нетводы #алматы #акимат #позор',
      '',
    ]) {
      expect(clustersOf(text, text)).toEqual([0, 1]);
    }
  });

  test('of under eight words is a copy when equal, and only then', () => {
    const text = 'почему у нас опять нет воды';
    expect(clustersOf(text, 'Почему у нас опять нет воды?!')).toEqual([0, 0]);
    expect(clustersOf(text, 'почему у вас опять нет воды')).toEqual([0, 1]);
    expect(clustersOf('нет воды в доме номер 5', 'нет воды в доме номер 7')).toEqual([0, 1]);
  });
});

describe('a repost', () => {
  const original = { key: 'vk:a', publishedAtMs: 0, text: COMPLAINT };
  const repost = { key: 'vk:b', publishedAtMs: HOUR_MS, text: 'смотрите', repostOf: 'vk:a' };

  test('follows the reposted post into its cluster', () => {
    const copy = { key: 'vk:c', publishedAtMs: 1, text: COMPLAINT };
    const index = createCopyIndex(SETTINGS);
    const assigned = assign(index, [original, copy, { ...repost, repostOf: 'vk:c' }]);
    expect(assigned.map(({ cluster }) => cluster)).toEqual(['vk:a', 'vk:a', 'vk:a']);
  });

  test('of a post not seen yet is in the cluster of that post, which leads it when it comes', () => {
    const index = createCopyIndex(SETTINGS);
    expect(assign(index, [repost])).toMatchObject([{ cluster: 'vk:a', copy: true }]);
    expect(index.size).toBe(1);
    expect(assign(index, [original])).toMatchObject([{ cluster: 'vk:a', copy: false, publishedAtMs: 0 }]);
    expect(index.size).toBe(2);
  });
});

describe('the index', () => {
  test('answers a post that is delivered again as it did at first, and does not grow', () => {
    fc.assert(
      fc.property(stream, (posts) => {
        const index = createCopyIndex({ ...SETTINGS, slackMs: 1000 * HOUR_MS });
        const first = posts.map((post) => assign(index, [post])[0]);
        const { size } = index;
        index.takeLinks();
        const moved = posts.map((post) => ({ ...post, publishedAtMs: post.publishedAtMs + HOUR_MS }));
        expect(assign(index, moved)).toEqual(first);
        expect(index.size).toBe(size);
        expect(index.takeLinks()).toEqual([]);
      }),
    );
  });

  test('restored from what was stored goes on as if it had never stopped', () => {
    fc.assert(
      fc.property(stream, fc.nat(60), (posts, cut) => {
        const settings = { ...SETTINGS, slackMs: 1000 * HOUR_MS };
        const live = createCopyIndex(settings);
        const store = new StoreTwin();
        const before = posts.slice(0, cut);
        store.write(before, assign(live, before), live.takeLinks());
        const restored = createCopyIndex(settings);
        restored.restore([...store.rows.values()]);
        expect(restored.size).toBe(live.size);
        expect(assign(restored, before)).toEqual(
          [...store.rows.values()].map(({ key, cluster, publishedAtMs, fingerprint }) => {
            return { cluster, publishedAtMs, fingerprint, copy: cluster !== key };
          }),
        );
        const after = posts.slice(cut);
        const again = new StoreTwin();
        again.write(before, assign(restored, before), [...store.links, ...restored.takeLinks()]);
        again.write(after, assign(restored, after), restored.takeLinks());
        store.write(after, assign(live, after), live.takeLinks());
        expect(again.components()).toEqual(store.components());
      }),
    );
  });

  test('gives the same answers to the same posts', () => {
    fc.assert(
      fc.property(stream, (posts) => {
        expect(assign(createCopyIndex(SETTINGS), posts)).toEqual(assign(createCopyIndex(SETTINGS), posts));
      }),
    );
  });

  test('keeps the posts of now together when half of the records are of last year', () => {
    const index = createCopyIndex(SETTINGS);
    const yearMs = 365 * 24 * HOUR_MS;
    const of = (i: number) => ({ key: `vk:${i}`, publishedAtMs: (i % 2) * yearMs + i * 1000, text: COMPLAINT });
    const posts = Array.from({ length: 10_000 }, (_, i) => of(i));
    const assigned = [0, 1, 2, 3].flatMap((part) => assign(index, posts.slice(part * 2_500, (part + 1) * 2_500)));
    const ofNow = assigned.filter((_, i) => i % 2 === 1);
    expect(new Set(ofNow.map(({ cluster }) => cluster))).toEqual(new Set(['vk:1']));
    expect(assigned.some(({ cluster }, i) => i % 2 === 0 && cluster === 'vk:1')).toBe(false);
  });

  test('takes many equal posts in little room and one cluster', () => {
    const index = createCopyIndex(SETTINGS);
    const posts = Array.from({ length: 20_000 }, (_, i) => ({ key: `vk:${i}`, publishedAtMs: i, text: COMPLAINT }));
    const clusters = new Set(assign(index, posts).map(({ cluster }) => cluster));
    expect(clusters).toEqual(new Set(['vk:0']));
    expect(index.bytes / index.size).toBeLessThan(100);
    expect(index.takeLinks()).toEqual([]);
  });

  test('compares a text as long as the contract allows like any other', () => {
    const words = Array.from({ length: 8_000 }, (_, i) => `слово${i * 7}`);
    const long = words.join(' ').slice(0, 65_536);
    expect(clustersOf(long, `Салем! ${long.slice(0, 60_000)}`, long.replaceAll('7', '')).slice(0, 2)).toEqual([0, 0]);
    expect(clustersOf('ы'.repeat(65_536), '😡'.repeat(32_768), ' '.repeat(65_536))).toEqual([0, 1, 2]);
  });

  test('knows a restored post whose fingerprint is of another version, and compares nothing with it', () => {
    const [first] = assign(createCopyIndex(SETTINGS), [{ key: 'vk:a', publishedAtMs: 0, text: COMPLAINT }]);
    if (first === undefined) throw new Error('nothing was assigned');
    const older = Uint8Array.from(first.fingerprint, (byte, i) => (i === 0 ? byte - 1 : byte));
    const index = createCopyIndex(SETTINGS);
    index.restore([{ key: 'vk:a', ...first, fingerprint: older }]);
    expect(assign(index, [{ key: 'vk:b', publishedAtMs: 1, text: COMPLAINT }])).toMatchObject([{ copy: false }]);
    index.restore([{ key: 'vk:c', ...first, cluster: 'vk:c' }]);
    expect(index.takeLinks()).toMatchObject([{ root: 'vk:c', cluster: 'vk:b' }]);
    expect(index.size).toBe(3);
  });

  test('names a cluster by the key of its first post, in whatever letters', () => {
    const keys = ['other:жазба №1', 'other:📣', 'vk:1'];
    const texts = ['почему у нас опять нет воды', 'автобус номер пять снова опоздал', 'мектепте жылу неге жоқ екен'];
    const posts = keys.map((key, i) => ({ key, publishedAtMs: i, text: texts[i] ?? '' }));
    const index = createCopyIndex(SETTINGS);
    expect(assign(index, posts).map(({ cluster }) => cluster)).toEqual(keys);
    const copies = posts.map((post, i) => ({ ...post, key: `vk:copy${i}` }));
    expect(assign(index, copies).map(({ cluster }) => cluster)).toEqual(keys);
  });

  test('holds a window of posts and no more, however long it runs', () => {
    const index = createCopyIndex({ windowMs: HOUR_MS, slackMs: HOUR_MS, threshold: 0.55 });
    const largest = { size: 0, bytes: 0 };
    for (let hour = 0; hour < 40; hour++) {
      const posts = Array.from({ length: 1000 }, (_, i) => ({
        key: `telegram:${hour}-${i}`,
        publishedAtMs: (hour + i / 1000) * HOUR_MS,
        text: `Жалоба номер ${hour * 31_337 + i * 7919}: ${COMPLAINT.slice(i % 40)}`,
      }));
      for (let i = 0; i < posts.length; i += 100) assign(index, posts.slice(i, i + 100));
      if (hour === 9) Object.assign(largest, { size: index.size, bytes: index.bytes });
    }
    expect(index.size).toBeLessThan(1.5 * 2000);
    expect(index.bytes).toBeLessThan(1.3 * largest.bytes);
  });
});
