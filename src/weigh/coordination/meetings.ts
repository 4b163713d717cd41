import type { WeighSettings } from '../settings.ts';

/** An account, and the matters (agencies, region, themes) it spoke on. Never leaves the process. */
export interface Speaker {
  author: bigint;
  matters: readonly { matter: string; region: string; themes: readonly string[]; firstMs: number }[];
}

/** Those who spoke on a matter: all of them, or those who began within one stretch of time. */
export interface Occasion {
  matter: string;
  region: string;
  themes: readonly string[];
  /** Number of the stretch since 1970; null for all of them. */
  stretch: number | null;
  /** What accounts on this occasion did elsewhere: their other occasions of the same kind. */
  elsewhere: number;
}

/** Two occasions that have nothing to do with each other, and how many accounts were at both. */
export interface Meeting {
  a: Occasion;
  b: Occasion;
  shared: number;
}

export interface Meetings {
  /** Of enough accounts to be looked at. */
  meetings: Meeting[];
  /** Pairs of occasions that could have been one. */
  tests: number;
}

/**
 * Counts the accounts that meet again on matters that have nothing to do with each other. In two regions, where hardly anyone lives in both, at
 * any time; in one region, where neighbours meet again, only on other themes, where they began to speak within one stretch of
 * time on the one and, at least `apartMs` later, within one stretch on the other.
 */
export function findMeetings(
  speakers: readonly Speaker[],
  settings: WeighSettings['amplification']['pools'],
): Meetings {
  const occasions: Occasion[] = [];
  const attended = attendance(speakers, occasions, settings);
  const shared = new Map<number, number>();
  for (const list of attended) {
    for (const [i, a] of list.entries()) {
      for (let j = i + 1; j < list.length; j++) {
        const b = list[j] ?? a;
        const key = a < b ? a * occasions.length + b : b * occasions.length + a;
        const before = shared.get(key);
        if (before !== undefined) shared.set(key, before + 1);
        else if (areUnrelated(occasions[a], occasions[b], settings)) shared.set(key, 1);
      }
    }
  }
  const meetings: Meeting[] = [];
  for (const [key, count] of shared) {
    const [a, b] = [occasions[Math.floor(key / occasions.length)], occasions[key % occasions.length]];
    if (count >= settings.leastAccounts && a !== undefined && b !== undefined) meetings.push({ a, b, shared: count });
  }
  const whole = occasions.filter(({ stretch }) => stretch === null).length;
  return { meetings, tests: pairsOf(whole) + pairsOf(occasions.length - whole) };
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

/** Fills the occasions of at least `leastAccounts` speakers, and returns which of them each speaker was at. */
function attendance(
  speakers: readonly Speaker[],
  occasions: Occasion[],
  { stretchMs, leastAccounts }: WeighSettings['amplification']['pools'],
): number[][] {
  const sizes = new Map<string, number>();
  const names = speakers.map(({ matters }) =>
    matters.flatMap(({ matter, firstMs }) => [matter, `${matter} ${Math.floor(firstMs / stretchMs)}`]),
  );
  for (const list of names) for (const name of list) sizes.set(name, (sizes.get(name) ?? 0) + 1);

  const indexOf = new Map<string, number>();
  return speakers.map(({ matters }) => {
    const own = matters.flatMap(({ matter, region, themes, firstMs }) =>
      [null, Math.floor(firstMs / stretchMs)].flatMap((stretch) => {
        const name = stretch === null ? matter : `${matter} ${stretch}`;
        if ((sizes.get(name) ?? 0) < leastAccounts) return [];
        const index = indexOf.get(name) ?? occasions.length;
        if (index === occasions.length) {
          indexOf.set(name, index);
          occasions.push({ matter, region, themes, stretch, elsewhere: 0 });
        }
        const occasion = occasions[index];
        if (occasion !== undefined) occasion.elsewhere += matters.length - 1;
        return [index];
      }),
    );
    return own;
  });
}

function areUnrelated(
  a: Occasion | undefined,
  b: Occasion | undefined,
  { stretchMs, apartMs }: WeighSettings['amplification']['pools'],
): boolean {
  if (a === undefined || b === undefined) return false;
  if (a.stretch === null || b.stretch === null) return a.stretch === b.stretch && a.region !== b.region;
  if (a.region !== b.region || Math.abs(a.stretch - b.stretch) * stretchMs < apartMs) return false;
  return !a.themes.some((theme) => b.themes.includes(theme));
}
