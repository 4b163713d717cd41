/** A stretch of time in which several accounts shared one object: a link, a post that is reposted, a text that is pasted. Never leaves the process. */
export interface Moment {
  object: string;
  /** Accounts, at least two. */
  size: number;
  /** Each once; none where the object has more sharers than are looked at. */
  accounts: readonly string[];
}

/** Two accounts by their numbers, the lesser first, with the number of their common objects and what these weigh. */
export interface Pair {
  a: number;
  b: number;
  objects: number;
  weight: number;
}

/** What a common object of so many sharers tells: 1/ln of their number, at least 2 (Adamic & Adar 2003). */
export function rarityOf(sharers: number): number {
  return 1 / Math.log(sharers);
}

/** An object, how many accounts share it together with others, and of each of its moments the accounts by their numbers. */
export interface SharedObject {
  object: string;
  sharers: number;
  moments: readonly (readonly number[])[];
}

/** Numbers the accounts, and gives the objects of at most so many sharers, the rarest first. An account counts as a sharer once for each moment. */
export function gather(
  moments: readonly Moment[],
  mostSharers: number,
): { accounts: string[]; objects: SharedObject[] } {
  const byObject = new Map<string, { object: string; sharers: number; moments: Moment[] }>();
  for (const moment of moments) {
    const { object, size } = moment;
    const known = byObject.get(object);
    if (known === undefined) byObject.set(object, { object, sharers: size, moments: [moment] });
    else {
      known.sharers += size;
      known.moments.push(moment);
    }
  }
  const rare = [...byObject.values()]
    .filter(({ sharers }) => sharers <= mostSharers)
    .sort((one, other) => one.sharers - other.sharers);
  const numbers = new Map<string, number>();
  const numberOf = (account: string): number => {
    let number = numbers.get(account);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(account, number);
    }
    return number;
  };
  const objects = rare.map(({ object, sharers, moments: own }) => ({
    object,
    sharers,
    moments: own.map(({ accounts }) => accounts.map(numberOf)),
  }));
  return { accounts: [...numbers.keys()], objects };
}

/**
 * Weighs the pairs of accounts that were in one moment of an object. An object counts once for a pair, however often both share it.
 *
 * @param acts of each account: with a single one it can have no second object in common with anybody, and is left out
 */
export function weighPairs(objects: readonly SharedObject[], acts: readonly number[]): Pair[] {
  /** By first account × number of accounts + second. */
  const pairs = new Map<number, Pair>();
  for (const { sharers, moments } of objects) {
    const rarity = rarityOf(sharers);
    const seen = new Set<number>();
    for (const together of moments) {
      const busy = together.filter((account) => (acts[account] ?? 0) > 1).sort((a, b) => a - b);
      for (const [i, a] of busy.entries()) {
        for (let j = i + 1; j < busy.length; j++) {
          const b = busy[j] ?? a;
          const key = a * acts.length + b;
          if (seen.has(key)) continue;
          if (moments.length > 1) seen.add(key);
          const pair = pairs.get(key);
          if (pair === undefined) pairs.set(key, { a, b, objects: 1, weight: rarity });
          else {
            pair.objects++;
            pair.weight += rarity;
          }
        }
      }
    }
  }
  return [...pairs.values()];
}
