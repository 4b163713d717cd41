const GRAM = 5;

/**
 * The wordings already used, by their character 5-grams: independent people say the same thing in other words, so what
 * comes too near to an earlier text is drawn again.
 */
export class Wordings {
  private readonly holders = new Map<string, number[]>();
  private readonly sizes: number[] = [];

  /** The greatest Jaccard similarity, 0–1, of this text with any added before. */
  nearest(text: string): number {
    const grams = gramsOf(text);
    const shared = new Map<number, number>();
    for (const gram of grams) {
      for (const holder of this.holders.get(gram) ?? []) shared.set(holder, (shared.get(holder) ?? 0) + 1);
    }
    let nearest = 0;
    for (const [holder, count] of shared) {
      nearest = Math.max(nearest, count / (grams.size + (this.sizes[holder] ?? 0) - count));
    }
    return nearest;
  }

  add(text: string): void {
    const grams = gramsOf(text);
    const holder = this.sizes.push(grams.size) - 1;
    for (const gram of grams) {
      const holders = this.holders.get(gram);
      if (holders === undefined) this.holders.set(gram, [holder]);
      else holders.push(holder);
    }
  }

  /** Draws until a wording is new enough, and adds it; after twelve draws the newest of them is taken. */
  drawNew(draw: () => string, mostSimilar = 0.45): string {
    let best = draw();
    let bestNearest = this.nearest(best);
    for (let attempt = 1; attempt < 12 && bestNearest >= mostSimilar; attempt++) {
      const other = draw();
      const nearest = this.nearest(other);
      if (nearest < bestNearest) [best, bestNearest] = [other, nearest];
    }
    this.add(best);
    return best;
  }
}

/** Character 5-grams of the letters and digits, case and marks apart. */
export function gramsOf(text: string): Set<string> {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const grams = new Set<string>();
  for (let i = 0; i + GRAM <= plain.length; i++) grams.add(plain.slice(i, i + GRAM));
  return grams;
}

/** Jaccard similarity of two texts' 5-grams, 0–1. */
export function similarity(a: string, b: string): number {
  const [gramsA, gramsB] = [gramsOf(a), gramsOf(b)];
  if (gramsA.size === 0 && gramsB.size === 0) return a === b ? 1 : 0;
  let shared = 0;
  for (const gram of gramsA) if (gramsB.has(gram)) shared++;
  return shared / (gramsA.size + gramsB.size - shared);
}
