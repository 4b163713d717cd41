import natural from 'natural/lib/natural/stemmers/porter_stemmer_ru.js';
import type { SuffixGrammar } from './suffix-automaton.ts';

/**
 * Endings of Russian declension. A short stem takes only those of its own declension, so that «суд» does not take in
 * «судя»; a long one is cut by the stemmer and takes any.
 */
const ENDINGS: Readonly<Record<string, readonly string[]>> = {
  /** Abbreviations: «в ЦОНе», and the people and the things named after them: «КТЖшники», «антикоровцы», «ОСМСка». */
  case: [
    ...['а', 'у', 'ом', 'е', 'ы', 'ов', 'ам', 'ами', 'ах'],
    ...['шник', 'шники', 'шников', 'шникам', 'шниками', 'шника', 'шнику', 'ник', 'ники', 'ников', 'никам', 'никами'],
    ...[
      'овец',
      'овцы',
      'овцев',
      'овцам',
      'овцами',
      'овский',
      'овская',
      'овские',
      'овских',
      'ка',
      'ку',
      'ки',
      'кой',
      'ке',
    ],
  ],
  hard: ['', 'а', 'у', 'ом', 'е', 'ы', 'ов', 'ам', 'ами', 'ах'],
  hush: ['', 'а', 'у', 'ом', 'ем', 'е', 'и', 'ов', 'ев', 'ей', 'ам', 'ами', 'ах'],
  soft: ['ь', 'я', 'ю', 'ем', 'е', 'и', 'ей', 'ям', 'ями', 'ях', 'ью', 'й', 'ев'],
  a: ['а', 'ы', 'е', 'у', 'ой', 'ей', 'ою', '', 'ам', 'ами', 'ах'],
  hushA: ['а', 'и', 'е', 'у', 'ой', 'ей', 'ою', '', 'ам', 'ами', 'ах'],
  ya: ['я', 'и', 'ю', 'е', 'ей', 'ею', 'й', 'ь', 'ям', 'ями', 'ях'],
  neuter: ['о', 'е', 'а', 'я', 'у', 'ю', 'ом', 'ем', 'и', 'й', '', 'ей', 'ам', 'ям', 'ами', 'ями', 'ах', 'ях'],
  adjective: [
    ...['ый', 'ий', 'ой', 'ая', 'яя', 'ое', 'ее', 'ые', 'ие', 'ого', 'его', 'ому', 'ему', 'ым', 'им', 'ом', 'ем'],
    ...['ых', 'их', 'ыми', 'ими', 'ую', 'юю', 'ою', 'ею', 'ей'],
  ],
  verb: [
    ...['ть', 'л', 'ла', 'ло', 'ли', 'ет', 'ют', 'ит', 'ят', 'ат', 'ут', 'ешь', 'ишь', 'ем', 'им', 'ете', 'ите', 'ай'],
    ...['айте', 'йте', 'ал', 'ала', 'али', 'ать', 'ил', 'ила', 'или', 'ить', 'ел', 'ела', 'ели', 'еть', 'ался', 'ены'],
    ...[
      'ился',
      'ются',
      'ется',
      'ится',
      'ятся',
      'аются',
      'ается',
      'ают',
      'ает',
      'яют',
      'яет',
      'уют',
      'ует',
      'ен',
      'ена',
    ],
  ],
  plural: ['ья', 'ьев', 'ьям', 'ьями', 'ьях', 'ие', 'ия', 'ии', 'ию', 'ием', 'ией', 'иям', 'иями', 'иях', 'ий'],
};

const NOMINAL = ['hard', 'hush', 'soft', 'a', 'hushA', 'ya', 'neuter', 'adjective', 'plural'];

/** States `ru/<declension>`, `ru/any` for every nominal ending and `ru/all` for verbal ones too. */
export const russianEndings: SuffixGrammar = (name) => {
  const kind = name.split('/')[1] ?? '';
  const kinds = kind === 'any' ? NOMINAL : kind === 'all' ? [...NOMINAL, 'verb'] : [kind];
  const endings = [...new Set(kinds.flatMap((one) => ENDINGS[one] ?? []))];
  return {
    accept: endings.includes('') || kind === 'end',
    edges: endings.filter(Boolean).map((one) => [one, 'ru/end']),
  };
};

const ADJECTIVE = /(ый|ая|яя|ое|ее|ые|ого|его|ому|ему|ых|их|ым|им|ую|ыми|ими|(?<=[сщнк])[ио]й|(?<=[скщ])ие)$/;
/** Oblique plurals, whose nominative a table cannot tell. */
const OBLIQUE = /(ам|ям|ами|ями|ах|ях)$/;
/** After these letters и is written for ы. */
const HUSHING = /[кгхжшщч]$/;

/** The stem of a word in a list and the state of its endings. */
export function russianStem(word: string): { stem: string; state: string } {
  if (word.length > 4 && ADJECTIVE.test(word)) return { stem: word.replace(ADJECTIVE, ''), state: 'ru/adjective' };
  if (word.length > 6 && OBLIQUE.test(word)) return { stem: natural.stem(word), state: 'ru/any' };
  const cut = word.slice(0, -1);
  const isHushing = HUSHING.test(cut);
  const table: Readonly<Record<string, string>> = {
    а: isHushing ? 'hushA' : 'a',
    я: 'ya',
    ь: 'soft',
    й: 'soft',
    о: 'neuter',
    е: 'neuter',
    ы: 'hard',
    и: isHushing ? 'hush' : 'soft',
  };
  const declension = table[word.at(-1) ?? ''];
  if (declension !== undefined && word.length > 3) return { stem: cut, state: `ru/${declension}` };
  return { stem: word, state: HUSHING.test(word) ? 'ru/hush' : 'ru/hard' };
}
