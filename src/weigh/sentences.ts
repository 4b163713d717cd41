import type { WordsLanguage } from './numerals.ts';
import type { Words } from './signal.ts';

const MOST_REMEMBERED = 20_000;
const remembered = new Map<string, Words>();

/**
 * What a writer says in the three languages. Cells of a country show the same few numerals, and one sentence for all of them is a quarter of the
 * memory of their signals: known ones are found by their English, which shows each numeral that the others show.
 */
export function inAll(write: (language: WordsLanguage) => string): Words {
  const en = write('en');
  const known = remembered.get(en);
  if (known !== undefined) return known;
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const words = { kk: write('kk'), ru: write('ru'), en };
  remembered.set(en, words);
  return words;
}
