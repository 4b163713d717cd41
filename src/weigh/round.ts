import type { Estimate } from '../reach/reach.ts';
import type { Stratum } from './breakdown.ts';
import type { Ratio } from './intervals.ts';
import type { Signal } from './signal.ts';

type Measures = Pick<Signal, 'voices' | 'reach' | 'amplification' | 'representativeness' | 'appeals'>;

/** Powers of ten that a double holds exactly. */
const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i);

/** Six significant digits: what a figure is worth, and the same bytes on every machine. */
export function round(value: number): number {
  if (Number.isInteger(value) && value < 1e6) return value;
  // A signal has thirty figures, and writing each as text to read it back would be a third of the weighing.
  const scale = value >= 1e-15 && value < 1e5 ? POWERS[5 - Math.floor(Math.log10(value))] : undefined;
  return scale === undefined ? Number.parseFloat(value.toPrecision(6)) : Math.round(value * scale) / scale;
}

/** The measures of a signal, rounded; shares held to 0 … 1. */
export function roundMeasures({ voices, reach, amplification, representativeness, appeals }: Measures): Measures {
  const { index, coverage, effectiveSample, designEffect, rate, worthRandomSample, strata } = representativeness;
  return {
    voices: {
      effective: round(voices.effective),
      hill1: round(voices.hill1 ?? 0),
      hhi: share(voices.hhi),
      gini: share(voices.gini),
      top10Share: share(voices.top10Share),
      distinct: voices.distinct ?? 0,
      atLeast: round(voices.atLeast ?? 0),
    },
    reach: { gross: Math.round(reach.gross), net: persons(reach.net) },
    amplification: {
      probability: share(amplification.probability),
      copyShare: share(amplification.copyShare),
      coordinatedShare: share(amplification.coordinatedShare),
    },
    representativeness: {
      index: share(index),
      coverage: share(coverage),
      effectiveSample: round(effectiveSample),
      designEffect: round(designEffect),
      rate: { per100k: round(rate.per100k), low: round(rate.low), high: round(rate.high) },
      worthRandomSample: {
        low: round(worthRandomSample.low),
        mid: round(worthRandomSample.mid),
        high: round(worthRandomSample.high),
      },
      ...(strata === undefined ? {} : { strata: strata.map(roundStratum) }),
    },
    appeals: {
      count: appeals.count,
      ratio: roundRatio(appeals.ratio),
      escalatedShare: share(appeals.escalatedShare ?? 0),
      templateShare: share(appeals.templateShare ?? 0),
      ...(appeals.leadDays === undefined ? {} : { leadDays: appeals.leadDays }),
    },
  };
}

/** The same of a stratum. */
export function roundStratum({ settlement, language, participation, partial, atMost }: Stratum): Stratum {
  return {
    settlement,
    language,
    ...(atMost === undefined ? {} : { atMost }),
    participation: round(participation),
    // Six digits of the size of what is said: a partial indicator may be below 0.
    partial: Math.sign(partial) * round(Math.abs(partial)) + 0,
  };
}

function share(value: number): number {
  return Math.min(1, Math.max(0, round(value)));
}

function persons({ low, mid, high }: Estimate): Estimate {
  return { low: Math.round(low), mid: Math.round(mid), high: Math.round(high) };
}

function roundRatio({ value, low, high }: Ratio): Ratio {
  return { value: round(value), low: round(low), high: round(high) };
}
