/**
 * The key space of the word automaton. Cyrillic is matched by its own letters, with the Kazakh ones folded to those a
 * Russian keyboard has (ә→а, қ→к, і→и …), because people type both. Every other script goes to a coarser space, where the
 * spellings of one sound meet: `akimdigi`, `äkımdıgı`, `ákimdigi` and `اكىمدىگى` have the same keys.
 */
export const KEY = {
  /** A separator: the word ends. */
  separator: 0,
  /** The first key of Cyrillic letters. */
  fine: 1,
  digit: 31,
  /** The first key of the coarse space. */
  coarse: 41,
  /** Number of keys a word may hold; the values below are only ever seen while a word is read. */
  count: 64,
  /** Dropped: an apostrophe, hamza. */
  skip: 64,
  /** A letter of another script: no pattern holds it. */
  other: 65,
  /** A hyphen: it parts words, but a suffix may follow it. */
  hyphen: 66,
} as const;

const FINE = 'абвгдежзийклмнопрстуфхцчшщыьюя';
const FOLDED: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
  ї: 'и',
  ё: 'е',
  э: 'е',
  є: 'е',
  ъ: 'ь',
  ґ: 'г',
  ў: 'у',
};

const COARSE = 'abvgdejziklmnoprstufh';
/** Keys of the sounds that Latin writes with two letters. */
const SH = KEY.coarse + COARSE.length;
const CH = SH + 1;

/** Latin letters with or without marks, and Arabic ones of tote jazu, by the coarse letter they stand for. */
const TO_COARSE: Readonly<Record<string, string>> = {
  a: 'aäáəаâاأإآ',
  b: 'bب',
  v: 'vۆ',
  g: 'gğǵگعغ',
  d: 'dد',
  e: 'eéەةě',
  j: 'jجژ',
  z: 'zز',
  i: 'iyıїíïìيىیئ',
  k: 'kqكقک',
  l: 'lل',
  m: 'mم',
  n: 'nñńŋنڭ',
  o: 'oöóوؤ',
  p: 'pپ',
  r: 'rر',
  s: 'sسص',
  t: 'tتط',
  u: 'uūüúwýۋۇۈ',
  f: 'fف',
  h: 'hxحھهخ',
};

/** Cyrillic letters by the coarse letters they are written with. */
const CYRILLIC_TO_COARSE: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'C',
  ч: 'C',
  ш: 'S',
  щ: 'S',
  ы: 'i',
  ь: '',
  ю: 'iu',
  я: 'ia',
};

const LETTER_S = coarseKey('s');
const LETTER_H = coarseKey('h');
const LETTER_T = coarseKey('t');
const LETTER_Z = coarseKey('z');
const LETTER_K = coarseKey('k');
const LETTER_G = coarseKey('g');
const LETTER_J = coarseKey('j');
const LETTER_I = coarseKey('i');

/** Key of every UTF-16 unit of normalised text. */
export const keyOf: Uint8Array = buildKeys();

/** Fine keys of vowels, which are the letters most often mistaken for one another. */
export const CYRILLIC_VOWELS: ReadonlySet<number> = new Set(
  [...'аеиоуы'].map((letter) => KEY.fine + FINE.indexOf(letter)),
);

/** Coarse keys of each fine key; none for the soft sign. */
const coarseOfFine: readonly (readonly number[])[] = [...FINE].map((letter) =>
  [...(CYRILLIC_TO_COARSE[letter] ?? '')].map(coarseKey),
);

function coarseKey(letter: string): number {
  if (letter === 'S') return SH;
  if (letter === 'C') return CH;
  return KEY.coarse + COARSE.indexOf(letter);
}

function buildKeys(): Uint8Array {
  const keys = new Uint8Array(65_536).fill(KEY.other);
  for (const [index, letter] of [...FINE].entries()) keys[letter.charCodeAt(0)] = KEY.fine + index;
  for (const [letter, plain] of Object.entries(FOLDED)) {
    keys[letter.charCodeAt(0)] = KEY.fine + FINE.indexOf(plain);
  }
  for (let digit = 0; digit < 10; digit++) keys[0x30 + digit] = KEY.digit + digit;
  for (const [letter, spellings] of Object.entries(TO_COARSE)) {
    for (const spelling of spellings) {
      const unit = spelling.charCodeAt(0);
      if (keys[unit] === KEY.other) keys[unit] = coarseKey(letter);
    }
  }
  for (const letter of 'şش') keys[letter.charCodeAt(0)] = SH;
  for (const letter of 'cçچ') keys[letter.charCodeAt(0)] = CH;
  for (const letter of "'ء") keys[letter.charCodeAt(0)] = KEY.skip;
  keys[0x20] = KEY.separator;
  keys[0x2d] = KEY.hyphen;
  return keys;
}

/**
 * Brings the keys of a Latin, Arabic or mixed word to the coarse space: two-letter spellings become one key (`sh`, `ch`,
 * `zh`, `kh`, `gh`; `c`, `ts` and `ch` are one), a row of `i` one `i` (`-ий`, `-ия`), Cyrillic letters their coarse ones. Reads
 * `keys[0 … length)`, writes `out` and returns its length. `out` must hold twice as many.
 */
export function coarsen(keys: Uint8Array, length: number, out: Uint8Array): number {
  let n = 0;
  for (let i = 0; i < length; i++) {
    const key = keys[i] ?? 0;
    if (key < KEY.digit) {
      for (const coarse of coarseOfFine[key - KEY.fine] ?? []) n = append(out, n, coarse);
    } else {
      n = append(out, n, key);
    }
  }
  return n;
}

function append(out: Uint8Array, n: number, key: number): number {
  const last = n > 0 ? (out[n - 1] ?? 0) : 0;
  if (key === LETTER_I && last === LETTER_I) return n;
  const joined = key === LETTER_H ? joinedWithH(last) : key === LETTER_S && last === LETTER_T ? CH : 0;
  if (joined > 0) {
    out[n - 1] = joined;
    return n;
  }
  out[n] = key;
  return n + 1;
}

function joinedWithH(last: number): number {
  if (last === LETTER_S) return SH;
  if (last === SH || last === CH) return last;
  if (last === LETTER_Z) return LETTER_J;
  if (last === LETTER_K) return LETTER_H;
  if (last === LETTER_G) return LETTER_G;
  return 0;
}

/** The keys of a word in its own script: letters that have none are dropped. For lists; the scanner reads {@link keyOf}. */
export function keysOfWord(word: string): Uint8Array {
  const keys = [];
  for (let i = 0; i < word.length; i++) {
    const key = keyOf[word.charCodeAt(i)] ?? KEY.other;
    if (key !== KEY.separator && key < KEY.count) keys.push(key);
  }
  const own = Uint8Array.from(keys);
  return own.some((key) => key >= KEY.coarse) ? coarseKeysOfWord(word) : own;
}

/** The keys that a word has when it is typed in Latin letters or in tote jazu. */
export function coarseKeysOfWord(word: string): Uint8Array {
  const keys = [];
  for (let i = 0; i < word.length; i++) {
    const key = keyOf[word.charCodeAt(i)] ?? KEY.other;
    if (key !== KEY.separator && key < KEY.count) keys.push(key);
  }
  const out = new Uint8Array(keys.length * 2);
  return out.slice(0, coarsen(Uint8Array.from(keys), keys.length, out));
}
