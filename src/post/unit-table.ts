/**
 * What a UTF-16 unit is to the normaliser. Letters and digits are the values from `letter` up; the scripts are bits, so
 * that the scripts of a word are the union of those of its letters.
 */
export const CLASS = {
  other: 0,
  space: 1,
  punctuation: 2,
  /** Hyphens and apostrophes, kept inside a word. */
  joiner: 3,
  combining: 4,
  /** Dropped without parting a word: zero-width signs, the soft hyphen, tatweel, Arabic vowel signs. */
  ignored: 5,
  letter: 8,
  digit: 8,
  latin: 16,
  cyrillic: 32,
  arabic: 64,
  /** Letters of any other script. */
  foreign: 128,
  mixedScripts: 16 | 32,
} as const;

/** Latin letters that look like a Cyrillic one, and the one meant. Lower case; `h`, `i` and `ə` are how Kazakh һ і ә get typed. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  h: 'һ',
  i: 'і',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
  ə: 'ә',
  ë: 'ё',
  ï: 'ї',
  ö: 'ө',
  ó: 'ө',
  ұ: 'ұ',
};

/** What looks otherwise as a capital: Latin `H` is typed for Н and `B` for В. */
const CAPITAL_LOOKALIKES: Readonly<Record<string, string>> = { b: 'в', h: 'н' };

/** The soft hyphen, tatweel, Arabic vowel signs, zero-width signs, variation selectors, the byte order mark. */
const IGNORED: readonly (readonly [number, number])[] = [
  [0xad, 0xad],
  [0x640, 0x640],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x200b, 0x200f],
  [0x2060, 0x2060],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
];

export interface UnitTable {
  /** Lower-case form of each unit. */
  lower: Uint16Array;
  /** {@link CLASS} of each unit. */
  classes: Uint8Array;
  /** What the normaliser asks of a letter or digit, all at once: `lower | class << CLASS_SHIFT | (is upper case) << 24`; else 0. */
  letters: Int32Array;
  /** The Cyrillic letter that a lower-case Latin one looks like, or 0. */
  lookalike: Uint16Array;
  /** The same for what was written as a capital, by its lower-case unit. */
  capitalLookalike: Uint16Array;
}

export const CLASS_SHIFT = 16;

/** The classes in the union of some {@link UnitTable.letters}. */
export function classesIn(entries: number): number {
  return (entries >>> CLASS_SHIFT) & 0xff;
}

/** (base unit << 16 | combining mark) → the composed unit, for what the canonical composition holds in one unit. */
export const COMPOSED = new Map<number, number>();

export const unitTable: UnitTable = buildUnitTable();

function buildUnitTable(): UnitTable {
  const lower = new Uint16Array(65_536);
  const classes = new Uint8Array(65_536);
  const lookalike = new Uint16Array(65_536);
  for (let unit = 0; unit < 65_536; unit++) {
    lower[unit] = unit;
    if (unit < 0x80) {
      classes[unit] = classOfAscii(unit);
      if (unit >= 0x41 && unit <= 0x5a) lower[unit] = unit + 32;
      continue;
    }
    if (unit >= 0xd800 && unit <= 0xf8ff) continue;
    const char = String.fromCharCode(unit);
    classes[unit] = classOf(unit, char);
    if ((classes[unit] ?? 0) < CLASS.letter) continue;
    const lowered = char.toLowerCase();
    lower[unit] = lowered.length === 1 ? lowered.charCodeAt(0) : unit;
  }
  // Kazakh dotless i of Latin alphabets lowers to itself; İ lowers to two units, of which the first is meant.
  lower[0x0130] = 0x69;
  for (const joiner of [0x2010, 0x2011]) lower[joiner] = 0x2d;
  for (const [latin, cyrillic] of Object.entries(LOOKALIKES)) {
    if (/\p{Script=Latin}/u.test(latin)) lookalike[latin.charCodeAt(0)] = cyrillic.charCodeAt(0);
  }
  const capitalLookalike = lookalike.slice();
  for (const [latin, cyrillic] of Object.entries(CAPITAL_LOOKALIKES)) {
    capitalLookalike[latin.charCodeAt(0)] = cyrillic.charCodeAt(0);
  }
  buildCompositions(classes);
  const letters = Int32Array.from(lower, (small, unit) => {
    const kind = classes[unit] ?? 0;
    return kind < CLASS.letter ? 0 : small | (kind << CLASS_SHIFT) | (small === unit ? 0 : 1 << 24);
  });
  return { lower, classes, letters, lookalike, capitalLookalike };
}

function classOfAscii(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return CLASS.digit;
  if ((unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a)) return CLASS.latin;
  if (unit === 0x20 || unit === 0x09) return CLASS.space;
  if (unit === 0x0a || unit === 0x0d) return CLASS.punctuation;
  if (unit === 0x2d || unit === 0x27) return CLASS.joiner;
  if ('.,;:!?()"[]{}'.includes(String.fromCharCode(unit))) return CLASS.punctuation;
  return CLASS.other;
}

function classOf(unit: number, char: string): number {
  if (IGNORED.some(([from, to]) => unit >= from && unit <= to)) return CLASS.ignored;
  if (unit === 0x2010 || unit === 0x2011 || /[\u2018\u2019\u02bb\u02bc\u02b9`]/.test(char)) return CLASS.joiner;
  if (/\p{Script=Latin}/u.test(char)) return CLASS.latin;
  if (/\p{M}/u.test(char)) return CLASS.combining;
  if (/\p{Script=Cyrillic}/u.test(char) && /\p{L}/u.test(char)) return CLASS.cyrillic;
  if (/\p{Script=Arabic}/u.test(char) && /\p{L}/u.test(char)) return CLASS.arabic;
  if (/\p{Nd}/u.test(char)) return CLASS.digit;
  if (/\p{L}/u.test(char)) return CLASS.foreign;
  if (/\p{Zs}/u.test(char)) return CLASS.space;
  if (/\p{P}|\p{Zl}|\p{Zp}/u.test(char)) return CLASS.punctuation;
  return CLASS.other;
}

function buildCompositions(classes: Uint8Array): void {
  for (let unit = 0xc0; unit < 0x2000; unit++) {
    if ((classes[unit] ?? 0) < CLASS.letter) continue;
    const parts = String.fromCharCode(unit).normalize('NFD');
    if (parts.length === 2) COMPOSED.set((parts.charCodeAt(0) << 16) | parts.charCodeAt(1), unit);
  }
}
