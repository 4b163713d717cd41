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

/** Normalised unit → the unit it is compared as. */
export const foldTable: Uint16Array = buildFoldTable();

/** Bits of a folded unit in a shingle. Five of them fit one 32-bit word, and the letters of an alphabet differ. */
export const CODE_BITS = 6;

/** Folded unit → what it is in a shingle. */
export const codeTable: Uint8Array = buildCodeTable();

/** The low bits part the letters of one script; digits stand where Cyrillic has no letter. */
function buildCodeTable(): Uint8Array {
  const code = new Uint8Array(65_536);
  for (let unit = 0; unit < 65_536; unit++) code[unit] = unit & (2 ** CODE_BITS - 1);
  for (const digit of '0123456789') code[digit.charCodeAt(0)] = digit.charCodeAt(0) - 0x20;
  return code;
}

function buildFoldTable(): Uint16Array {
  const fold = new Uint16Array(65_536);
  for (let unit = 0; unit < 65_536; unit++) fold[unit] = unit;
  for (const [letter, spellings] of Object.entries(SPELLINGS)) {
    for (const spelling of spellings) fold[spelling.charCodeAt(0)] = letter.charCodeAt(0);
  }
  for (const dropped of "-'ъь") fold[dropped.charCodeAt(0)] = FOLD.none;
  return fold;
}
