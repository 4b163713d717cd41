import { LATIN_BASE, type Spelling, spelling } from './spelling.ts';

/** Russian in Latin letters. */
export const RU_LATIN: Spelling = {
  ...LATIN_BASE,
  ...spelling(`в=v,v,v,w|ё=yo,jo,io,e,o|ж=zh,zh,j,g|й=y,j,i,y|х=h,kh,x|ц=ts,c,c,tz|ч=ch,ch,4,c|ш=sh,sh,w,s|
щ=shch,sch,sh,shh,sh'|ъ=',,|ы=y,y,i,ii,u|ь=',,|э=e,e,eh|ю=yu,ju,iu,u|я=ya,ja,ia,a|ий=iy,ij,ii,y,i|
ый=yy,yj,ii,y,iy|кс=ks,x| е= e, ye, je`),
};

export const AZ_CYRILLIC: Spelling =
  spelling(`a=а|b=б|c=ҹ|ç=ч|d=д|e=е|ə=ә|ǝ=ә|f=ф|g=ҝ|ğ=ғ|h=һ|x=х|ı=ы|i=и|j=ж|k=к|q=г|l=л|m=м|n=н|o=о|ö=ө|p=п|r=р|s=с|ş=ш|t=т|
u=у|ü=ү|v=в|y=ј|z=з`);

export const TK_CYRILLIC: Spelling =
  spelling(`a=а|b=б|ç=ч|d=д|e=е|ä=ә|f=ф|g=г|h=х|i=и|j=җ|ž=ж|k=к|l=л|m=м|n=н|ň=ң|o=о|ö=ө|p=п|r=р|s=с|ş=ш|t=т|u=у|ü=ү|w=в|y=ы|
ý=й|z=з|ýa=я|ýu=ю|ýo=ё|ýe=е| e= э|ğ=г|ц=ц`);

/** Uyghur as it is printed in Kazakhstan. */
export const UG_CYRILLIC: Spelling =
  spelling(`ا=а|ە=ә|ب=б|پ=п|ت=т|ج=җ|چ=ч|خ=х|د=д|ر=р|ز=з|ژ=ж|س=с|ش=ш|غ=ғ|ف=ф|ق=қ|ك=к|گ=г|ڭ=ң|ل=л|م=м|ن=н|ھ=һ|و=о|ۇ=у|ۆ=ө|ۈ=ү|
ۋ=в|ې=е|ى=и|ي=й|ئ=|يا=я|يۇ=ю`);

export const KAA_LATIN: Spelling = {
  ...LATIN_BASE,
  ...spelling('й=y|х=x|ц=c|ы=ı|ю=yu|я=ya|ә=á|є=á|ғ=ǵ|ң=ń|ө=ó|ѳ=ó|ү=ú|ў=w|ҳ=h'),
};

export const CRH_LATIN: Spelling = {
  ...LATIN_BASE,
  ...spelling('ё=ö,yo|й=y|ч=ç|ш=ş|щ=şç|ы=ı|ю=ü,yu|я=â,ya|къ=q|гъ=ğ|нъ=ñ|дж=c'),
};

export const TT_LATIN: Spelling = {
  ...LATIN_BASE,
  ...spelling('в=w,v|г=g,g,ğ|й=y|к=k,k,q|х=x,h|ч=ç,ch|ш=ş,sh|ы=ı,y|ю=yu|я=ya|ә=ä,ə,a|ө=ö,o|ү=ü,u|җ=c,j|ң=ñ,n'),
};

export const KY_LATIN: Spelling = {
  ...LATIN_BASE,
  ...spelling('ж=j,zh,j|й=y,i|к=k,k,q|х=h,kh|ч=ch,ç,ch|ш=sh,ş,sh|ы=y,y,ı,i|ю=yu|я=ya|ө=o,o,ö|ү=u,u,ü|ң=n,ng,n,ñ'),
};

export const SR_LATIN: Spelling = { ...LATIN_BASE, ...spelling('ж=ž|ц=c|ч=č|ш=š|љ=lj|њ=nj|џ=dž|ђ=đ|ћ=ć|ј=j') };

/** A neighbour typed on a Russian keyboard. */
export const FOLDED: Spelling =
  spelling(`ә=а,а,э|є=а|ғ=г|ҡ=к|қ=к|ң=н|ҥ=н|ө=о|ѳ=о|ӧ=о|ү=у|ұ=у|ӱ=у|һ=х|ҳ=х|ҙ=з,д|ҫ=с|ў=у|ҷ=ч,дж|җ=ж|ҝ=г|ҹ=дж|ӣ=и|ӯ=у|і=и|
ї=и|ҕ=г|ҥг=нг|ӑ=а|ӗ=е|ј=й`);

/** The same, only for the letters that Kazakh has too. */
export const FOLDED_SHARED: Spelling = spelling('ә=а|ғ=г|қ=к|ң=н|ө=о|ү=у|ұ=у|һ=х|і=и');

/** A Latin-script neighbour typed without diacritics. */
export const LATIN_FOLDED: Spelling = spelling('ə=e|ǝ=e|ı=i|ş=s,sh,s|ç=c,ch,c|ğ=g|ö=o|ü=u|ä=a|ň=n|ý=y|ž=j');

/** The ways Uzbek o‘ and g‘ get typed. */
export const UZ_APOSTROPHES: Spelling = spelling(`o'=o',o',o,ö,u|g'=g',g',g,ğ|'=',`);
