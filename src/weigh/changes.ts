import type { Facts } from './facts.ts';
import { poissonRate } from './intervals.ts';
import { judge } from './judge.ts';
import { numeral } from './numerals.ts';
import type { WeighSettings } from './settings.ts';
import type { Signal, VerdictLabel, Words } from './signal.ts';
import { appealStanding, excessOf } from './standing.ts';

type Change = Signal['verdict']['wouldChangeIf'][number];

/** A figure of the cell that time may change, and the words for it. */
interface Lever {
  /** What it is now; whole numbers from the next one on are tried. */
  now: (facts: Facts) => number;
  /** 1 to try larger figures, -1 smaller ones. */
  direction: 1 | -1;
  /** The facts, were the figure `value`. */
  withValue: (facts: Facts, value: number, settings: WeighSettings) => Facts;
  words: (facts: Facts, value: number) => Words;
}

/** What would change a verdict: for each figure worth watching, the nearest value at which the same rules give another label. */
export function changesOf(label: VerdictLabel, facts: Facts, settings: WeighSettings): Change[] {
  if (label === 'emergency') return [{ label: 'insufficient', text: NOT_CONFIRMED }];
  return WATCHED[label].flatMap((lever) => nearestChange(lever, label, facts, settings) ?? []);
}

/** Further away than this nothing is worth saying. */
const FURTHEST = 1_000_000;

function nearestChange(lever: Lever, label: VerdictLabel, facts: Facts, settings: WeighSettings): Change | undefined {
  const now = Math.floor(lever.now(facts));
  const labelAt = (steps: number) =>
    judge(lever.withValue(facts, now + lever.direction * steps, settings), settings).label;
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
  return { label: labelAt(high), text: lever.words(facts, now + lever.direction * high) };
}

function withAppeals(facts: Facts, recent: number, settings: WeighSettings): Facts {
  const appeals = { ...facts.appeals, recent, known: true };
  return { ...facts, appeals, standing: { ...facts.standing, ...appealStanding(appeals, facts.residents, settings) } };
}

const MORE_APPEALS: Lever = {
  direction: 1,
  now: ({ appeals }) => appeals.recent,
  withValue: withAppeals,
  words: ({ appeals: { recent, days } }, value) => ({
    kk: `соңғы ${days} күндегі ресми өтініштер саны ${numeral(value, 'kk')} болса (қазір: ${numeral(recent, 'kk')})`,
    ru: `если официальных обращений за последние ${days}\u00a0дн. будет ${numeral(value, 'ru')} (сейчас: ${numeral(recent, 'ru')})`,
    en: `if official appeals of the last ${days} days reached ${numeral(value, 'en')} (now ${numeral(recent, 'en')})`,
  }),
};

const FEWER_APPEALS: Lever = {
  direction: -1,
  now: ({ appeals }) => appeals.recent,
  withValue: withAppeals,
  words: ({ appeals: { recent, days } }, value) => ({
    kk: `соңғы ${days} күндегі ресми өтініштер саны ${numeral(value, 'kk')} ғана болса (қазір: ${numeral(recent, 'kk')})`,
    ru: `если официальных обращений за последние ${days}\u00a0дн. будет только ${numeral(value, 'ru')} (сейчас: ${numeral(recent, 'ru')})`,
    en: `if official appeals of the last ${days} days were only ${numeral(value, 'en')} (now ${numeral(recent, 'en')})`,
  }),
};

/** Further voices are taken to write once each, and as evenly over the strata as the rule asks for. */
const MORE_VOICES: Lever = {
  direction: 1,
  now: ({ effective }) => effective,
  withValue(facts, effective, settings) {
    const more = effective - facts.effective;
    const { voices, residents, representativeness } = facts;
    const heard = residents / 100_000;
    const weight = voices === 0 ? 1 : representativeness.rate.per100k / (voices / heard);
    const { low, high } = poissonRate(voices + more, heard / weight, settings.confidence);
    const said = facts.said + more;
    return {
      ...facts,
      posts: facts.posts + more,
      voices: voices + more,
      effective,
      evenness: effective / (voices + more),
      said,
      representativeness: {
        ...representativeness,
        index: Math.max(representativeness.index, settings.labels.broadIndex),
        rate: { per100k: (weight * (voices + more)) / heard, low, high },
      },
      standing: { ...facts.standing, excess: excessOf(said, facts.baseline, settings) },
    };
  },
  words: ({ effective }, value) => ({
    kk: `қала мен ауылдан, екі тілде жазатын тәуелсіз дауыстар саны ${numeral(value, 'kk')} болса (қазір: ${numeral(effective, 'kk')})`,
    ru: `если независимых голосов, из города и села и на обоих языках, будет ${numeral(value, 'ru')} (сейчас: ${numeral(effective, 'ru')})`,
    en: `if independent voices, of town and village and in both languages, reached ${numeral(value, 'en')} (now ${numeral(effective, 'en')})`,
  }),
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
