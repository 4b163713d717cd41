/** What a unit of the normalised text is to a copy. */
export const FOLD = {
  /** Left out, as if it had not been typed: hyphens and apostrophes inside a word, the hard and the soft sign. */
  none: 0,
  space: 0x20,
} as const;

/**
 * The spellings of one text by different keyboards. Kazakh letters fall on the Russian ones typed in their place, Latin
 * letters on the Cyrillic ones they look like; what is not listed stays as it is. Digits stay: «5 дом» is not «7 дом».
 */
const SPELLINGS: Readonly<Record<string, string>> = {
  а: 'әa',
  в: 'b',
  г: 'ғ',
  е: 'ёeë',
  и: 'йіi',
  к: 'қk',
  м: 'm',
  н: 'ң',
  о: 'өoöó',
  р: 'p',
  с: 'c',
  т: 't',
  у: 'ұүy',
  х: 'һhx',
};

/** Where the Cyrillic letters leave {@link LETTER_BITS} free. */
const DIGITS = 0x10;

/** Normalised unit → the unit it is compared as. */
export const foldTable: Uint16Array = buildFoldTable();

/**
 * The low bits of a folded unit that it has in a shingle: five of them fit one 32-bit word. The letters of one script
 * differ in them, and from the digits and the space.
 */
export const LETTER_BITS = 6;

function buildFoldTable(): Uint16Array {
  const fold = new Uint16Array(65_536);
  for (let unit = 0; unit < 65_536; unit++) fold[unit] = unit;
  for (const [letter, spellings] of Object.entries(SPELLINGS)) {
    for (const spelling of spellings) fold[spelling.charCodeAt(0)] = letter.charCodeAt(0);
  }
  for (let digit = 0; digit < 10; digit++) fold[0x30 + digit] = DIGITS + digit;
  for (const dropped of "-'ъь") fold[dropped.charCodeAt(0)] = FOLD.none;
  return fold;
}
