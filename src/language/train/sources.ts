import type { Random } from '../../random.ts';
import { CLASSES, type ModelScript } from '../classes.ts';
import { type Corpus, normalised } from './corpus.ts';
import { judgement } from './judged-lines.ts';
import * as kazakh from './kazakh-alphabets.ts';
import { collectNames, russianised, withName } from './names.ts';
import * as abc from './neighbour-alphabets.ts';
import { respell, type Spelling } from './spelling.ts';

/** Texts of one language in one spelling, and how to draw one. */
export interface Source {
  script: ModelScript;
  label: number;
  /** Texts drawn an epoch. */
  weight: number;
  draw: (random: Random) => string;
}

type Variant = (text: string, random: Random) => string;

/** All sources of training texts that a corpus gives. */
export function createSources(corpus: Corpus): Source[] {
  const texts = new Map(
    [...corpus].map(([name, lines]) => [name, normalised(lines.filter((line) => judgement(line) !== 'mixed'))]),
  );
  const names = collectNames(corpus);
  const sources: Source[] = [];

  const add = (script: ModelScript, language: string, weight: number, files: string, variant?: Variant): void => {
    const pool = files.split(' ').flatMap((file) => inScript(texts.get(file) ?? [], variant ? undefined : script));
    const classes: readonly string[] = CLASSES[script];
    const label = classes.indexOf(language);
    if (pool.length === 0 || label < 0) return;
    const types = frequentWords(pool);
    const nameShare = language === 'ru' ? (script === 'latin' ? 0.15 : 0.3) : script === 'cyrillic' ? 0.06 : 0;
    const draw = (random: Random): string => {
      let text = random.next() < 0.22 ? random.pick(types) : snippet(random.pick(pool), random);
      for (let n = random.next() < nameShare ? random.between(1, 2) : 0; n > 0; n--) {
        const pool = random.next() < (language === 'ru' ? 0.75 : 0.4) ? names.kk : names.ru;
        // People, streets and bodies have up to three names in a row.
        const parts = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => random.pick(pool));
        const written = language === 'ru' ? parts.map((part) => russianised(part, random)) : parts.slice(0, 1);
        text = withName(text, written.join(' '), random);
      }
      if (variant) text = variant(text, random);
      return random.next() < 0.06 ? mistyped(text, random) : text;
    };
    sources.push({ script, label, weight, draw });
  };

  const respelled =
    (...spellings: Spelling[]): Variant =>
    (text, random) =>
      respell(text, random.pick(spellings), random);
  const folded = respelled(abc.FOLDED, abc.FOLDED, abc.FOLDED_SHARED);

  add('cyrillic', 'kk', 70_000, 'kk');
  add('cyrillic', 'kk', 38_000, 'kk', respelled(kazakh.KK_FOLDED));
  add('cyrillic', 'kk', 8_000, 'kk', partly(kazakh.KK_FOLDED));
  add('cyrillic', 'kk', 32_000, 'kk-ascii-real');
  add('cyrillic', 'ru', 110_000, 'ru');
  add('cyrillic', 'uk', 35_000, 'uk');
  add('cyrillic', 'be', 26_000, 'be');
  add('cyrillic', 'bg', 30_000, 'bg');
  add('cyrillic', 'mk', 18_000, 'mk mk2');
  add('cyrillic', 'sr', 15_000, 'sr sr2');
  for (const [language, weight, files] of [
    ['ky', 26_000, 'ky'],
    ['tt', 24_000, 'tt'],
    ['ba', 16_000, 'ba'],
    ['uz', 24_000, 'uz-cyrl'],
    ['mn', 30_000, 'mn'],
    ['tg', 18_000, 'tg'],
    ['kaa', 10_000, 'kaa'],
    ['crh', 6_000, 'crh'],
    ['nog', 4_000, 'nog'],
    ['kum', 4_000, 'kum'],
    ['sah', 9_000, 'sah'],
    ['cv', 9_000, 'cv'],
    ['tyv', 6_000, 'tyv'],
    ['alt', 4_000, 'alt'],
  ] as const) {
    add('cyrillic', language, weight, files);
    add('cyrillic', language, Math.round(weight / 4), files, folded);
  }
  add('cyrillic', 'kaa', 2_500, 'kaa', respelled({ є: 'ә', ѳ: 'ө' }));
  add('cyrillic', 'az', 9_000, 'az', respelled(abc.AZ_CYRILLIC));
  add('cyrillic', 'tk', 8_000, 'tk', respelled(abc.TK_CYRILLIC));
  add('cyrillic', 'ug', 10_000, 'ug', respelled(abc.UG_CYRILLIC));
  add('cyrillic', 'ug', 2_500, 'ug', (text, random) =>
    respell(respell(text, abc.UG_CYRILLIC, random), abc.FOLDED, random),
  );

  add('latin', 'kk', 75_000, 'kk', (text, random) => respell(text, random.pick(kazakh.KK_LATIN), random));
  add('latin', 'kk', 12_000, 'kk-ascii-real', (text, random) => respell(text, random.pick(kazakh.KK_LATIN), random));
  add('latin', 'kk', 5_000, 'kk-latn-real');
  add('latin', 'ru', 75_000, 'ru', respelled(abc.RU_LATIN));
  add('latin', 'en', 32_000, 'en');
  for (const [language, weight, files] of [
    ['tr', 27_000, 'tr'],
    ['az', 21_000, 'az'],
    ['tk', 16_000, 'tk'],
  ] as const) {
    add('latin', language, weight, files);
    add('latin', language, Math.round(weight / 3), files, respelled(abc.LATIN_FOLDED));
  }
  add('latin', 'uz', 18_000, 'uz-latn');
  add('latin', 'uz', 10_000, 'uz-latn', respelled(abc.UZ_APOSTROPHES));
  add('latin', 'kaa', 7_000, 'kaa', respelled(abc.KAA_LATIN));
  add('latin', 'crh', 6_000, 'crh', respelled(abc.CRH_LATIN));
  add('latin', 'tt', 9_000, 'tt', respelled(abc.TT_LATIN));
  add('latin', 'ky', 9_000, 'ky', respelled(abc.KY_LATIN));
  add(
    'latin',
    'xx',
    34_000,
    'de x-fra x-spa x-ita x-por x-nld x-pol x-ces x-ron x-ind x-fin x-hun x-swe x-vie x-kur x-sqi sr2',
  );
  add('latin', 'xx', 2_000, 'sr sr2', respelled(abc.SR_LATIN));

  add('arabic', 'kk', 14_000, 'kk', kazakh.toToteJazu);
  add('arabic', 'ug', 9_000, 'ug');
  add('arabic', 'fa', 5_000, 'fa');
  add('arabic', 'ar', 5_000, 'ar');
  add('arabic', 'ur', 5_000, 'x-urd');
  return sources;
}

const LETTERS: Record<ModelScript, RegExp> = {
  cyrillic: /[\u0400-\u052f]/g,
  latin: /[a-z\u00df-\u024f\u1e00-\u1eff]/g,
  arabic: /[\u0620-\u06ff]/g,
};

/** The texts most of whose letters are of the script; all of them when no script is asked for. */
function inScript(texts: readonly string[], script: ModelScript | undefined): readonly string[] {
  if (script === undefined) return texts;
  return texts.filter((text) => (text.match(LETTERS[script])?.length ?? 0) * 2 > text.replaceAll(' ', '').length);
}

/** Some words in a row: one, two or three, up to eight, or up to sixteen, each as likely. */
export function snippet(text: string, random: Random): string {
  const words = text.split(' ');
  const draw = random.next();
  const length = draw < 0.2 ? 1 : draw < 0.45 ? random.between(2, 3) : draw < 0.75 ? random.between(4, 8) : 16;
  const from = Math.floor(random.next() * Math.max(1, words.length - length + 1));
  return words.slice(from, from + length).join(' ');
}

/** Words of three letters and more, without those seen once when there are enough: most of them are slips. */
function frequentWords(texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of text.split(' ')) if (word.length >= 3) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const frequent = [...counts].filter(([, count]) => count > 1).map(([word]) => word);
  return frequent.length > 8000 ? frequent : [...counts.keys()];
}

/** Only some letters of a spelling, as people who type half of them do. */
function partly(spelling: Spelling): Variant {
  return (text, random) =>
    respell(text, Object.fromEntries(Object.entries(spelling).filter(() => random.next() < 0.5)), random);
}

/** One slip of the finger: a letter dropped, doubled, or swapped with the next. */
function mistyped(text: string, random: Random): string {
  const at = Math.floor(random.next() * text.length);
  const letter = text[at] ?? '';
  const next = text[at + 1] ?? '';
  if (letter === ' ' || next === ' ' || text.length < 4) return text;
  const slip = random.pick(['', letter + letter, next]);
  return slip === next
    ? text.slice(0, at) + next + letter + text.slice(at + 2)
    : text.slice(0, at) + slip + text.slice(at + 1);
}
