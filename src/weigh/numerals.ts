export type WordsLanguage = 'kk' | 'ru' | 'en';

/** The numerals with a point, and with a comma, made once: a signal holds a hundred. */
const TENTHS = Array.from({ length: 101 }, (_, i) => inBoth((i / 10).toFixed(1)));
const HUNDREDTHS = Array.from({ length: 101 }, (_, i) => inBoth((i / 100).toFixed(2)));

function inBoth(point: string): { point: string; comma: string } {
  return { point, comma: point.replace('.', ',') };
}

/** A number as read in a sentence: two digits below 10, whole above; decimal comma and spaces in Kazakh and Russian. */
export function numeral(value: number, language: WordsLanguage): string {
  if (value >= 0 && value < 10 && !Number.isInteger(value)) {
    const text = value >= 1 ? TENTHS[Math.round(10 * value)] : HUNDREDTHS[Math.round(100 * value)];
    return (language === 'en' ? text?.point : text?.comma) ?? '';
  }
  const text = `${Math.round(value)}`;
  return value < 1000 ? text : text.replace(THOUSANDS, language === 'en' ? ',' : '\u00a0');
}

const THOUSANDS = /\B(?=(?:\d{3})+$)/g;

/** A share as a whole percentage, with its sign. */
export function percent(share: number): string {
  return `${Math.round(100 * share)}\u00a0%`;
}

export function range({ low, high }: { low: number; high: number }, language: WordsLanguage): string {
  return `${numeral(low, language)}–${numeral(high, language)}`;
}
