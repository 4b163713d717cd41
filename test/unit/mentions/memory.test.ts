import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMentionFinder } from '../../../src/mentions/finder.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';
import { growLists } from '../../bench/grow-lists.ts';
import { finder, lists, settings } from './lists-of-project.ts';

const words = readFileSync(join(PACKAGE_ROOT, 'fixtures/gold-posts.ndjson'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .flatMap((line): string[] => JSON.parse(line).post.text.split(/\s+/));

const anyText = fc
  .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', ' ', ', ', '. ', ' #', '-', '')), {
    maxLength: 60,
  })
  .map((parts) => parts.flat().join(''));

test('what a text is about depends on the text alone, not on its neighbours, on their order or on what was read before', () => {
  const young = createMentionFinder(lists, settings);
  const author = { id: 'a', region: 'KZ-31' };
  fc.assert(
    fc.property(fc.array(anyText, { minLength: 1, maxLength: 20 }), (texts) => {
      const backwards = texts.toReversed();
      const together = young.find(
        new TextBatch().fill(backwards),
        backwards.map((text) => ({ text, author })),
      );
      const alone = texts.map((text) => finder.find(new TextBatch().fill([text]), [{ text, author }])[0]);
      expect(together.toReversed()).toEqual(alone);
    }),
    { numRuns: 60 },
  );
});

test('rows that no text speaks of change no answer', () => {
  const grown = createMentionFinder(growLists(lists, 2), settings);
  const author = { id: 'a', region: 'KZ-31' };
  fc.assert(
    fc.property(anyText, (text) => {
      const batch = new TextBatch().fill([text]);
      expect(grown.find(batch, [{ text, author }])).toEqual(finder.find(batch, [{ text, author }]));
    }),
    { numRuns: 500 },
  );
});

test('a body of another country takes no theme from the text after it', () => {
  const texts = ['МВД России сообщило', 'Кто этот кандидат?'];
  const batch = new TextBatch().fill(texts);
  const [foreign, own] = finder.find(
    batch,
    texts.map((text) => ({ text, author: { id: 'a' } })),
  );
  expect(foreign?.agencies).toEqual([]);
  expect(own?.themes).toEqual(['governance']);
});
