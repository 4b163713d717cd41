import { SalmaqError } from '../errors.ts';

export type PatternLanguage = 'kk' | 'ru' | 'en';

/** One word of a pattern, as written in a list. */
export interface PatternWord {
  /** Lower case, without marks. */
  text: string;
  language: PatternLanguage;
  /** `word*`: anything may follow. */
  open: boolean;
  /** `=word`: this form only. */
  exact: boolean;
  /** `^WORD`: capitals only. */
  capitals: boolean;
  /** A name: begins with a capital letter in the text. */
  name: boolean;
}

/** A pattern: words that stand side by side, or two that stand near each other in one clause. */
export interface Pattern {
  source: string;
  words: PatternWord[];
  /** `word + word`: in either order, up to a few words apart. */
  near: boolean;
}

/**
 * Reads one entry of a list: `акимат Караганды`, `^ОС РК`, `шұңқыр*`, `=вода`, `нет + воды`.
 *
 * Every word takes the endings of its language. `*` after a word lets anything follow, `=` before it forbids any ending,
 * `^` asks for capitals, `+` between two words lets them stand apart and in either order.
 *
 * @throws SalmaqError `SLM_LIST` for an entry without letters or digits, or with more than one `+`.
 */
export function parsePattern(source: string, language: PatternLanguage, options: { name?: boolean } = {}): Pattern {
  const sides = source.split(/\s\+\s/);
  if (sides.length > 2) throw new SalmaqError('SLM_LIST', `"${source}" has more than one "+"`);
  const words = sides.flatMap((side) => wordsOf(side, language, options.name ?? false));
  if (words.length === 0) throw new SalmaqError('SLM_LIST', `"${source}" holds no word`);
  if (sides.length === 2 && words.length !== 2) {
    throw new SalmaqError('SLM_LIST', `"${source}": one word stands on each side of "+"`);
  }
  return { source, words, near: sides.length === 2 };
}

function wordsOf(text: string, language: PatternLanguage, name: boolean): PatternWord[] {
  return (text.normalize('NFC').match(/[=^]?[\p{L}\p{N}]+(?:['’][\p{L}]+)*\*?/gu) ?? []).map((raw) => {
    const bare = raw.replace(/^[=^]|\*$/g, '');
    return {
      text: bare.toLowerCase(),
      language,
      open: raw.endsWith('*'),
      exact: raw.startsWith('='),
      capitals: raw.startsWith('^'),
      name: name && /^\p{Lu}/u.test(bare),
    };
  });
}

/** The entries of a cell, parted by `|`. */
export function splitCell(cell: string): string[] {
  return cell
    .split('|')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

/** The language an entry of a mixed column is in: Kazakh when it has a letter only Kazakh has, English when it is Latin. */
export function guessLanguage(entry: string): PatternLanguage {
  if (/[әғқңөұүһі]/i.test(entry)) return 'kk';
  return /[а-яё]/i.test(entry) ? 'ru' : 'en';
}
