import type { Names } from './names.ts';
import { LABEL_WORDS } from './weigh/label-words.ts';
import { numeral, percent, range, type WordsLanguage } from './weigh/numerals.ts';
import type { Signal } from './weigh/signal.ts';

type Line = readonly [name: string, value: string];

/** A signal as a page for the terminal: the verdict, its evidence, its reasons, and what would change it. */
export function explainSignal(signal: Signal, names: Names, language: WordsLanguage): string {
  const { verdict, window } = signal;
  const words = HEADINGS[language];
  const step = verdict.reasons.find(({ code }) => code === 'next_step');
  const reasons = verdict.reasons.filter((reason) => reason !== step);
  return [
    titleOf(signal, names, language),
    `${window.from} – ${window.to}`,
    '',
    LABEL_WORDS[verdict.label][language],
    `${words.score}: ${percent(verdict.score)} (${words.rule} ${verdict.rule})`,
    '',
    words.evidence,
    ...aligned(evidenceOf(signal, language)),
    '',
    words.reasons,
    ...reasons.map(({ contribution, text }) => `  ${signed(contribution, language)}  ${text[language]}`),
    ...(verdict.wouldChangeIf.length === 0 ? [] : ['', words.changes]),
    ...verdict.wouldChangeIf.map(({ label, text }) => `  → ${LABEL_WORDS[label][language]}:\n    ${text[language]}`),
    ...(step === undefined ? [] : ['', `${words.next}: ${step.text[language]}`]),
  ].join('\n');
}

function titleOf({ agency, region, theme }: Signal, names: Names, language: WordsLanguage): string {
  const { unknown } = HEADINGS[language];
  return [
    agency === null ? unknown.agency : names.agency(agency, language),
    theme === null ? unknown.theme : names.theme(theme, language),
    region === null ? unknown.region : names.region(region, language),
  ].join(' · ');
}

function evidenceOf(signal: Signal, language: WordsLanguage): Line[] {
  const { volume, voices, reach, amplification, representativeness, appeals } = signal;
  const words = EVIDENCE[language];
  const number = (value: number) => numeral(value, language);
  const banded = (value: number, band: { low: number; high: number }) => `${number(value)} (${range(band, language)})`;
  return [
    [words.posts, number(volume.posts)],
    [words.statements, number(volume.statements)],
    [words.authors, number(volume.authors)],
    [words.voices, number(voices.effective)],
    [words.net, banded(reach.net.mid, reach.net)],
    [words.gross, number(reach.gross)],
    [words.rate, banded(representativeness.rate.per100k, representativeness.rate)],
    [words.index, number(representativeness.index)],
    [words.sample, banded(representativeness.worthRandomSample.mid, representativeness.worthRandomSample)],
    [words.copies, percent(amplification.copyShare)],
    [words.coordinated, percent(amplification.coordinatedShare)],
    [words.amplified, percent(amplification.probability)],
    [words.appeals, number(appeals.count)],
    [words.ratio, banded(appeals.ratio.value, appeals.ratio)],
  ];
}

function aligned(lines: readonly Line[]): string[] {
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`);
}

function signed(contribution: number, language: WordsLanguage): string {
  const text = Math.abs(contribution).toFixed(2);
  const sign = contribution < 0 ? '−' : contribution > 0 ? '+' : ' ';
  return `${sign}${language === 'en' ? text : text.replace('.', ',')}`;
}

const HEADINGS = {
  kk: {
    score: 'Артында көп адамға қатысты нақты мәселе тұру ықтималдығы',
    rule: 'ереже',
    evidence: 'Не белгілі (жақша ішінде 90\u00a0% аралық)',
    reasons: 'Неге бұлай (мүмкіндік логарифміне қосқан үлесі)',
    changes: 'Қорытындыны не өзгертер еді',
    next: 'Келесі қадам',
    unknown: { agency: 'орган анықталмаған', theme: 'тақырып анықталмаған', region: 'өңір анықталмаған' },
  },
  ru: {
    score: 'Вероятность, что за этим стоит реальная проблема многих людей',
    rule: 'правило',
    evidence: 'Что известно (в скобках 90\u00a0% интервал)',
    reasons: 'Почему так (вклад в логарифм шансов)',
    changes: 'Что изменило бы вывод',
    next: 'Следующий шаг',
    unknown: { agency: 'орган не установлен', theme: 'тема не установлена', region: 'регион не установлен' },
  },
  en: {
    score: 'Probability that a real problem of many people stands behind it',
    rule: 'rule',
    evidence: 'What is known (90\u00a0% interval in brackets)',
    reasons: 'Why (contribution to the log-odds)',
    changes: 'What would change the verdict',
    next: 'Next step',
    unknown: { agency: 'body not resolved', theme: 'theme not resolved', region: 'region not resolved' },
  },
} as const;

const EVIDENCE = {
  kk: {
    posts: 'жазбалар',
    statements: 'пікірлер (көшірмелерсіз)',
    authors: 'авторлар',
    voices: 'салмағы бойынша тәуелсіз дауыстар',
    net: 'көрген адамдар',
    gross: 'аудиториялар қосындысы (қиылысуымен)',
    rate: 'айтатындар, 100\u00a0000 тұрғынға',
    index: 'дауыстардың біркелкілігі (1 — толық)',
    sample: 'кездейсоқ сұралған адамдарға шаққанда, ең көбі',
    copies: 'көшірмелер үлесі',
    coordinated: 'үйлестірілген жазбалар үлесі',
    amplified: 'жасанды күшейту ықтималдығы',
    appeals: 'осы кезеңдегі ресми өтініштер',
    ratio: 'өтініштердің желіге қатынасы',
  },
  ru: {
    posts: 'публикации',
    statements: 'высказывания (без копий)',
    authors: 'авторы',
    voices: 'независимые голоса по весу',
    net: 'увидели, человек',
    gross: 'сумма аудиторий (с пересечениями)',
    rate: 'говорят об этом, на 100\u00a0000 жителей',
    index: 'равномерность голосов (1 — полная)',
    sample: 'равноценно случайному опросу, не более человек',
    copies: 'доля копий',
    coordinated: 'доля согласованных публикаций',
    amplified: 'вероятность искусственного усиления',
    appeals: 'официальные обращения за период',
    ratio: 'отношение обращений к соцсетям',
  },
  en: {
    posts: 'posts',
    statements: 'statements (without copies)',
    authors: 'authors',
    voices: 'effective voices',
    net: 'persons exposed',
    gross: 'sum of audiences (overlaps counted)',
    rate: 'residents who speak of it, per 100,000',
    index: 'evenness of the voices (1 is full)',
    sample: 'worth a random sample of at most, persons',
    copies: 'share of copies',
    coordinated: 'share of coordinated posts',
    amplified: 'probability of amplification',
    appeals: 'official appeals in the window',
    ratio: 'appeals against social media',
  },
} as const;
