import type { Random } from '../../random.ts';
import { type Corpus, lineHash } from './corpus.ts';
import { judgement } from './judged-lines.ts';
import * as kazakh from './kazakh-alphabets.ts';
import { namedPost } from './named-posts.ts';
import { collectNames, russianised, withName } from './names.ts';
import * as abc from './neighbour-alphabets.ts';
import { respell, type Spelling } from './spelling.ts';

/** A held-back text as a user would post it, with what the detector should say. */
export interface HeldText {
  label: 'kk' | 'ru' | 'mixed' | 'other';
  kind: string;
  source: string;
  text: string;
}

/** Turns held-back lines into the kinds of texts users post. The lines judged by hand
 * are looked for in `all`, and every other one is taken: `half` says which. */
export function createHeldTexts(held: Corpus, all: Corpus, half: 0 | 1, random: Random): HeldText[] {
  const texts: HeldText[] = [];
  const names = collectNames(all);
  const lines = (name: string): readonly string[] =>
    (held.get(name) ?? []).filter((line) => judgement(line) !== 'mixed');
  const add = (label: HeldText['label'], kind: string, source: string, text: string): void => {
    if (/\p{L}{2}/u.test(text)) texts.push({ label, kind, source, text });
  };
  const latin = (text: string): string => respell(text.toLowerCase(), random.pick(kazakh.KK_LATIN), random);
  const translit = (text: string): string => respell(text.toLowerCase(), abc.RU_LATIN, random);
  const fold = (text: string): string => respell(text.toLowerCase(), kazakh.KK_FOLDED, random);
  const words = (text: string): string[] => text.match(/[\p{L}\p{M}'’ʻ‘-]{3,}/gu) ?? [];

  for (const line of lines('kk')) {
    const draw = random.next();
    if (draw < 0.25) add('kk', 'sentence', 'kk', line);
    else if (draw < 0.4) add('kk', 'ascii', 'kk+fold', fold(line));
    else if (draw < 0.6) add('kk', 'latin', 'kk+latin', latin(shortened(line, random)));
    else if (draw < 0.68) add('kk', 'arabic', 'kk+arab', kazakh.toToteJazu(line.toLowerCase(), random));
    else if (draw < 0.75) add('kk', 'noisy', 'kk+noise', noisy(line, random));
    else if (draw < 0.83) addWords('kk', 'kk', line);
    else if (draw < 0.9) add('kk', 'names', 'kk+names', withName(shortened(line, random), russianName(), random));
    else
      add(
        'kk',
        'loan',
        'kk+word',
        withName(line, random.pick(words(random.pick(lines('ru'))).concat('супер')), random),
      );
  }
  for (const line of lines('kk-ascii-real')) add('kk', 'ascii', 'kk-ascii-real', line);
  for (const line of lines('kk-latn-real')) add('kk', 'latin', 'kk-latn-real', line);
  for (const line of lines('ru')) {
    const draw = random.next();
    if (draw < 0.35) add('ru', 'sentence', 'ru', line);
    else if (draw < 0.55) add('ru', 'translit', 'ru+translit', translit(shortened(line, random)));
    else if (draw < 0.65) add('ru', 'noisy', 'ru+noise', noisy(line, random));
    else if (draw < 0.75) addWords('ru', 'ru', line);
    else {
      let text = shortened(line, random);
      for (let n = random.between(1, 2); n > 0; n--) text = withName(text, fullName(), random);
      add('ru', 'names', 'ru+names', text);
    }
  }
  for (const name of held.keys()) {
    if (/^(kk|ru)/.test(name)) continue;
    for (const line of lines(name)) {
      const draw = random.next();
      if (draw < 0.6) add('other', 'sentence', name, line);
      else if (draw < 0.75 && FOLDABLE.has(name))
        add('other', 'ascii', `${name}+fold`, respell(line.toLowerCase(), abc.FOLDED_SHARED, random));
      else if (draw < 0.85) addWords('other', name, line);
      else
        for (const [from, spelling] of RESPELLED)
          if (from === name)
            add('other', 'respelled', `${name}+respelled`, respell(line.toLowerCase(), spelling, random));
    }
  }
  for (let n = 0; n < NAMED_POSTS; n++) add('ru', 'named', 'constructed', namedPost(random));
  const kazakhLines = [...lines('kk'), ...lines('kk'), ...lines('kk-ascii-real')];
  for (let n = 0; n < 1500; n++) addMixed(random.pick(kazakhLines), random.pick(lines('ru')));
  for (const name of ['kk', 'kk-ascii-real']) {
    for (const line of all.get(name) ?? []) {
      const judged = judgement(line);
      if (judged && lineHash(line) % 2 === half) add(judged, `natural-${judged}`, name, line);
    }
  }
  return texts;

  /** A Russian name of one or two parts, as Kazakh texts are full of them. */
  function russianName(): string {
    const parts = Array.from({ length: random.between(1, 2) }, () => capital(random.pick(names.ru)));
    return parts.join(' ');
  }

  /** One to three names in a row, as people and streets are called. */
  function fullName(): string {
    const parts = Array.from({ length: random.pick([1, 1, 2, 2, 3]) }, () =>
      capital(russianised(random.pick(names.kk), random)),
    );
    return parts.join(' ');
  }

  function addWords(label: HeldText['label'], source: string, line: string): void {
    const found = words(line);
    const at = Math.floor(random.next() * found.length);
    add(label, 'word', source, found[at] ?? '');
    if (found.length > 1)
      add(
        label,
        'word-pair',
        source,
        found
          .slice(Math.min(at, found.length - 2))
          .slice(0, 2)
          .join(' '),
      );
  }

  function addMixed(kk: string, ru: string): void {
    const inLatin = random.next() < 0.12;
    const first = inLatin ? latin : (text: string) => text;
    const second = inLatin ? translit : (text: string) => text;
    const [a, b] = [first(shortened(kk, random)), second(shortened(ru, random))];
    const joint = random.pick([
      ' ',
      '. ',
      ', ',
      '! ',
      ' и ',
      ' а так ',
      ' бірақ ',
      ' но ',
      ' және ',
      ' ) ',
      ' короче ',
    ]);
    const joined = inLatin ? (joint.trim().length > 1 ? ' ' : joint) : joint;
    const draw = random.next();
    if (a.split(' ').length < 2 || b.split(' ').length < 2) return;
    const text =
      draw < 0.4
        ? a + joined + b
        : draw < 0.75
          ? b + joined + a
          : draw < 0.9
            ? inserted(a, second(phrase(ru, random)), random)
            : inserted(b, first(phrase(kk, random)), random);
    add('mixed', inLatin ? 'constructed-latin' : 'constructed', 'kk+ru', text);
  }
}

/** Russian posts full of names. */
const NAMED_POSTS = 1200;

const FOLDABLE = new Set(['ky', 'tt', 'ba', 'uz-cyrl', 'mn', 'kaa', 'sah', 'tyv']);

const RESPELLED: readonly (readonly [string, Spelling])[] = [
  ['az', abc.AZ_CYRILLIC],
  ['tk', abc.TK_CYRILLIC],
  ['ug', abc.UG_CYRILLIC],
  ['kaa', abc.KAA_LATIN],
  ['crh', abc.CRH_LATIN],
  ['tt', abc.TT_LATIN],
  ['tr', abc.LATIN_FOLDED],
  ['uz-latn', abc.UZ_APOSTROPHES],
];

/** The first words of a line, at least two where there are. */
function shortened(line: string, random: Random): string {
  return line.split(' ').slice(0, random.between(2, 9)).join(' ');
}

/** Three or four words from inside a line. */
function phrase(line: string, random: Random): string {
  const words = line.split(' ');
  const length = random.between(3, 4);
  const from = Math.floor(random.next() * Math.max(1, words.length - length));
  return words.slice(from, from + length).join(' ');
}

function inserted(text: string, piece: string, random: Random): string {
  const words = text.split(' ');
  words.splice(random.between(1, words.length), 0, piece);
  return words.join(' ');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Handles, links, hashtags, emoji, stretched letters and Latin look-alikes, as posts have them. */
function noisy(line: string, random: Random): string {
  const text = line.replace(/([аеиоуыөә])(?=[\s!.]|$)/u, (letter) => letter.repeat(random.between(3, 7)));
  const mark = random.pick(['@user1 ', '@user_2 @ab ', '', '#almaty ', '#Қазақстан ']);
  const tail = random.pick([' https://t.co/aB3dEf9', ' 😂😂', ' #news #рек', ' t.me/abc', '']);
  const LOOK: Spelling = { а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', ә: 'ə', і: 'i', х: 'x' };
  return mark + (random.next() < 0.3 ? respell(text, LOOK, random) : text) + tail;
}
