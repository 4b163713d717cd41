import type { Dice } from './edits.ts';

const SYNONYMS = [
  ['очень', 'весьма'],
  ['нет', 'отсутствует'],
  ['хорошо', 'отлично'],
  ['плохо', 'ужасно'],
  ['люди', 'жители'],
  ['сейчас', 'теперь'],
  ['почему', 'отчего'],
  ['только', 'лишь'],
  ['большой', 'огромный'],
  ['можно', 'возможно'],
  ['если', 'коли'],
  ['всегда', 'постоянно'],
  ['спасибо', 'благодарю'],
  ['работает', 'функционирует'],
  ['деньги', 'средства'],
  ['жоқ', 'болмай'],
  ['жақсы', 'тамаша'],
  ['көп', 'мол'],
  ['өте', 'аса'],
  ['және', 'мен'],
  ['үшін', 'деп'],
  ['халық', 'жұрт'],
  ['бұл', 'осы'],
  ['рахмет', 'алғыс'],
].flatMap(([a = '', b = '']): [string, string][] => [
  [a, b],
  [b, a],
]);
const SYNONYM_OF = new Map(SYNONYMS);

const OPENINGS = [
  'Переслано: «',
  'Прислали в чат: «',
  'Көршілер жіберді: «',
  'Из группы дома: «',
  'Пишут подписчики: «',
];
const GREETINGS = [
  'Сәлеметсіздер ме, құрметті',
  'Доброго времени суток, уважаемые',
  'Люди, читайте:',
  'Достар, назар аударыңыздар:',
];
const CLOSINGS = [
  'Перешлите дальше, пожалуйста.',
  'Не молчите, соседи!',
  'Таратыңыздаршы, өтінемін.',
  'Максимальный репост.',
];
const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  'а:a б:b в:v г:g д:d е:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:h ц:ts ч:ch ш:sh щ:sch ы:y э:e ю:yu я:ya қ:q ғ:gh ң:ng ө:o ұ:u ү:u һ:h і:i ә:a'
    .split(' ')
    .map((pair) => pair.split(':')),
);

/**
 * Ways in which a copy is changed that {@link editCopy} does not know, each by its name: nothing of the index was chosen on
 * them.
 */
export const rewrites: Readonly<Record<string, (text: string, dice: Dice) => string>> = {
  'words for like words': (text, dice) =>
    words(text)
      .map((word) => (dice.roll() < 0.7 ? (SYNONYM_OF.get(word.toLowerCase()) ?? word) : word))
      .join(' '),
  'sentences in another order': (text, dice) => {
    const sentences = text.split(/(?<=[.!?…])\s+/);
    for (let i = sentences.length - 1; i > 0; i--) {
      const j = dice.below(i + 1);
      [sentences[i], sentences[j]] = [sentences[j] ?? '', sentences[i] ?? ''];
    }
    return sentences.join(' ');
  },
  'halves exchanged': (text) => {
    const all = words(text);
    const half = all.length >> 1;
    return [...all.slice(half), ...all.slice(0, half)].join(' ');
  },
  'quoted as forwarded': (text, dice) => `${dice.pick(OPENINGS)}${text}»`,
  'another greeting, a call at the end': (text, dice) => `${dice.pick(GREETINGS)} ${text} ${dice.pick(CLOSINGS)}`,
  'cut off with …': (text, dice) => {
    const all = words(text);
    return `${all.slice(0, Math.ceil(all.length * (0.65 + 0.3 * dice.roll()))).join(' ')}…`;
  },
  'a fifth in Latin letters': (text, dice) =>
    words(text)
      .map((word) => (dice.roll() < 0.2 ? inLatin(word) : word))
      .join(' '),
  'emoji between words': (text, dice) =>
    words(text)
      .map((word) => (dice.roll() < 0.3 ? `${word} 🔥` : word))
      .join(' '),
  'numbers changed': (text, dice) => text.replaceAll(/\d/g, () => String(dice.below(10))),
  'letters spread by spaces in two words': (text, dice) => {
    const all = words(text);
    for (let i = 0; i < 2; i++) {
      const at = dice.below(all.length);
      all[at] = [...(all[at] ?? '')].join(' ');
    }
    return all.join(' ');
  },
};

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function inLatin(word: string): string {
  return [...word.toLowerCase()].map((letter) => LATIN[letter] ?? letter).join('');
}
