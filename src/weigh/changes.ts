import type { Facts } from './facts.ts';
import type { Grounds } from './grounds.ts';
import { poissonRateLow } from './intervals.ts';
import { judge } from './judge.ts';
import { numeral, type WordsLanguage } from './numerals.ts';
import { inAll } from './sentences.ts';
import type { WeighSettings } from './settings.ts';
import type { Signal, VerdictLabel, Words } from './signal.ts';
import { appealBounds, excessOf } from './standing.ts';

type Change = Signal['verdict']['wouldChangeIf'][number];

/** A figure of the cell that time may change, and the words for it. */
interface Lever {
  /** What it is now; whole numbers from the next one on are tried. */
  now: (facts: Facts) => number;
  /** 1 to try larger figures, -1 smaller ones. */
  direction: 1 | -1;
  /** Sets the grounds to what they were, were the figure `value`. */
  set: (grounds: Grounds, value: number, facts: Facts, settings: WeighSettings) => void;
  words: (facts: Facts, value: number, language: WordsLanguage) => string;
}

/** What would change a verdict: for each figure worth watching, the nearest value at which the same rules give another label. */
export function changesOf(label: VerdictLabel, facts: Facts, grounds: Grounds, settings: WeighSettings): Change[] {
  if (label === 'emergency') return [{ label: 'insufficient', text: NOT_CONFIRMED }];
  return WATCHED[label].flatMap((lever) => nearestChange(lever, label, facts, { ...grounds }, settings) ?? []);
}

/** Further away than this nothing is worth saying. */
const FURTHEST = 1_000_000;

/** @param grounds are changed by it */
function nearestChange(
  lever: Lever,
  label: VerdictLabel,
  facts: Facts,
  grounds: Grounds,
  settings: WeighSettings,
): Change | undefined {
  const now = Math.floor(lever.now(facts));
  const labelAt = (steps: number) => {
    lever.set(grounds, now + lever.direction * steps, facts, settings);
    return judge(grounds, settings).label;
  };
  const furthest = lever.direction === 1 ? FURTHEST : now;
  let high = 1;
  while (high < furthest && labelAt(high) === label) high *= 2;
  high = Math.min(high, furthest);
  if (high <= 0 || labelAt(high) === label) return undefined;
  let low = 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (labelAt(middle) === label) low = middle;
    else high = middle;
  }
  return {
    label: labelAt(high),
    text: inAll((language) => lever.words(facts, now + lever.direction * high, language)),
  };
}

function setAppeals(grounds: Grounds, recent: number, facts: Facts, settings: WeighSettings): void {
  const { expected, days } = facts.appeals;
  const { appeals, appealsRateLow } = appealBounds({ recent, expected, days }, facts.residents, settings);
  grounds.appealsKnown = true;
  grounds.recentAppeals = recent;
  grounds.appeals = appeals.value;
  grounds.appealsLow = appeals.low;
  grounds.appealsRateLow = appealsRateLow;
}

const MORE_APPEALS: Lever = {
  direction: 1,
  now: ({ appeals }) => appeals.recent,
  set: setAppeals,
  words: ({ appeals: { recent, days } }, value, language) =>
    ({
      kk: `соңғы ${days} күндегі ресми өтініштер саны ${numeral(value, language)} болса (қазір: ${numeral(recent, language)})`,
      ru: `если официальных обращений за последние ${days}\u00a0дн. будет ${numeral(value, language)} (сейчас: ${numeral(recent, language)})`,
      en: `if official appeals of the last ${days} days reached ${numeral(value, language)} (now ${numeral(recent, language)})`,
    })[language],
};

const FEWER_APPEALS: Lever = {
  direction: -1,
  now: ({ appeals }) => appeals.recent,
  set: setAppeals,
  words: ({ appeals: { recent, days } }, value, language) =>
    ({
      kk: `соңғы ${days} күндегі ресми өтініштер саны ${numeral(value, language)} ғана болса (қазір: ${numeral(recent, language)})`,
      ru: `если официальных обращений за последние ${days}\u00a0дн. будет только ${numeral(value, language)} (сейчас: ${numeral(recent, language)})`,
      en: `if official appeals of the last ${days} days were only ${numeral(value, language)} (now ${numeral(recent, language)})`,
    })[language],
};

/** Further voices are taken to write once each, and as evenly over the strata as the rule asks for. */
const MORE_VOICES: Lever = {
  direction: 1,
  now: ({ effective }) => effective,
  set(grounds, effective, facts, settings) {
    const more = effective - facts.effective;
    const { residents, representativeness } = facts;
    const heard = residents / 100_000;
    const weight = facts.voices === 0 ? 1 : representativeness.rate.per100k / (facts.voices / heard);
    const voices = facts.voices + more;
    const excess = excessOf(facts.said + more, facts.baseline, settings);
    grounds.posts = facts.posts + more;
    grounds.voices = voices;
    grounds.effective = effective;
    grounds.evenness = effective / voices;
    grounds.index = Math.max(representativeness.index, settings.labels.broadIndex);
    grounds.rateLow = poissonRateLow(voices, heard / weight, settings.confidence);
    grounds.excess = excess?.value ?? null;
    grounds.excessHigh = excess?.high ?? null;
  },
  words: ({ effective }, value, language) =>
    ({
      kk: `қала мен ауылдан, екі тілде жазатын тәуелсіз дауыстар саны ${numeral(value, language)} болса (қазір: ${numeral(effective, language)})`,
      ru: `если независимых голосов, из города и села и на обоих языках, будет ${numeral(value, language)} (сейчас: ${numeral(effective, language)})`,
      en: `if independent voices, of town and village and in both languages, reached ${numeral(value, language)} (now ${numeral(effective, language)})`,
    })[language],
};

const WATCHED: Record<Exclude<VerdictLabel, 'emergency'>, readonly Lever[]> = {
  systemic: [FEWER_APPEALS],
  silent: [MORE_VOICES, FEWER_APPEALS],
  emerging: [MORE_APPEALS],
  amplified: [MORE_APPEALS],
  noise: [MORE_VOICES, MORE_APPEALS],
  insufficient: [MORE_VOICES, MORE_APPEALS],
};

const NOT_CONFIRMED: Words = {
  kk: '112 қызметі растамаса',
  ru: 'если служба 112 не подтвердит',
  en: 'if the emergency service (112) does not confirm it',
};
