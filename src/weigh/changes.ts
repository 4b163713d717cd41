import type { Facts } from './facts.ts';
import { gammaRatio } from './intervals.ts';
import { isBroad } from './label.ts';
import { numeral } from './numerals.ts';
import type { WeighSettings } from './settings.ts';
import type { Signal, VerdictLabel, Words } from './signal.ts';
import { appealsToConfirm } from './standing.ts';

type Change = Signal['verdict']['wouldChangeIf'][number];

/** What would change a verdict: the nearest other label, and the figures it would take. */
export function changesOf(label: VerdictLabel, facts: Facts, settings: WeighSettings): Change[] {
  const broad = isBroad(facts, settings.labels);
  switch (label) {
    case 'emergency':
      return [{ label: 'insufficient', text: NOT_CONFIRMED }];
    case 'systemic':
      return [{ label: 'emerging', text: appealsBelow(facts, settings) }];
    case 'silent':
      return [{ label: 'systemic', text: voicesReach(facts, settings) }];
    case 'emerging':
      return [{ label: 'systemic', text: appealsReach(facts, settings) }];
    case 'amplified':
      return [
        {
          label: 'systemic',
          text: broad
            ? appealsReach(facts, settings)
            : both(voicesReach(facts, settings), appealsReach(facts, settings)),
        },
      ];
    case 'noise':
      return [{ label: broad ? 'emerging' : 'insufficient', text: statementsReach(facts, settings) }];
    case 'insufficient':
      return facts.agency === null && facts.theme === null
        ? []
        : [{ label: 'emerging', text: broad ? appealsReach(facts, settings) : voicesReach(facts, settings) }];
  }
}

const NOT_CONFIRMED: Words = {
  kk: '112 қызметі растамаса',
  ru: 'если служба 112 не подтвердит',
  en: 'if the emergency service (112) does not confirm it',
};

function appealsReach({ appeals }: Facts, settings: WeighSettings): Words {
  const needed = appealsToConfirm(appeals.expected, settings);
  const { days } = appeals;
  return {
    kk: `соңғы ${days} күндегі ресми өтініштер саны ${numeral(needed, 'kk')} болса (қазір: ${numeral(appeals.recent, 'kk')})`,
    ru: `если официальных обращений за последние ${days}\u00a0дн. будет ${numeral(needed, 'ru')} (сейчас: ${numeral(appeals.recent, 'ru')})`,
    en: `if official appeals of the last ${days} days reached ${numeral(needed, 'en')} (now ${numeral(appeals.recent, 'en')})`,
  };
}

function appealsBelow({ appeals }: Facts, settings: WeighSettings): Words {
  const needed = appealsToConfirm(appeals.expected, settings);
  const { days } = appeals;
  return {
    kk: `соңғы ${days} күндегі ресми өтініштер ${numeral(needed, 'kk')} санынан азайса (қазір: ${numeral(appeals.recent, 'kk')})`,
    ru: `если официальных обращений за последние ${days}\u00a0дн. станет меньше ${numeral(needed, 'ru')} (сейчас: ${numeral(appeals.recent, 'ru')})`,
    en: `if official appeals of the last ${days} days fell below ${numeral(needed, 'en')} (now ${numeral(appeals.recent, 'en')})`,
  };
}

function voicesReach({ effective, representativeness }: Facts, { labels }: WeighSettings): Words {
  if (effective >= labels.broadVoices) {
    const [needed, now] = [labels.broadIndex, representativeness.index];
    return {
      kk: `дауыстардың біркелкілігі ${numeral(needed, 'kk')} деңгейіне жетсе (қазір: ${numeral(now, 'kk')})`,
      ru: `если равномерность голосов достигнет ${numeral(needed, 'ru')} (сейчас: ${numeral(now, 'ru')})`,
      en: `if the evenness of the voices reached ${numeral(needed, 'en')} (now ${numeral(now, 'en')})`,
    };
  }
  const needed = Math.ceil(labels.broadVoices);
  return {
    kk: `тәуелсіз дауыстар саны ${numeral(needed, 'kk')} болса (қазір: ${numeral(effective, 'kk')})`,
    ru: `если независимых голосов будет ${numeral(needed, 'ru')} (сейчас: ${numeral(effective, 'ru')})`,
    en: `if independent voices reached ${numeral(needed, 'en')} (now ${numeral(effective, 'en')})`,
  };
}

function both(first: Words, second: Words): Words {
  const tail = { kk: second.kk, ru: second.ru.replace(/^если /, ''), en: second.en.replace(/^if /, '') };
  return {
    kk: `${first.kk} және ${tail.kk}`,
    ru: `${first.ru} и ${tail.ru}`,
    en: `${first.en} and ${tail.en}`,
  };
}

function statementsReach(facts: Facts, settings: WeighSettings): Words {
  if (facts.thanks > settings.labels.thanksAbove) {
    return {
      kk: 'жазбалардың көбі алғыс емес, шағым болса',
      ru: 'если большинство публикаций будет не благодарностью, а жалобой',
      en: 'if most of the posts complained instead of giving thanks',
    };
  }
  const needed = statementsAboveBaseline(facts.baseline, settings);
  return {
    kk: `пікірлер саны ${numeral(needed, 'kk')} болса (қазір: ${numeral(facts.said, 'kk')})`,
    ru: `если высказываний будет ${numeral(needed, 'ru')} (сейчас: ${numeral(facts.said, 'ru')})`,
    en: `if statements reached ${numeral(needed, 'en')} (now ${numeral(facts.said, 'en')})`,
  };
}

/** The least number of statements whose ratio to the baseline is not below the limit at its upper bound. */
function statementsAboveBaseline(baseline: Facts['baseline'], settings: WeighSettings): number {
  const usual = { events: baseline.statements, exposure: baseline.windows };
  const isAbove = (events: number) =>
    gammaRatio({ events, exposure: 1 }, usual, settings.baseline.prior, settings.confidence).high >=
    settings.baseline.quietBelow;
  let high = 1;
  while (!isAbove(high)) high *= 2;
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isAbove(middle)) high = middle;
    else low = middle;
  }
  return high;
}
