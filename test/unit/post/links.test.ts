import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linksOf } from '../../../src/post/links.ts';

test.each([
  ['Қараңыз: https://www.Tengrinews.kz/news/1/?utm_source=tg.', ['tengrinews.kz/news/1']],
  [
    't.me/abc/12, https://m.instagram.com/p/X1?igsh=a= и VK.com/wall-1_2',
    ['t.me/abc/12', 'instagram.com/p/X1', 'vk.com/wall-1_2'],
  ],
  ['http://egov.kz:80/ru?b=2&a=1 https://EGOV.kz/ru?a=1&b=2#top', ['egov.kz/ru?a=1&b=2']],
  ['https://қазақстан.қаз/%D0%B6%D0%BE%D0%BB (www.kolesa.kz)', ['қазақстан.қаз/жол', 'kolesa.kz']],
  ['и/или 60 км/ч, т.е. 2.5/3; wall@mail.kz/x http:// https://[::1 //a.kz', []],
  ['https://a.kz/%E0%A4%A', ['a.kz/%E0%A4%A']],
])('the addresses of «%s»', (text, links) => {
  expect(linksOf(text)).toEqual(links);
});

test('an address is the same however it is written and wherever it stands', () => {
  const address = fc
    .tuple(fc.stringMatching(/^[a-z]{2,8}\.(kz|ru|com)$/), fc.stringMatching(/^(\/[a-z0-9]{1,6}){1,3}$/))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      address,
      fc.constantFrom('', 'su joq ', 'Су жоқ: ('),
      fc.constantFrom('', '.', ')!!', ' дейді'),
      (page, before, after) => {
        for (const written of [
          page,
          `https://${page}`,
          `HTTP://www.${page}/`,
          `http://m.${page}?fbclid=1&utm_medium=x#y`,
        ]) {
          expect(linksOf(`${before}${written}${after}`)).toEqual([page]);
        }
      },
    ),
  );
});

test('any text has at most sixteen links, and texts of nothing but addresses are read to the end of these', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => linksOf(text).length <= 16));
  expect(linksOf(Array.from({ length: 5_000 }, (_, i) => `a.kz/${i}`).join(' '))).toHaveLength(16);
  expect(linksOf(`https://a.kz/${'x'.repeat(60_000)}`)).toEqual([]);
});
