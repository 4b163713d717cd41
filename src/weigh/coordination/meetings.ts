import type { WeighSettings } from '../settings.ts';

/** What a post is about: agencies, region and themes. */
export interface Matter {
  matter: string;
  region: string;
}

/** An account, and the matters it spoke on. Never leaves the process. */
export interface Speaker {
  author: bigint;
  matters: readonly Matter[];
}

/** Two matters of different regions, and how many accounts spoke on both. */
export interface Meeting {
  a: Matter;
  b: Matter;
  shared: number;
}

export interface Meetings {
  /** Of enough accounts to be looked at. */
  meetings: Meeting[];
  /** Pairs of matters that could have been one. */
  tests: number;
  /** On how many other matters the speakers on a matter spoke, all together. */
  elsewhere: ReadonlyMap<string, number>;
}

/**
 * Counts the accounts that meet again on matters of two regions, where hardly anyone lives in both. Neighbours meet again on the matters of
 * their own region; that says nothing.
 */
export function findMeetings(
  speakers: readonly Speaker[],
  { leastAccounts }: Pick<WeighSettings['amplification']['pools'], 'leastAccounts'>,
): Meetings {
  const sizes = new Map<string, number>();
  const elsewhere = new Map<string, number>();
  for (const { matters } of speakers) {
    for (const { matter } of matters) {
      sizes.set(matter, (sizes.get(matter) ?? 0) + 1);
      elsewhere.set(matter, (elsewhere.get(matter) ?? 0) + matters.length - 1);
    }
  }
  const known: Matter[] = [];
  const indexOf = new Map<string, number>();
  const shared = new Map<number, number>();
  /** Keys of pairs are first index × this + second. */
  const base = sizes.size;
  for (const { matters } of speakers) {
    const list = matters.filter(({ matter }) => (sizes.get(matter) ?? 0) >= leastAccounts);
    for (const [i, a] of list.entries()) {
      for (const b of list.slice(i + 1)) {
        if (a.region === b.region) continue;
        const [first, second] = [number(a), number(b)];
        const key = first < second ? first * base + second : second * base + first;
        shared.set(key, (shared.get(key) ?? 0) + 1);
      }
    }
  }
  const meetings: Meeting[] = [];
  for (const [key, count] of shared) {
    const [a, b] = [known[Math.floor(key / base)], known[key % base]];
    if (count >= leastAccounts && a !== undefined && b !== undefined) meetings.push({ a, b, shared: count });
  }
  return { meetings, tests: (known.length * (known.length - 1)) / 2, elsewhere };

  function number(matter: Matter): number {
    let index = indexOf.get(matter.matter);
    if (index === undefined) {
      index = known.push(matter) - 1;
      indexOf.set(matter.matter, index);
    }
    return index;
  }
}
