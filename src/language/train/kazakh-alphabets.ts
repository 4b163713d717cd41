import type { Random } from '../../random.ts';
import { LATIN_BASE, respell, type Spelling, spelling } from './spelling.ts';

/** The alphabet of 2021: ä ğ ı ñ ö ş ū ü. */
const KK_2021: Spelling = { ...LATIN_BASE, ...spelling('ч=ç,ch,tş|ш=ş|щ=ş|ә=ä|ғ=ğ|і=ı|ң=ñ|ө=ö|ұ=ū,ū,u|ү=ü') };

/** The alphabet of 2018: acutes, with sh and ch. */
const KK_2018: Spelling = { ...LATIN_BASE, ...spelling('и=ı|й=ı|у=ý|ә=á|ғ=ǵ|і=i|ң=ń|ө=ó|ү=ú|ұ=u') };

/** The alphabet of 2017: apostrophes. */
const KK_2017: Spelling = { ...LATIN_BASE, ...spelling(`и=i'|й=i'|у=y'|ч=c'|ш=s'|ә=a'|ғ=g'|і=i|ң=n'|ө=o'|ү=u'|ұ=u`) };

/** The Turkic alphabet of Kazakh Wikipedia and the diaspora: w, ï, ş, ç, dotless ı for ы. */
const KK_TURKIC: Spelling = {
  ...LATIN_BASE,
  ...spelling(`ё=yo|и=ï,ï,iy,i|й=y,y,ý|у=w,w,uw,v|х=x,h|ц=c,ts|ч=ç|ш=ş|щ=şç|ы=ı|э=é,e|ю=yu|я=ya|ә=ä,ä,e|ғ=ğ|і=i|ң=ñ,ñ,ń|ө=ö|
ү=ü|ұ=u`),
};

/** What people type on an English keyboard. */
const KK_INFORMAL: Spelling = {
  ...LATIN_BASE,
  ...spelling(`в=v,v,w|ж=zh,j,j,g|и=i,i,y,ii|й=i,y,j,i|у=u,u,w,y,uu|х=h,kh,x|һ=h,|ч=ch,4,c|ш=sh,sh,w,s,6|ы=y,i,y,u|ю=yu,iu,ju|
я=ya,ia,ja|қ=k,k,q,kh,h|ә=a,a,e,ae|ғ=g,g,gh,h|ң=n,n,ng|ө=o,o,u|ұ=u,u,y,o|ү=u,u,y|і=i,i,y,e|дж=dzh,j`),
};

/** Diacritics drawn from everywhere: phone keyboards of other languages, half-remembered alphabets. */
const KK_CHAT: Spelling = {
  ...KK_INFORMAL,
  ...spelling(`и=i,í,ı,ï|ш=sh,ş,w,š|ы=y,ı,i,ý|қ=q,k,ķ,q|ә=ä,á,a,ə,â,e|ғ=ğ,ģ,ǵ,g,g|ң=ñ,ń,n,ng,ņ|ө=ö,ó,õ,o|ұ=ū,u,ú,û,ü|ү=ü,ú,u,ū|
і=i,ı,í,і`),
};

/** Latin spellings of Kazakh, the commoner ones more than once. */
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

const TOTE_JAZU: Spelling =
  spelling(`а=ا|ә=ا|б=ب|в=ۆ|г=گ|ғ=ع|д=د|е=ە|ё=يو|ж=ج|з=ز|и=ي,ىي|й=ي|к=ك|қ=ق|л=ل|м=م|н=ن|ң=ڭ|о=و|ө=و|п=پ|р=ر|с=س|т=ت|у=ۋ|ұ=ۇ|
ү=ۇ|ф=ف|х=ح|һ=ھ|ц=تس|ч=چ|ш=ش|щ=شش|ъ=|ы=ى|і=ى|ь=|э=ە|ю=يۋ|я=يا`);

/** Tote jazu typed on an Arabic or Persian keyboard. */
const TOTE_JAZU_LOOSE: Spelling = { ...TOTE_JAZU, ...spelling('г=گ,ك|е=ه,ە,ە|й=ي,ی|к=ك,ک|у=ۋ,و|һ=ه|ы=ي,ى|і=ي,ى') };

/** Kazakh in the Arabic script; a front-vowel word without к, г, е takes a hamza before it. */
export function toToteJazu(text: string, random: Random): string {
  const loose = random.next() < 0.25;
  const noHamza = loose && random.next() < 0.5;
  return text
    .split(' ')
    .map((word) => {
      const written = respell(word, loose ? TOTE_JAZU_LOOSE : TOTE_JAZU, random);
      return !noHamza && /[әөүі]/.test(word) && !/[кге]/.test(word) ? `ٴ${written}` : written;
    })
    .join(' ');
}

/** Kazakh typed on a Russian keyboard. */
export const KK_FOLDED: Spelling = spelling('ә=а,а,а,э,я|ғ=г|қ=к|ң=н,н,н,нг|ө=о,о,о,у|ұ=у|ү=у|һ=х,х,г|і=и,и,и,и,ы,й');
