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
  /** Written in capitals in the list: read out letter by letter, so that it takes any suffix and no other change. */
  abbreviation: boolean;
  /** A name: begins with a capital letter in the text. */
  name: boolean;
}

/** A pattern: words that stand side by side, or two such phrases that stand near each other in one clause. */
export interface Pattern {
  source: string;
  /** One phrase, or two where a `+` parts them: these stand in either order, up to a few words apart. */
  sides: readonly [PatternWord[]] | readonly [PatternWord[], PatternWord[]];
}

export interface PatternOptions {
  /** Words that begin with a capital letter do so in the text. */
  name?: boolean;
  /** Short abbreviations stand in capitals in the text: «МНЭ» and not «мне». */
  strict?: boolean;
}

/** Abbreviations up to this length are strict. */
const MAX_STRICT = 3;

/**
 * Reads one entry of a list: `акимат Караганды`, `^ОС РК`, `шұңқыр*`, `=вода`, `нет + воды`.
 *
 * Every word takes the endings of its language. `*` after a word lets anything follow, `=` before it forbids any ending,
 * `^` asks for capitals, `+` between two phrases lets them stand apart and in either order.
 *
 * @throws SalmaqError `SLM_LIST` for an entry without letters or digits, or with more than one `+`.
 */
export function parsePattern(source: string, language: PatternLanguage, options: PatternOptions = {}): Pattern {
  const [first = [], second, ...more] = source.split(/\s\+\s/).map((side) => wordsOf(side, language, options));
  if (more.length > 0) throw new SalmaqError('SLM_LIST', `"${source}" has more than one "+"`);
  if (first.length === 0 || second?.length === 0) throw new SalmaqError('SLM_LIST', `"${source}" lacks a word`);
  return { source, sides: second === undefined ? [first] : [first, second] };
}

function wordsOf(text: string, language: PatternLanguage, options: PatternOptions): PatternWord[] {
  return (text.normalize('NFC').match(/[=^]?[\p{L}\p{N}]+(?:['’][\p{L}]+)*\*?/gu) ?? []).map((raw) => {
    const bare = raw.replace(/^[=^]|\*$/g, '');
    const abbreviation = /^[\p{Lu}\d]{2,6}$/u.test(bare) && /\p{Lu}/u.test(bare);
    return {
      text: bare.toLowerCase(),
      language,
      open: raw.endsWith('*'),
      exact: raw.startsWith('='),
      capitals: raw.startsWith('^') || (options.strict === true && abbreviation && bare.length <= MAX_STRICT),
      abbreviation,
      name: options.name === true && /^\p{Lu}/u.test(bare),
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
