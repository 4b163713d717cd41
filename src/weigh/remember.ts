const MOST_REMEMBERED = 200_000;

/**
 * A function of two numbers that keeps its answers: cells of a country share few small counts. Forgets all of them when they are
 * too many, since most of those that are asked for again are soon there again.
 */
export function remember<T>(ask: (a: number, b: number) => T): (a: number, b: number) => T {
  const known = new Map<number, Map<number, T>>();
  // The first argument is mostly the one of the call before.
  let lastA = Number.NaN;
  let ofA = new Map<number, T>();
  let size = 0;
  return (a, b) => {
    if (a !== lastA) {
      ofA = known.get(a) ?? new Map();
      known.set(a, ofA);
      lastA = a;
    }
    const remembered = ofA.get(b);
    if (remembered !== undefined) return remembered;
    if (size >= MOST_REMEMBERED) {
      known.clear();
      ofA = new Map();
      known.set(a, ofA);
      size = 0;
    }
    const answer = ask(a, b);
    ofA.set(b, answer);
    size++;
    return answer;
  };
}
