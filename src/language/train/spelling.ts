import type { Random } from '../../random.ts';

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
    drawn.set(letters, typeof written === 'string' ? written : random.pick(written));
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

/**
 * Reads the short form of a spelling: `letters=written,alternative|letters=written …`, line ends ignored.
 */
export function spelling(entries: string): Spelling {
  return Object.fromEntries(
    entries
      .replaceAll('\n', '')
      .split('|')
      .map((entry) => {
        const [letters = '', written = ''] = entry.split('=');
        return [letters, written.includes(',') ? written.split(',') : written];
      }),
  );
}

/** What the Latin spellings of Cyrillic have in common. */
export const LATIN_BASE: Spelling =
  spelling(`а=a|б=b|в=v|г=g|д=d|е=e|ё=io,yo,e|ж=j|з=z|и=i|й=i|к=k|л=l|м=m|н=n|о=o|п=p|р=r|с=s|т=t|у=u|ф=f|х=h|һ=h|ц=ts,c|
ч=ch|ш=sh|щ=sh,shch,şş|ъ=|ы=y|ь=|э=e|ю=iu,yu|я=ia,ya|қ=q`);
