import type { Random } from '../../random.ts';
import { regions } from '../regions.ts';
import { anywhere, type Citizen, EVEN } from './citizens.ts';
import type { Stage } from './discussion.ts';
import { steady, Timeline } from './timeline.ts';
import { Urn } from './urn.ts';
import { type Utterance, utter } from './utterance.ts';

/** How chatter is spread: the part of it by newcomers, and how much more those talk who write most about issues. */
interface Spread {
  newcomers: number;
  garrulity: number;
}

/**
 * Everyday posts: by those who always write and by newcomers, so spread that the tenth of all writers who write most
 * write `topTenthShare` of all posts, or as near to it as this can bring it.
 *
 * @param said what is said already
 */
export function chat(count: number, said: readonly Utterance[], stage: Stage, random: Random): Utterance[] {
  const regulars = regions.flatMap((region) =>
    stage.citizens.regularsOf(region).items.map(([person, weight]) => ({ person, weight, people: region.thousands })),
  );
  const spread = spreadFor(count, said, regulars, stage.climate.topTenthShare);
  const newcomers = Math.round(count * spread.newcomers);
  const talkers = new Urn(regulars.map((one) => [one.person, talkOf(one, spread)] as const));
  const timeline = new Timeline({ fromMs: stage.startMs, toMs: stage.endMs }, steady(random));
  return Array.from({ length: count }, (_, i) => {
    const person = i < newcomers ? stage.citizens.meet(anywhere.draw(random), EVEN, random) : talkers.draw(random);
    return utter(undefined, person, timeline.draw(random), stage, random);
  });
}

interface Regular {
  person: Citizen;
  weight: number;
  /** Residents of the region. */
  people: number;
}

function talkOf({ weight, people }: Regular, { garrulity }: Spread): number {
  return weight ** garrulity * people;
}

/** Part of the posts that the tenth of persons who write most have, 0–1. */
export function topTenth(counts: readonly number[]): number {
  const sorted = Float64Array.from(counts).sort().reverse();
  const top = Math.max(1, Math.round(sorted.length / 10));
  const sum = (part: Float64Array) => part.reduce((total, one) => total + one, 0);
  return sorted.length === 0 ? 0 : sum(sorted.subarray(0, top)) / sum(sorted);
}

export function postsByPerson(said: readonly Utterance[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { person } of said) counts.set(person.id, (counts.get(person.id) ?? 0) + 1);
  return counts;
}

/** By bisection over one line of spreads, from newcomers only to the most garrulous only. */
function spreadFor(count: number, said: readonly Utterance[], regulars: readonly Regular[], wanted: number): Spread {
  const spreadAt = (at: number): Spread => ({ newcomers: Math.max(0, 1 - at), garrulity: Math.max(1, 4 * at - 3) });
  const shareWith = (spread: Spread) => {
    const counts = postsByPerson(said);
    const talk = regulars.map((one) => talkOf(one, spread));
    const all = talk.reduce((sum, one) => sum + one, 0);
    for (const [i, { person }] of regulars.entries()) {
      const more = (count * (1 - spread.newcomers) * (talk[i] ?? 0)) / all;
      if (more >= 0.5) counts.set(person.id, (counts.get(person.id) ?? 0) + more);
    }
    return topTenth([...counts.values(), ...Array.from({ length: Math.round(count * spread.newcomers) }, () => 1)]);
  };
  let [low, high] = [0, 2];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (shareWith(spreadAt(middle)) > wanted) high = middle;
    else low = middle;
  }
  return spreadAt(high);
}
