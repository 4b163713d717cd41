import { franc } from 'franc';

/** Unicode ranges whose letters name the language, or the commonest language of the script. */
const RANGES: readonly (readonly [from: number, to: number, language: string])[] = [
  [0x0370, 0x03ff, 'el'],
  [0x0530, 0x058f, 'hy'],
  [0x0590, 0x05ff, 'he'],
  [0x0e00, 0x0e7f, 'th'],
  [0x10a0, 0x10ff, 'ka'],
  [0x3040, 0x30ff, 'ja'],
  [0x1100, 0x11ff, 'ko'],
  [0xac00, 0xd7af, 'ko'],
];

const SHORT_CODES: Readonly<Record<string, string>> = {
  amh: 'am',
  arb: 'ar',
  ben: 'bn',
  ces: 'cs',
  cmn: 'zh',
  deu: 'de',
  ell: 'el',
  fin: 'fi',
  fra: 'fr',
  guj: 'gu',
  heb: 'he',
  hin: 'hi',
  hun: 'hu',
  hye: 'hy',
  ind: 'id',
  ita: 'it',
  jpn: 'ja',
  kan: 'kn',
  kat: 'ka',
  khm: 'km',
  kor: 'ko',
  kur: 'ku',
  lao: 'lo',
  lit: 'lt',
  mal: 'ml',
  mar: 'mr',
  mya: 'my',
  nep: 'ne',
  nld: 'nl',
  nob: 'no',
  pan: 'pa',
  pol: 'pl',
  por: 'pt',
  ron: 'ro',
  sin: 'si',
  slk: 'sk',
  slv: 'sl',
  spa: 'es',
  sqi: 'sq',
  srp: 'sr',
  swe: 'sv',
  tam: 'ta',
  tel: 'te',
  tha: 'th',
  urd: 'ur',
  vie: 'vi',
  bos: 'bs',
  hrv: 'hr',
  dan: 'da',
  est: 'et',
  lav: 'lv',
  cat: 'ca',
};

/** What a text may be in when the Latin model says only that it is none of its own languages. */
const LATIN_OTHERS = [
  'deu',
  'fra',
  'spa',
  'ita',
  'por',
  'nld',
  'pol',
  'ces',
  'ron',
  'ind',
  'fin',
  'hun',
  'swe',
  'vie',
  'sqi',
  'hrv',
  'dan',
  'nob',
  'slk',
  'slv',
  'est',
  'lit',
  'lav',
  'cat',
];

/** ISO 639-1 (else 639-3) code of the language of a text in a script without a model, when it can be told. */
export function foreignLanguage(text: string): string | undefined {
  let han = 0;
  for (let i = 0; i < text.length && i < 512; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x4e00 && unit <= 0x9fff) han++;
    const range = RANGES.find(([from, to]) => unit >= from && unit <= to);
    if (range) return range[2];
  }
  return han > 0 ? 'zh' : named(franc(text, { minLength: 2 }));
}

/** The same for a text in Latin letters that is in none of the languages the model knows. */
export function otherLatinLanguage(text: string): string | undefined {
  return named(franc(text, { minLength: 10, only: LATIN_OTHERS }));
}

function named(code: string): string | undefined {
  return code === 'und' ? undefined : (SHORT_CODES[code] ?? code);
}
