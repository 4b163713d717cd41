import type { VerdictLabel, Words } from './signal.ts';

/** What a verdict says, as a sentence for a reader. None names anyone, and none asks for more than to verify. */
export const LABEL_WORDS: Record<VerdictLabel, Words> = {
  emergency: {
    kk: 'Өмірге қауіп туралы хабар, тексерілмеген',
    ru: 'Сообщение об угрозе жизни, не проверено',
    en: 'A report of danger to life, unverified',
  },
  systemic: {
    kk: 'Жүйелі мәселе: тәуелсіз дауыстар көп, ресми өтініштер растайды',
    ru: 'Системная проблема: независимых голосов много, официальные обращения подтверждают',
    en: 'A systemic problem: many independent voices, confirmed by official appeals',
  },
  silent: {
    kk: 'Үнсіз мәселе: өтініштер көп, ал желіде тыныш',
    ru: 'Тихая проблема: обращений много, а в сети тихо',
    en: 'A silent problem: many appeals, while social media are quiet',
  },
  emerging: {
    kk: 'Басталып келе жатқан мәселе: тәуелсіз дауыстар көп, өтініштер әлі анық емес',
    ru: 'Возникающая проблема: независимых голосов много, по обращениям пока не ясно',
    en: 'An emerging problem: many independent voices, appeals have not decided yet',
  },
  amplified: {
    kk: 'Салмағынан гөрі дауысы қатты: көлемі негізінен көшірмелерден, үйлестіруден немесе аз ғана аккаунттан',
    ru: 'Громче, чем весит: объём создан в основном копиями, согласованными публикациями или немногими аккаунтами',
    en: 'Louder than it weighs: mostly copies, coordinated posts or a few accounts',
  },
  noise: {
    kk: 'Әдеттегіден артық емес',
    ru: 'Не выше обычного',
    en: 'No more than usual',
  },
  insufficient: {
    kk: 'Қорытынды жасауға дерек аз',
    ru: 'Данных для вывода мало',
    en: 'Too little to judge by',
  },
};
