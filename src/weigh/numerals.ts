export type WordsLanguage = 'kk' | 'ru' | 'en';

/** A number as read in a sentence: two digits below 10, whole above; decimal comma and spaces in Kazakh and Russian. */
export function numeral(value: number, language: WordsLanguage): string {
  const digits = value >= 10 || Number.isInteger(value) ? 0 : value >= 1 ? 1 : 2;
  const text = digits === 0 ? `${Math.round(value)}` : value.toFixed(digits);
  if (value < 1000) return language === 'en' ? text : text.replace('.', ',');
  return text.replace(THOUSANDS, language === 'en' ? ',' : '\u00a0');
}

const THOUSANDS = /\B(?=(?:\d{3})+$)/g;

/** A share as a whole percentage, with its sign. */
export function percent(share: number): string {
  return `${Math.round(100 * share)}\u00a0%`;
}

export function range({ low, high }: { low: number; high: number }, language: WordsLanguage): string {
  return `${numeral(low, language)}–${numeral(high, language)}`;
}
