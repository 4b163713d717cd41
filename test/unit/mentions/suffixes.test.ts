import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KEY, keysOfWord } from '../../../src/mentions/letters.ts';
import { parsePattern } from '../../../src/mentions/pattern.ts';
import { SuffixAutomaton } from '../../../src/mentions/suffix-automaton.ts';
import { formsOf, suffixGrammar } from '../../../src/mentions/word-forms.ts';

/** Whether a text's word is a form of a list's word. */
function isForm(word: string, listed: string, language: 'kk' | 'ru'): boolean {
  const automaton = new SuffixAutomaton(suffixGrammar);
  const [side] = parsePattern(listed, language).sides;
  const keys = keysOfWord(word);
  return side
    .flatMap((one) => formsOf(one))
    .some(({ keys: stem, continuation }) => {
      if (!stem.every((key, i) => keys[i] === key)) return false;
      if (continuation === 'open') return true;
      if (continuation === 'end') return stem.length === keys.length;
      let state = automaton.start(continuation);
      const { next, accept } = automaton.compile();
      for (const key of keys.subarray(stem.length)) state = next[state * KEY.count + key] ?? 0;
      return accept[state] === 1;
    });
}

test.each([
  ['әкімдігінің', 'әкімдік'],
  ['әкімдіктегілерге', 'әкімдік'],
  ['әкімдіктерімізден', 'әкімдік'],
  ['акимдигинин', 'әкімдік'],
  ['akimdigine', 'әкімдік'],
  ['اكىمدىگىنە', 'әкімдік'],
  ['мектептегі', 'мектеп'],
  ['мектебіміз', 'мектеп'],
  ['полициясына', 'полициясы'],
  ['жолдарымыздағы', 'жол'],
  ['газсыз', 'газ*'],
])('%s is a form of the Kazakh %s', (word, listed) => {
  expect(isForm(word, listed, 'kk')).toBe(true);
});

test.each([
  ['жолбарыс', 'жол'],
  ['әкімтайға', 'әкім'],
  ['газета', 'газ'],
  ['сотовый', 'сот'],
  ['әкімдікқа', 'әкімдік'],
])('%s is no form of the Kazakh %s', (word, listed) => {
  expect(isForm(word, listed, 'kk')).toBe(false);
});

test.each([
  ['акиматами', 'акимат'],
  ['акиматқа', 'акимат'],
  ['полицией', 'полиция'],
  ['прокуратуру', 'прокуратура'],
  ['участкового', 'участковый'],
])('%s is a form of the Russian %s', (word, listed) => {
  expect(isForm(word, listed, 'ru')).toBe(true);
});

test.each([
  ['судя', 'суд'],
  ['почти', 'почта'],
  ['участков', 'участковый'],
  ['судьба', 'суд'],
])('%s is no form of the Russian %s', (word, listed) => {
  expect(isForm(word, listed, 'ru')).toBe(false);
});

test('suffixes harmonise: a front stem takes no back suffix and a back stem no front one', () => {
  const front = ['дер', 'дің', 'ге', 'де', 'ден'];
  const back = ['дар', 'дың', 'ға', 'да', 'дан'];
  fc.assert(
    fc.property(fc.constantFrom(...front), fc.constantFrom(...back), (soft, hard) => {
      expect(isForm(`көл${soft}`, 'көл', 'kk')).toBe(true);
      expect(isForm(`көл${hard}`, 'көл', 'kk')).toBe(false);
      expect(isForm(`жол${hard}`, 'жол', 'kk')).toBe(true);
      expect(isForm(`жол${soft}`, 'жол', 'kk')).toBe(false);
    }),
  );
});
