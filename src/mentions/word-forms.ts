import { harmonyOf, kazakhSuffixes, type LastSound, lastSoundOf } from './kazakh-suffixes.ts';
import { coarseKeysOfWord, keysOfWord } from './letters.ts';
import type { PatternWord } from './pattern.ts';
import { russianEndings, russianStem } from './russian-endings.ts';
import type { SuffixGrammar, SuffixNode } from './suffix-automaton.ts';

/** How a word may go on after its stem: in one of these states of the suffix grammar, anyhow, or not at all. */
export type Continuation = readonly string[] | 'open' | 'end';

/** A stem of a pattern word, spelled in keys. */
export interface WordForm {
  keys: Uint8Array;
  continuation: Continuation;
}

const BOTH = ['back', 'front'] as const;
const EVERY_SOUND: readonly LastSound[] = ['V', 'R', 'L', 'N', 'Z', 'B', 'T'];
/** An abbreviation is read out letter by letter, so any suffix may follow. */
const AFTER_ABBREVIATION = 'abbreviation';

/**
 * Both languages in one graph. `ru/…` are Russian endings, `loan/…` Kazakh suffixes after a Russian word, which every
 * speaker harmonises by ear, and the rest the slots of the Kazakh chain.
 */
export const suffixGrammar: SuffixGrammar = (name) => {
  if (name.startsWith('ru/')) return russianEndings(name);
  if (name === AFTER_ABBREVIATION) {
    return union(EVERY_SOUND.flatMap((sound) => BOTH.map((harmony) => `short/${sound}/${harmony}`)));
  }
  if (name.startsWith('loan/')) return union(BOTH.map((harmony) => `${name.slice(5)}/${harmony}`));
  return kazakhSuffixes(name);
};

function union(names: readonly string[]): SuffixNode {
  const nodes = names.map(kazakhSuffixes);
  return { accept: nodes.some((node) => node.accept), edges: nodes.flatMap((node) => node.edges) };
}

/** All the stems under which a pattern word is put into the trie, each in Cyrillic and in the coarse spelling. */
export function formsOf(word: PatternWord): WordForm[] {
  const stems = new Map<string, Set<string> | 'open' | 'end'>();
  const add = (stem: string, states: readonly string[]) => {
    const known = stems.get(stem);
    if (known instanceof Set) for (const state of states) known.add(state);
    else if (known === undefined) stems.set(stem, new Set(states));
  };
  if (word.open) stems.set(word.text, 'open');
  else if (word.exact) stems.set(word.text, 'end');
  else if (isAbbreviation(word)) {
    add(word.text, word.language === 'ru' ? [AFTER_ABBREVIATION, 'ru/case'] : [AFTER_ABBREVIATION]);
  } else if (word.language === 'en') {
    stems.set(word.text, 'end');
    if (/[a-z]{3}$/.test(word.text)) stems.set(`${word.text}s`, 'end');
  } else if (word.language === 'kk') {
    for (const [stem, state] of kazakhStems(word.text)) add(stem, [state]);
  } else {
    const { stem, state } = russianStem(word.text);
    add(stem, [state]);
    // A Russian word in a Kazakh sentence takes Kazakh suffixes, by the ear of the speaker.
    add(word.text, [`loan/${slotOf(word.text)}/${lastSoundOf(word.text)}`]);
    const voiced = voicedStem(word.text);
    if (voiced !== undefined) add(voiced, ['loan/voiced/B']);
  }
  return [...stems].flatMap(([stem, states]) => {
    const continuation = states instanceof Set ? [...states] : states;
    const own = keysOfWord(stem);
    const coarse = coarseKeysOfWord(stem);
    // What shrinks to two letters in another script is every other word there: ИИН and «in».
    const isLost = coarse.length < 3 && coarse.length < own.length;
    return isLost || own.join() === coarse.join()
      ? [{ keys: own, continuation }]
      : [own, coarse].map((keys) => ({ keys, continuation }));
  });
}

/** Short stems are inflected only: «сот» does not take in «соттық» of «он соттық». */
function slotOf(word: string): string {
  return word.length <= 3 ? 'short' : 'stem';
}

/** `МӘМС`, `ХҚКО`, `102`: capitals in the list, digits, or no vowel to harmonise with. */
function isAbbreviation(word: PatternWord): boolean {
  return word.capitals || word.abbreviation || /^\d+$/.test(word.text) || !/[аәеёиоөуұүыіэюяaeiou]/.test(word.text);
}

/** A Kazakh word and, where it ends in a possessive, what is left without it: әкімдігі → әкімдік, әкімдіг-. */
function kazakhStems(word: string): [stem: string, state: string][] {
  const harmony = harmonyOf(word);
  const stems: [string, string][] = [[word, `${slotOf(word)}/${lastSoundOf(word)}/${harmony}`]];
  const voiced = voicedStem(word);
  if (voiced !== undefined) stems.push([voiced, `voiced/B/${harmony}`]);
  if (!/[ыі]$/.test(word)) return stems;
  stems.push([word, `third/V/${harmony}`]);
  const bare = /[аәеёиоөуұүыіэюя]с[ыі]$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
  if (bare.length < 4) return stems;
  const hard = bare.replace(/[гғб]$/, (last) => ({ г: 'к', ғ: 'қ', б: 'п' })[last] ?? last);
  if (hard === bare) stems.push([bare, `stem/${lastSoundOf(bare)}/${harmony}`]);
  else stems.push([bare, `voiced/B/${harmony}`], [hard, `stem/T/${harmony}`]);
  return stems;
}

/** The stem before a vowel, where the last consonant changes: әкімдік → әкімдіг-. */
function voicedStem(word: string): string | undefined {
  const voiced = word.replace(/[кқп]$/, (last) => ({ к: 'г', қ: 'ғ', п: 'б' })[last] ?? last);
  return voiced === word ? undefined : voiced;
}
