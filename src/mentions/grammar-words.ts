/** The closed word classes that the rules of resolution read. Patterns are written as in the lists. */
import { CUE } from './entries.ts';

/** Words for the bodies that every region has, and the levels of the rows that stand for them. */
export interface Role {
  name: string;
  kk: string;
  ru: string;
  en: string;
  /** Level of the rows of whole regions. */
  region: string;
  /** Level of the rows of single cities, or none. */
  city: string;
}

export const ROLES: readonly Role[] = [
  {
    name: 'akimat',
    kk: 'әкімдік|әкім|әкімқара|әкмдік|әкимдік',
    ru: 'акимат|аким|горакимат|райакимат|сельакимат|градоначальник|акимша|окимат|акмиат|замакима|вице-аким|зам акима|заместитель акима',
    en: 'akimat|akim|mayor',
    region: 'akimat_region',
    city: 'akimat_city',
  },
  {
    // Of the region also beside the name of its city: «Карагандинский облакимат», «Қарағанды облыстық әкімдігі».
    name: 'akimat',
    kk: 'облыс әкімдігі|облыс әкімі|облыстық әкімдік|облыстық әкім',
    ru: 'облакимат|областной акимат|акимат области|аким области|областной аким',
    en: '',
    region: 'akimat_region',
    city: '',
  },
  {
    name: 'maslikhat',
    kk: 'мәслихат|мәслихат депутаты|маслихат депутаты',
    ru: 'маслихат|депутат маслихата|депутаты маслихата|облмаслихат|гормаслихат|депутат городского маслихата|депутат областного маслихата|депутат районного маслихата',
    en: 'maslikhat',
    region: 'maslikhat',
    city: '',
  },
];

export const CUE_WORDS: readonly { cue: number; kk: string; ru: string; en: string }[] = [
  { cue: CUE.country, kk: '^ҚР|Қазақстан|Республика', ru: '^РК|Казахстан|=республики|казахстанский', en: 'Kazakhstan' },
  {
    cue: CUE.placeKind,
    kk: 'облыс|қала|аудан|ауыл|облыстық|қалалық|аудандық|кент|ықшамаудан|мөлтекаудан|өңір',
    ru: 'область|обл|город|=г|район|=р|=н|село|поселок|посёлок|аул|микрорайон|=мкр|мкрн|областной|городской|районный|сельский|округ',
    en: 'city|region|district|of|the|oblast',
  },
  { cue: CUE.district, kk: 'аудан|аудандық|ауд', ru: 'район|=р|=н|районный|=ауд', en: 'district' },
  { cue: CUE.city, kk: 'қала|қалалық', ru: 'город|=г|городской', en: 'city' },
  { cue: CUE.street, kk: 'көше|даңғыл', ru: 'улица|=ул|проспект|=пр|переулок', en: 'street|avenue' },
  {
    cue: CUE.call,
    kk: 'хабарлас*|қоңырау*|телефон*|шақыр*|звонда*|нөмір|желі|оператор*|диспетчер*|арызда*|айтты|жауап|сұрай*',
    ru: 'звон*|позвон*|дозвон*|набра*|набир*|вызва*|вызов*|вызыв*|номер|линия|оператор*|диспетчер*|телефон*|заявк*|обращ*|жалоб*|приех*|трубк*|ответ*|звякн*',
    en: 'call*|dial*|phone*|operator*|hotline',
  },
  {
    cue: CUE.numbered,
    kk: 'маршрут|автобус|мектеп|үй|пәтер|кабинет|теңге|тенге|км|шақырым|кг|ықшамаудан|бап|бұйрық|балабақша|бөлме|адам|орын|күн|жыл|рет|дана|балл|аялдама',
    ru: 'маршрут|автобус|троллейбус|школа|дом|квартира|кабинет|=тенге|=тг|=км|=кг|=м|микрорайон|=мкр|статья|=ст|приказ|=ауд|садик|палата|человек|раз|штук|балл|место|страница|группа|=грн|рубль|=руб|процент|годы|день|дней',
    en: 'bus|route|school|house|tenge|people|days',
  },
  { cue: CUE.preposition, kk: '', ru: '=в|=во|=из|=под|=на|=по|=до|=от|=за|=около|=близ', en: 'in|from|near|at' },
  {
    cue: CUE.thanks,
    kk: 'рахмет*|рақмет*|алғыс*|риза*|жарайсың*|бәрекелді',
    ru: 'спасибо|благодар*|молодцы|молодец|респект|спасибочки',
    en: 'thanks|thank|grateful',
  },
  {
    cue: CUE.complaint,
    kk: 'жоқ|неге|қашан|емес|бірақ|қайда|әлі|өкінішті',
    ru: '=не|нет|почему|когда|где|зачем|но|сколько|опять|доколе|никто|никак*',
    en: 'not|no|why|when|but',
  },
  {
    cue: CUE.besideBefore,
    kk: '',
    ru: '=у|=возле|=около|=напротив|=перед|=мимо|=рядом|=недалеко|=вокруг|=вдоль',
    en: 'near|outside|beside|opposite',
  },
  {
    cue: CUE.besideAfter,
    kk: '=жанында|=жанындағы|=жанынан|=маңында|=маңындағы|=маңынан|=алдында|=алдындағы|=қасында|=қасындағы|=артында|=артындағы|=іргесінде|=іргесіндегі|=айналасында',
    ru: '',
    en: '',
  },
];

/** Words that a full stop follows without ending the sentence. */
export const ABBREVIATIONS = '=г|=обл|=р|=н|=ул|=мкр|=пр|=с|=пос|=им|=ст|=д|=қ|=ау|=көш|=даң';
