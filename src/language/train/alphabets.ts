import { pick, type Random } from './random.ts';

/** How to write each letter (or group of letters) in another alphabet; several spellings are alternatives. */
export type Spelling = Readonly<Record<string, string | readonly string[]>>;

/**
 * Rewrites a lower-case text. The longest key that fits is taken; one alternative of each key is drawn for the whole
 * text, since a writer has habits. What no key covers stays.
 */
export function respell(text: string, spelling: Spelling, random: Random): string {
  const drawn = new Map<string, string>();
  let longest = 1;
  for (const [letters, written] of Object.entries(spelling)) {
    drawn.set(letters, typeof written === 'string' ? written : pick(written, random));
    longest = Math.max(longest, letters.length);
  }
  let out = '';
  for (let i = 0; i < text.length; ) {
    let taken = 0;
    for (let length = longest; length > 0 && taken === 0; length--) {
      const written = drawn.get(text.slice(i, i + length));
      if (written === undefined || i + length > text.length) continue;
      out += written;
      taken = length;
    }
    if (taken === 0) out += text[i];
    i += taken || 1;
  }
  return out;
}

const LATIN_BASE: Spelling = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: ['io', 'yo', 'e'],
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
  һ: 'h',
  ц: ['ts', 'c'],
  ч: 'ch',
  ш: 'sh',
  щ: ['sh', 'shch', 'şş'],
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: ['iu', 'yu'],
  я: ['ia', 'ya'],
  қ: 'q',
};

/** The alphabet of 2021: ä ğ ı ñ ö ş ū ü. */
const KK_2021: Spelling = {
  ...LATIN_BASE,
  ә: 'ä',
  ғ: 'ğ',
  і: 'ı',
  ң: 'ñ',
  ө: 'ö',
  ұ: ['ū', 'ū', 'u'],
  ү: 'ü',
  ш: 'ş',
  ч: ['ç', 'ch', 'tş'],
  щ: 'ş',
  һ: 'h',
};

/** The alphabet of 2018: acutes, with sh and ch. */
const KK_2018: Spelling = {
  ...LATIN_BASE,
  ә: 'á',
  ғ: 'ǵ',
  и: 'ı',
  й: 'ı',
  і: 'i',
  ң: 'ń',
  ө: 'ó',
  ү: 'ú',
  у: 'ý',
  ұ: 'u',
};

/** The alphabet of 2017: apostrophes. */
const KK_2017: Spelling = {
  ...LATIN_BASE,
  ә: "a'",
  ғ: "g'",
  и: "i'",
  й: "i'",
  і: 'i',
  ң: "n'",
  ө: "o'",
  ү: "u'",
  у: "y'",
  ұ: 'u',
  ш: "s'",
  ч: "c'",
};

/** The Turkic alphabet of Kazakh Wikipedia and the diaspora: w, ï, ş, ç, dotless ı for ы. */
const KK_TURKIC: Spelling = {
  ...LATIN_BASE,
  ә: ['ä', 'ä', 'e'],
  ғ: 'ğ',
  и: ['ï', 'ï', 'iy', 'i'],
  й: ['y', 'y', 'ý'],
  і: 'i',
  ң: ['ñ', 'ñ', 'ń'],
  ө: 'ö',
  ү: 'ü',
  у: ['w', 'w', 'uw', 'v'],
  ұ: 'u',
  ы: 'ı',
  ш: 'ş',
  ч: 'ç',
  щ: 'şç',
  х: ['x', 'h'],
  э: ['é', 'e'],
  ю: 'yu',
  я: 'ya',
  ё: 'yo',
  ц: ['c', 'ts'],
};

/** What people type on an English keyboard. */
const KK_INFORMAL: Spelling = {
  ...LATIN_BASE,
  ә: ['a', 'a', 'e', 'ae'],
  ғ: ['g', 'g', 'gh', 'h'],
  қ: ['k', 'k', 'q', 'kh', 'h'],
  ң: ['n', 'n', 'ng'],
  ө: ['o', 'o', 'u'],
  ұ: ['u', 'u', 'y', 'o'],
  ү: ['u', 'u', 'y'],
  і: ['i', 'i', 'y', 'e'],
  ы: ['y', 'i', 'y', 'u'],
  и: ['i', 'i', 'y', 'ii'],
  й: ['i', 'y', 'j', 'i'],
  у: ['u', 'u', 'w', 'y', 'uu'],
  ж: ['zh', 'j', 'j', 'g'],
  ш: ['sh', 'sh', 'w', 's', '6'],
  ч: ['ch', '4', 'c'],
  х: ['h', 'kh', 'x'],
  һ: ['h', ''],
  я: ['ya', 'ia', 'ja'],
  ю: ['yu', 'iu', 'ju'],
  в: ['v', 'v', 'w'],
  дж: ['dzh', 'j'],
};

/** Diacritics drawn from everywhere: phone keyboards of other languages, half-remembered alphabets. */
const KK_CHAT: Spelling = {
  ...KK_INFORMAL,
  ә: ['ä', 'á', 'a', 'ə', 'â', 'e'],
  ғ: ['ğ', 'ģ', 'ǵ', 'g', 'g'],
  қ: ['q', 'k', 'ķ', 'q'],
  ң: ['ñ', 'ń', 'n', 'ng', 'ņ'],
  ө: ['ö', 'ó', 'õ', 'o'],
  ұ: ['ū', 'u', 'ú', 'û', 'ü'],
  ү: ['ü', 'ú', 'u', 'ū'],
  і: ['i', 'ı', 'í', 'і'],
  ш: ['sh', 'ş', 'w', 'š'],
  ы: ['y', 'ı', 'i', 'ý'],
  и: ['i', 'í', 'ı', 'ï'],
};

export const KK_LATIN: readonly Spelling[] = [
  KK_2021,
  KK_2018,
  KK_2017,
  KK_TURKIC,
  KK_TURKIC,
  KK_INFORMAL,
  KK_INFORMAL,
  KK_INFORMAL,
  KK_CHAT,
];

/** Russian in Latin letters. */
export const RU_LATIN: Spelling = {
  ...LATIN_BASE,
  ё: ['yo', 'jo', 'io', 'e', 'o'],
  ж: ['zh', 'zh', 'j', 'g'],
  й: ['y', 'j', 'i', 'y'],
  х: ['h', 'kh', 'x'],
  ц: ['ts', 'c', 'c', 'tz'],
  ч: ['ch', 'ch', '4', 'c'],
  ш: ['sh', 'sh', 'w', 's'],
  щ: ['shch', 'sch', 'sh', 'shh', "sh'"],
  ъ: ["'", '', ''],
  ы: ['y', 'y', 'i', 'ii', 'u'],
  ь: ["'", '', ''],
  э: ['e', 'e', 'eh'],
  ю: ['yu', 'ju', 'iu', 'u'],
  я: ['ya', 'ja', 'ia', 'a'],
  в: ['v', 'v', 'v', 'w'],
  ий: ['iy', 'ij', 'ii', 'y', 'i'],
  ый: ['yy', 'yj', 'ii', 'y', 'iy'],
  кс: ['ks', 'x'],
  ' е': [' e', ' ye', ' je'],
};

const TOTE_JAZU: Spelling = {
  а: 'ا',
  ә: 'ا',
  б: 'ب',
  в: 'ۆ',
  г: 'گ',
  ғ: 'ع',
  д: 'د',
  е: 'ە',
  ё: 'يو',
  ж: 'ج',
  з: 'ز',
  и: ['ي', 'ىي'],
  й: 'ي',
  к: 'ك',
  қ: 'ق',
  л: 'ل',
  м: 'م',
  н: 'ن',
  ң: 'ڭ',
  о: 'و',
  ө: 'و',
  п: 'پ',
  р: 'ر',
  с: 'س',
  т: 'ت',
  у: 'ۋ',
  ұ: 'ۇ',
  ү: 'ۇ',
  ф: 'ف',
  х: 'ح',
  һ: 'ھ',
  ц: 'تس',
  ч: 'چ',
  ш: 'ش',
  щ: 'شش',
  ъ: '',
  ы: 'ى',
  і: 'ى',
  ь: '',
  э: 'ە',
  ю: 'يۋ',
  я: 'يا',
};

/** Tote jazu typed on an Arabic or Persian keyboard. */
const TOTE_JAZU_LOOSE: Spelling = {
  ...TOTE_JAZU,
  е: ['ه', 'ە', 'ە'],
  ы: ['ي', 'ى'],
  і: ['ي', 'ى'],
  г: ['گ', 'ك'],
  к: ['ك', 'ک'],
  һ: 'ه',
  у: ['ۋ', 'و'],
  й: ['ي', 'ی'],
};

/** Kazakh in the Arabic script; a front-vowel word without к, г, е takes a hamza before it. */
export function toToteJazu(text: string, random: Random): string {
  const loose = random() < 0.25;
  const noHamza = loose && random() < 0.5;
  return text
    .split(' ')
    .map((word) => {
      const written = respell(word, loose ? TOTE_JAZU_LOOSE : TOTE_JAZU, random);
      return !noHamza && /[әөүі]/.test(word) && !/[кге]/.test(word) ? `ٴ${written}` : written;
    })
    .join(' ');
}

export const AZ_CYRILLIC: Spelling = {
  a: 'а',
  b: 'б',
  c: 'ҹ',
  ç: 'ч',
  d: 'д',
  e: 'е',
  ə: 'ә',
  ǝ: 'ә',
  f: 'ф',
  g: 'ҝ',
  ğ: 'ғ',
  h: 'һ',
  x: 'х',
  ı: 'ы',
  i: 'и',
  j: 'ж',
  k: 'к',
  q: 'г',
  l: 'л',
  m: 'м',
  n: 'н',
  o: 'о',
  ö: 'ө',
  p: 'п',
  r: 'р',
  s: 'с',
  ş: 'ш',
  t: 'т',
  u: 'у',
  ü: 'ү',
  v: 'в',
  y: 'ј',
  z: 'з',
};

export const TK_CYRILLIC: Spelling = {
  a: 'а',
  b: 'б',
  ç: 'ч',
  d: 'д',
  e: 'е',
  ä: 'ә',
  f: 'ф',
  g: 'г',
  h: 'х',
  i: 'и',
  j: 'җ',
  ž: 'ж',
  k: 'к',
  l: 'л',
  m: 'м',
  n: 'н',
  ň: 'ң',
  o: 'о',
  ö: 'ө',
  p: 'п',
  r: 'р',
  s: 'с',
  ş: 'ш',
  t: 'т',
  u: 'у',
  ü: 'ү',
  w: 'в',
  y: 'ы',
  ý: 'й',
  z: 'з',
  ýa: 'я',
  ýu: 'ю',
  ýo: 'ё',
  ýe: 'е',
  ' e': ' э',
  ğ: 'г',
  ц: 'ц',
};

/** Uyghur as it is printed in Kazakhstan. */
export const UG_CYRILLIC: Spelling = {
  ا: 'а',
  ە: 'ә',
  ب: 'б',
  پ: 'п',
  ت: 'т',
  ج: 'җ',
  چ: 'ч',
  خ: 'х',
  د: 'д',
  ر: 'р',
  ز: 'з',
  ژ: 'ж',
  س: 'с',
  ش: 'ш',
  غ: 'ғ',
  ف: 'ф',
  ق: 'қ',
  ك: 'к',
  گ: 'г',
  ڭ: 'ң',
  ل: 'л',
  م: 'м',
  ن: 'н',
  ھ: 'һ',
  و: 'о',
  ۇ: 'у',
  ۆ: 'ө',
  ۈ: 'ү',
  ۋ: 'в',
  ې: 'е',
  ى: 'и',
  ي: 'й',
  ئ: '',
  يا: 'я',
  يۇ: 'ю',
};

export const KAA_LATIN: Spelling = {
  ...LATIN_BASE,
  ә: 'á',
  є: 'á',
  ғ: 'ǵ',
  ы: 'ı',
  ң: 'ń',
  ө: 'ó',
  ѳ: 'ó',
  ү: 'ú',
  ў: 'w',
  ҳ: 'h',
  х: 'x',
  й: 'y',
  я: 'ya',
  ю: 'yu',
  ц: 'c',
};

export const CRH_LATIN: Spelling = {
  ...LATIN_BASE,
  къ: 'q',
  гъ: 'ğ',
  нъ: 'ñ',
  дж: 'c',
  ч: 'ç',
  ш: 'ş',
  ы: 'ı',
  й: 'y',
  ю: ['ü', 'yu'],
  ё: ['ö', 'yo'],
  я: ['â', 'ya'],
  щ: 'şç',
};

export const TT_LATIN: Spelling = {
  ...LATIN_BASE,
  ә: ['ä', 'ə', 'a'],
  ө: ['ö', 'o'],
  ү: ['ü', 'u'],
  җ: ['c', 'j'],
  ң: ['ñ', 'n'],
  ы: ['ı', 'y'],
  й: 'y',
  к: ['k', 'k', 'q'],
  г: ['g', 'g', 'ğ'],
  ш: ['ş', 'sh'],
  ч: ['ç', 'ch'],
  х: ['x', 'h'],
  в: ['w', 'v'],
  я: 'ya',
  ю: 'yu',
  ж: 'j',
};

export const KY_LATIN: Spelling = {
  ...LATIN_BASE,
  ж: ['j', 'zh', 'j'],
  ы: ['y', 'y', 'ı', 'i'],
  ө: ['o', 'o', 'ö'],
  ү: ['u', 'u', 'ü'],
  ң: ['n', 'ng', 'n', 'ñ'],
  й: ['y', 'i'],
  ш: ['sh', 'ş', 'sh'],
  ч: ['ch', 'ç', 'ch'],
  к: ['k', 'k', 'q'],
  х: ['h', 'kh'],
  я: 'ya',
  ю: 'yu',
};

export const SR_LATIN: Spelling = {
  ...LATIN_BASE,
  љ: 'lj',
  њ: 'nj',
  џ: 'dž',
  ђ: 'đ',
  ћ: 'ć',
  ч: 'č',
  ш: 'š',
  ж: 'ž',
  ц: 'c',
  х: 'h',
  ј: 'j',
};

/** Kazakh typed on a Russian keyboard. */
export const KK_FOLDED: Spelling = {
  ә: ['а', 'а', 'а', 'э', 'я'],
  ғ: 'г',
  қ: 'к',
  ң: ['н', 'н', 'н', 'нг'],
  ө: ['о', 'о', 'о', 'у'],
  ұ: 'у',
  ү: 'у',
  һ: ['х', 'х', 'г'],
  і: ['и', 'и', 'и', 'и', 'ы', 'й'],
};

/** A neighbour typed on a Russian keyboard. */
export const FOLDED: Spelling = {
  ә: ['а', 'а', 'э'],
  є: 'а',
  ғ: 'г',
  ҡ: 'к',
  қ: 'к',
  ң: 'н',
  ҥ: 'н',
  ө: 'о',
  ѳ: 'о',
  ӧ: 'о',
  ү: 'у',
  ұ: 'у',
  ӱ: 'у',
  һ: 'х',
  ҳ: 'х',
  ҙ: ['з', 'д'],
  ҫ: 'с',
  ў: 'у',
  ҷ: ['ч', 'дж'],
  җ: 'ж',
  ҝ: 'г',
  ҹ: 'дж',
  ӣ: 'и',
  ӯ: 'у',
  і: 'и',
  ї: 'и',
  ҕ: 'г',
  ҥг: 'нг',
  ӑ: 'а',
  ӗ: 'е',
  ј: 'й',
};

/** The same, only for the letters that Kazakh has too. */
export const FOLDED_SHARED: Spelling = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ү: 'у', ұ: 'у', һ: 'х', і: 'и' };

/** A Latin-script neighbour typed without diacritics. */
export const LATIN_FOLDED: Spelling = {
  ə: 'e',
  ǝ: 'e',
  ı: 'i',
  ş: ['s', 'sh', 's'],
  ç: ['c', 'ch', 'c'],
  ğ: 'g',
  ö: 'o',
  ü: 'u',
  ä: 'a',
  ň: 'n',
  ý: 'y',
  ž: 'j',
};

/** The ways Uzbek o‘ and g‘ get typed. */
export const UZ_APOSTROPHES: Spelling = {
  "o'": ["o'", "o'", 'o', 'ö', 'u'],
  "g'": ["g'", "g'", 'g', 'ğ'],
  "'": ["'", ''],
};
