import type { Random } from '../../random.ts';
import type { Frame } from '../../weigh/frame.ts';
import { STRATA, strataOf } from '../../weigh/frame.ts';
import { DAY_MS, timestampOf } from '../period.ts';
import { type Region, regions } from '../regions.ts';
import { type Person, PLATFORM_SHARES, REGION_UNKNOWN } from '../society.ts';
import { drawHabits, type Habits } from '../spelling.ts';
import type { Tongue } from '../texts/voice.ts';
import type { Climate, Platform } from './climate.ts';
import { Urn } from './urn.ts';

/** One who writes. */
export interface Citizen extends Person {
  /** Index of the stratum among `STRATA`. */
  stratum: number;
  /** Writes for pay: no resident's voice. */
  hired: boolean;
}

/** Those of a region who always write, with how much. */
export type Regulars = Urn<Citizen>;

/** Regions by residents. */
export const anywhere = new Urn(regions.map((region) => [region, region.thousands] as const));

export interface Citizens {
  /** Somebody of a region who hardly ever writes; `odds` says how much likelier each stratum is than its size and habits make it. */
  meet(region: Region, odds: readonly number[], random: Random): Citizen;
  /** An account made for the purpose. */
  hire(region: Region, random: Random): Citizen;
  regularsOf(region: Region): Regulars;
  /** Shares of the strata among those `meet` finds. */
  writersOf(region: Region, odds: readonly number[]): number[];
  /** How likely residents of each stratum write, relative to the mean resident of the region. */
  participation(region: Region): readonly number[];
}

export const EVEN = [1, 1, 1, 1] as const;

/** A person's habits in a world where everything is spelt as it should be. */
const CLEAN: Habits = { script: 'standard', careless: false, slipRate: 0, emojiRate: 0 };

export interface CitizenSettings {
  frame: Frame;
  climate: Climate;
  /** How many persons in the country always write. */
  regulars: number;
  endMs: number;
  clean: boolean;
}

export function foundCitizens({ frame, climate, regulars, endMs, clean }: CitizenSettings, random: Random): Citizens {
  let born = 0;
  const habit = STRATA.map(
    ({ settlement, language }) =>
      (settlement === 'urban' ? climate.townFactor : 1) * (language === 'ru' ? climate.russianFactor : 1),
  );
  const writers = (region: Region, odds: readonly number[]) =>
    strataOf(frame, region.code).map((residents, i) => residents * (habit[i] ?? 1) * (odds[i] ?? 1));
  const meet = (region: Region, odds: readonly number[], dice: Random): Citizen => {
    const strata = writers(region, odds).map((weight, i) => [i, weight] as const);
    return bear(region, dice.weighted(strata), dice);
  };
  const bear = (region: Region, stratum: number, dice: Random): Citizen => {
    born++;
    const { settlement, language } = STRATA[stratum] ?? { settlement: 'urban', language: 'kk' };
    const other = language === 'kk' ? 'ru' : 'kk';
    const own = dice.chance(climate.otherTongueShare) ? other : language;
    const tongue: Tongue = dice.chance(climate.mixedShare) ? 'mixed' : own;
    return {
      id: `u${scramble(born)}`,
      platform: dice.weighted<Platform>(PLATFORM_SHARES),
      tongue,
      region,
      statesRegion: !dice.chance(REGION_UNKNOWN),
      settlement: dice.chance(climate.statesSettlement) ? settlement : undefined,
      followers: Math.min(300_000, Math.round(dice.logNormal(140, 1.3))),
      createdAt: dice.chance(0.3) ? timestampOf(endMs - dice.between(200, 4000) * DAY_MS) : undefined,
      verified: dice.chance(0.004),
      habits: clean ? CLEAN : drawHabits(dice),
      stratum,
      hired: false,
    };
  };
  const country = regions.reduce((sum, { code }) => sum + total(strataOf(frame, code)), 0);
  const known = new Map<string, Regulars>();

  return {
    meet,
    hire: (region, dice) => ({
      ...meet(region, EVEN, dice),
      statesRegion: dice.chance(0.35),
      settlement: undefined,
      followers: dice.between(3, 120),
      createdAt: dice.chance(0.6) ? timestampOf(endMs - dice.between(3, 120) * DAY_MS) : undefined,
      verified: false,
      hired: true,
    }),
    regularsOf(region) {
      const residents = total(strataOf(frame, region.code));
      const count = Math.max(5, Math.round((regulars * residents) / country));
      const found =
        known.get(region.code) ??
        new Urn(
          Array.from({ length: count }, (_, rank) => {
            const citizen = meet(region, EVEN, random);
            const followers = Math.min(300_000, Math.round(citizen.followers * random.logNormal(2, 0.8)));
            return [{ ...citizen, followers }, (rank + 1) ** -climate.steepness] as const;
          }),
        );
      known.set(region.code, found);
      return found;
    },
    writersOf(region, odds) {
      const weights = writers(region, odds);
      return weights.map((weight) => weight / total(weights));
    },
    participation(region) {
      const strata = strataOf(frame, region.code);
      const mean = strata.reduce((sum, residents, i) => sum + residents * (habit[i] ?? 1), 0) / total(strata);
      return habit.map((one) => one / mean);
    },
  };
}

export function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

/** A number without order for the `i`-th of something, 0 < i < 2^31 − 1: one to one, as that is a prime. */
export function scramble(i: number): number {
  return (i * 48_271) % 2_147_483_647;
}
