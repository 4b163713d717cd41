import type { SuffixGrammar, SuffixNode } from './suffix-automaton.ts';

/**
 * The nominal suffixes of Kazakh as a chain of slots, each of which may stay empty:
 *
 *     stem · derivation · plural · possessive · case · -ДАғы (which starts the chain anew) · person
 *
 * A suffix is written with archiphonemes: `А` is а after a back vowel and е after a front one, `Ы` is ы or і. Which form
 * of its consonant it takes depends on the sound before it. After Kazakh grammars' tables of vowel harmony and
 * progressive assimilation, as in *Qazaq grammatikasy* (Astana 2002), §§ 25-27, 66-71.
 */
export type Harmony = 'back' | 'front';

/** The last sound: vowel; р й у; л; м н ң; з ж; б в г д; voiceless. */
export type LastSound = 'V' | 'R' | 'L' | 'N' | 'Z' | 'B' | 'T';

type Rule = readonly [suffix: string, after: string];

const DERIVATION: readonly Rule[] = [
  ['лЫқ', 'VRL'],
  ['дЫқ', 'NZ'],
  ['тЫқ', 'BT'],
  ['сЫз', 'VRLNZBT'],
  ['шЫ', 'VRLNZBT'],
  ['лЫ', 'VRL'],
  ['дЫ', 'NZ'],
  ['тЫ', 'BT'],
];
const PLURAL: readonly Rule[] = [
  ['лАр', 'VR'],
  ['дАр', 'LNZ'],
  ['тАр', 'BT'],
];
const POSSESSIVE: readonly Rule[] = [
  ['м', 'V'],
  ['Ым', 'RLNZBT'],
  ['ң', 'V'],
  ['Ың', 'RLNZBT'],
  ['ңЫз', 'V'],
  ['ЫңЫз', 'RLNZBT'],
  ['мЫз', 'V'],
  ['ЫмЫз', 'RLNZBT'],
];
const THIRD_PERSON: readonly Rule[] = [
  ['сЫ', 'V'],
  ['Ы', 'RLNZBT'],
];
const CASE: readonly Rule[] = [
  ['нЫң', 'VN'],
  ['дЫң', 'RLZ'],
  ['тЫң', 'BT'],
  ['ғА', 'VRLNZ'],
  ['қА', 'BT'],
  ['нЫ', 'V'],
  ['дЫ', 'RLNZ'],
  ['ты', 'BT'],
  ['тЫ', 'BT'],
  ['дА', 'VRLNZ'],
  ['тА', 'BT'],
  ['дАн', 'VRLZ'],
  ['нАн', 'N'],
  ['тАн', 'BT'],
  ['мен', 'VRLN'],
  ['бен', 'Z'],
  ['пен', 'BT'],
  ['менен', 'VRLN'],
  ['шА', 'VRLNZBT'],
  ['дАй', 'VRLNZ'],
  ['тАй', 'BT'],
];
/** After the possessive of the first and second person the dative is -а/-е. */
const DATIVE_OF_PERSON: readonly Rule[] = [['А', 'N']];
const CASE_OF_THIRD_PERSON: readonly Rule[] = [
  ['нЫң', 'V'],
  ['нА', 'V'],
  ['н', 'V'],
  ['ндА', 'V'],
  ['нАн', 'V'],
  ['мен', 'V'],
  ['ншА', 'V'],
];
const OF_PLACE: readonly Rule[] = [
  ['дАғЫ', 'VRLNZ'],
  ['тАғЫ', 'BT'],
  ['нікі', 'VN'],
  ['дікі', 'RLZ'],
  ['тікі', 'BT'],
];
const OF_PLACE_OF_THIRD_PERSON: readonly Rule[] = [
  ['ндАғЫ', 'V'],
  ['нікі', 'V'],
];
const PERSON: readonly Rule[] = [
  ['мЫн', 'VRLN'],
  ['бЫн', 'Z'],
  ['пЫн', 'BT'],
  ['сЫң', 'VRLNZBT'],
  ['сЫз', 'VRLNZBT'],
  ['мЫз', 'VRLN'],
];

/** The rule sets of each slot and the slot that follows. */
const SLOTS: Readonly<Record<string, readonly (readonly [readonly Rule[], string])[]>> = {
  stem: [
    [DERIVATION, 'derived'],
    [PLURAL, 'plural'],
    [POSSESSIVE, 'person'],
    [THIRD_PERSON, 'third'],
    [CASE, 'end'],
    [OF_PLACE, 'anew'],
    [PERSON, 'end'],
  ],
  /** A stem too short for derivation. */
  short: [
    [PLURAL, 'plural'],
    [POSSESSIVE, 'person'],
    [THIRD_PERSON, 'third'],
    [CASE, 'end'],
    [OF_PLACE, 'anew'],
  ],
  derived: [
    [PLURAL, 'plural'],
    [POSSESSIVE, 'person'],
    [THIRD_PERSON, 'third'],
    [CASE, 'end'],
    [OF_PLACE, 'anew'],
  ],
  plural: [
    [POSSESSIVE, 'person'],
    [THIRD_PERSON, 'third'],
    [CASE, 'end'],
    [OF_PLACE, 'anew'],
  ],
  person: [
    [CASE, 'end'],
    [DATIVE_OF_PERSON, 'end'],
    [OF_PLACE, 'anew'],
  ],
  third: [
    [CASE_OF_THIRD_PERSON, 'end'],
    [OF_PLACE_OF_THIRD_PERSON, 'anew'],
  ],
  anew: [
    [PLURAL, 'pluralAnew'],
    [CASE, 'end'],
  ],
  pluralAnew: [
    [CASE, 'end'],
    [THIRD_PERSON, 'third'],
  ],
  /** A stem whose last consonant is voiced before a vowel (әкімдік → әкімдіг-і): only a vowel may follow. */
  voiced: [
    [POSSESSIVE, 'person'],
    [THIRD_PERSON, 'third'],
  ],
  end: [],
};

/** The grammar's states are named `slot/last sound/harmony`. */
export const kazakhSuffixes: SuffixGrammar = (name) => {
  const [slot = 'end', last = 'V', harmony = 'back'] = name.split('/');
  const edges: SuffixNode['edges'][number][] = [];
  for (const [rules, target] of SLOTS[slot] ?? []) {
    for (const [template, after] of rules) {
      if (!after.includes(last)) continue;
      const suffix = spell(template, harmony === 'front' ? 'front' : 'back');
      edges.push([suffix, `${target}/${lastSoundOf(suffix)}/${harmony}`]);
    }
  }
  return { accept: slot !== 'voiced', edges };
};

function spell(template: string, harmony: Harmony): string {
  const front = harmony === 'front';
  return template
    .replaceAll('А', front ? 'е' : 'а')
    .replaceAll('Ы', front ? 'і' : 'ы')
    .replaceAll('қ', front ? 'к' : 'қ')
    .replaceAll('ғ', front ? 'г' : 'ғ');
}

const VOWELS = 'аәеёиоөуұүыіэюя';

/** The class of a word's last sound; at the end of a word у counts as a consonant (су, суды; жылу, жылуды). */
export function lastSoundOf(word: string): LastSound {
  const last = word.at(-1) ?? '';
  if (last === 'у') return 'R';
  if (last === 'ь' && word.length > 1) return lastSoundOf(word.slice(0, -1));
  if (VOWELS.includes(last)) return 'V';
  if ('рй'.includes(last)) return 'R';
  if (last === 'л') return 'L';
  if ('мнң'.includes(last)) return 'N';
  if ('зж'.includes(last)) return 'Z';
  if ('бвгғд'.includes(last)) return 'B';
  return 'T';
}

/** Vowel harmony by the last vowel that has one; `и` and `у` leave it to the vowel before, and are back and front alone. */
export function harmonyOf(word: string): Harmony {
  for (let i = word.length - 1; i >= 0; i--) {
    const letter = word.charAt(i);
    if ('аоұыяёю'.includes(letter)) return 'back';
    if ('әеөүіэ'.includes(letter)) return 'front';
  }
  return word.includes('у') ? 'back' : 'front';
}
