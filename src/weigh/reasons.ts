import type { Facts } from './facts.ts';
import { numeral, percent, range, type WordsLanguage } from './numerals.ts';
import type { Contribution, ReasonCode } from './score.ts';
import { inAll } from './sentences.ts';
import type { Signal, VerdictLabel, Words } from './signal.ts';

type Reason = Signal['verdict']['reasons'][number];

/** Contributions smaller than this say nothing to a reader. */
const NEGLIGIBLE = 0.1;

/**
 * The reasons of a verdict, weightiest first, then what is missing, then the next step that the law leaves open: to verify, to compare,
 * to invite to file. A post is not an appeal.
 */
export function reasonsOf(label: VerdictLabel, contributions: readonly Contribution[], facts: Facts): Reason[] {
  const weighty = contributions
    .filter(({ contribution }) => Math.abs(contribution) >= NEGLIGIBLE)
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.code < b.code ? -1 : 1));
  const reasons: Reason[] = weighty.map(({ code, contribution }) => ({
    code,
    contribution: Math.round(100 * contribution) / 100,
    text: inAll((language) => REASONS[code](facts, language)),
  }));
  if (!facts.appeals.known) reasons.push({ code: 'appeals_unknown', contribution: 0, text: APPEALS_UNKNOWN });
  reasons.push({ code: 'next_step', contribution: 0, text: NEXT_STEPS[label] });
  return reasons;
}

type Writer = (facts: Facts, language: WordsLanguage) => string;

const REASONS: Record<ReasonCode, Writer> = {
  voices: ({ effective, statements, authors }, language) => {
    const [voices, said, by] = [
      numeral(effective, language),
      numeral(statements, language),
      numeral(authors, language),
    ];
    return {
      kk: `Салмағы бойынша тәуелсіз дауыс: ${voices} (пікір: ${said}, автор: ${by})`,
      ru: `Независимых голосов по весу: ${voices} (высказываний: ${said}, авторов: ${by})`,
      en: `Effective voices: ${voices} (statements: ${said}, authors: ${by})`,
    }[language];
  },
  rate: ({ representativeness: { rate } }, language) => {
    const [value, band] = [numeral(rate.per100k, language), range(rate, language)];
    return {
      kk: `Бұл туралы айтатындар 100\u00a0000 тұрғынға шаққанда: ${value} (90\u00a0% аралық: ${band})`,
      ru: `Говорят об этом на 100\u00a0000 жителей: ${value} (90\u00a0% интервал: ${band})`,
      en: `Residents who speak of it, per 100,000: ${value} (90\u00a0% interval: ${band})`,
    }[language];
  },
  copies: ({ amplification: { copyShare, coordinatedShare } }, language) =>
    ({
      kk: `Бұрын жарияланған мәтінді қайталайтын жазбалар: ${percent(copyShare)}; үйлестіріліп жарияланғаны: ${percent(coordinatedShare)}`,
      ru: `Повторяют уже опубликованный текст: ${percent(copyShare)} публикаций; размещены согласованно: ${percent(coordinatedShare)}`,
      en: `Posts that repeat an earlier text: ${percent(copyShare)}; published in concert: ${percent(coordinatedShare)}`,
    })[language],
  few_accounts: ({ top10Share }, language) =>
    ({
      kk: `Ең белсенді оннан бір автордың пікірлердегі үлесі: ${percent(top10Share)}`,
      ru: `Доля самой активной десятой части авторов в высказываниях: ${percent(top10Share)}`,
      en: `Share of the statements written by the loudest tenth of the authors: ${percent(top10Share)}`,
    })[language],
  outlets: ({ outlets }, language) =>
    ({
      kk: `БАҚ пен мемлекеттік органдардың беттеріндегі жазбалар: барлық пікірлердің ${percent(outlets)}`,
      ru: `На страницах СМИ и госорганов размещено ${percent(outlets)} от числа высказываний`,
      en: `On the pages of media outlets and state bodies: ${percent(outlets)} of the number of statements`,
    })[language],
  strata: ({ representativeness: { index, coverage } }, language) => {
    const [even, covered] = [numeral(index, language), percent(coverage)];
    return {
      kk: `Дауыстардың қала мен ауылға және тілге қарай біркелкілігі: ${even} (1 — толық), қамтылған тұрғындар: ${covered}`,
      ru: `Равномерность голосов по городу и селу и по языку: ${even} (1 — полная), охвачено жителей: ${covered}`,
      en: `Evenness of the voices over town, village and language: ${even} (1 is full); residents covered: ${covered}`,
    }[language];
  },
  appeals: ({ appeals, standing }, language) => {
    const [count, expected] = [numeral(appeals.recent, language), numeral(appeals.expected, language)];
    const [ratio, band] = [numeral(standing.appeals.value, language), range(standing.appeals, language)];
    const { days } = appeals;
    return {
      kk: `Соңғы ${days} күндегі ресми өтініштер: ${count}, күтілгені: ${expected} (қатынасы: ${ratio}; ${band})`,
      ru: `Официальных обращений за последние ${days}\u00a0дн.: ${count}, ожидалось: ${expected} (отношение: ${ratio}; ${band})`,
      en: `Official appeals in the last ${days} days: ${count}, expected: ${expected} (ratio: ${ratio}; ${band})`,
    }[language];
  },
  appeals_rate: ({ appeals, standing: { appealsRate } }, language) => {
    const [rate, band] = [numeral(appealsRate.value, language), range(appealsRate, language)];
    const recent = numeral(appeals.recent, language);
    return {
      kk: `Аптасына 100\u00a0000 тұрғынға шаққандағы ресми өтініштер: ${rate} (${band}; барлығы: ${recent})`,
      ru: `Официальных обращений на 100\u00a0000 жителей в неделю: ${rate} (${band}; всего: ${recent})`,
      en: `Official appeals per 100,000 residents and week: ${rate} (${band}; ${recent} in all)`,
    }[language];
  },
  baseline: ({ standing: { excess } }, language) => {
    const [ratio, band] = excess === null ? ['–', '–'] : [numeral(excess.value, language), range(excess, language)];
    return {
      kk: `Әдеттегі көлемге қатынасы: ${ratio} (${band})`,
      ru: `Отношение к обычному объёму: ${ratio} (${band})`,
      en: `Ratio to the usual volume: ${ratio} (${band})`,
    }[language];
  },
  thanks: ({ thanks }, language) =>
    ({
      kk: `Алғыс айтылған жазбалардың үлесі: ${percent(thanks)}`,
      ru: `Доля публикаций с благодарностью: ${percent(thanks)}`,
      en: `Share of the posts that give thanks: ${percent(thanks)}`,
    })[language],
  unaddressed: (_, language) =>
    ({
      kk: 'Мемлекеттік орган да, тақырып та аталмаған',
      ru: 'Не названы ни государственный орган, ни тема',
      en: 'Neither a state body nor a theme is named',
    })[language],
};

const APPEALS_UNKNOWN: Words = {
  kk: 'Салыстыратын ресми өтініштер жоқ: олар мәселені растамайды да, жоққа шығармайды да',
  ru: 'Нет официальных обращений для сравнения: они проблему не подтверждают и не опровергают',
  en: 'No official appeals to compare with: they neither confirm nor refute the problem',
};

const NEXT_STEPS: Record<VerdictLabel, Words> = {
  emergency: {
    kk: 'Тексерілмеген хабар. 112 қызметінен дереу нақтылаңыз',
    ru: 'Сообщение не проверено. Немедленно уточните в службе 112',
    en: 'Unverified. Check with the emergency service (112) at once',
  },
  systemic: {
    kk: 'Мәселені орнында тексеріп, ресми өтініштермен салыстырыңыз',
    ru: 'Проверьте проблему на месте и сопоставьте с официальными обращениями',
    en: 'Verify the problem on the spot and compare it with the official appeals',
  },
  silent: {
    kk: 'Бұл туралы желіде аз жазады, бірақ өтініштер көп: өтініштерді қарап, тұрғындарды өтініш беруге шақырыңыз',
    ru: 'В сети об этом пишут мало, но обращений много: изучите обращения и пригласите жителей подавать их',
    en: 'Little is written of it online, but appeals are many: study the appeals and invite residents to file theirs',
  },
  emerging: {
    kk: 'Тексеріңіз және мәселеге тап болғандарды ресми өтініш беруге шақырыңыз',
    ru: 'Проверьте и пригласите тех, кого это коснулось, подать официальное обращение',
    en: 'Verify, and invite those affected to file an official appeal',
  },
  amplified: {
    kk: 'Көшірмелер мен ең белсенді аккаунттарсыз не қалатынын тексеріңіз: жазба саны адам санын білдірмейді',
    ru: 'Проверьте, что остаётся без копий и самых активных аккаунтов: число публикаций не равно числу людей',
    en: 'Verify what remains without the copies and the loudest accounts: the number of posts is not a number of people',
  },
  noise: {
    kk: 'Әдеттегіден артық емес: бақылауды жалғастырыңыз',
    ru: 'Не выше обычного: продолжайте наблюдать',
    en: 'No more than usual: keep watching',
  },
  insufficient: {
    kk: 'Қорытынды жасауға дерек аз: ресми өтініштермен салыстырыңыз',
    ru: 'Данных для вывода мало: сопоставьте с официальными обращениями',
    en: 'Too little to judge by: compare with the official appeals',
  },
};
