import type { Lexicon } from './lexicon.ts';
import { nextNode, wordBit } from './phrase-table.ts';
import type { WordRecords } from './word-records.ts';

/** How many words apart the two sides of a `+` may stand. */
const NEAR = 4;
/** How many sides are remembered, and runs of sides: a power of two. */
const SIDES = 16;
/** How many integers a run of sides that end together takes, and which is which. */
const RUN = {
  size: 5,
  /** Where the sides stand in the pool of records; of one side alone its complement. */
  at: 0,
  count: 1,
  /** First and last word. */
  from: 2,
  to: 3,
  /** How many sides of the clause stand before. */
  before: 4,
} as const;

/** The last few sides of patterns with a `+` in a clause. What is remembered is bounded, so that each word costs the same. */
export class NearSides {
  /** What {@link find} found, in pairs: where its entries begin in the table of pairs, and its first word. */
  readonly found = new Int32Array(2 * SIDES);

  private readonly lexicon: Lexicon;
  private readonly records: WordRecords;
  private readonly near = new Int32Array(RUN.size * SIDES);
  private runs = 0;
  private count = 0;

  constructor(lexicon: Lexicon, records: WordRecords) {
    this.lexicon = lexicon;
    this.records = records;
  }

  /** A new clause. */
  forget(): void {
    this.runs = 0;
    this.count = 0;
  }

  /** Remembers sides that end together: as many from `at` in the pool on, or one alone, given as its complement. */
  keep(at: number, count: number, from: number, to: number): void {
    const { near } = this;
    const run = RUN.size * (this.runs & (SIDES - 1));
    near[run + RUN.at] = at;
    near[run + RUN.count] = count;
    near[run + RUN.from] = from;
    near[run + RUN.to] = to;
    near[run + RUN.before] = this.count;
    this.count += count;
    // Written without a branch, since nobody can foresee it.
    this.runs += -count >>> 31;
  }

  /** How many patterns a side makes that begins at word `from` and is the `own`-th to end where it does; the nearest first. */
  find(side: number, from: number, own: number): number {
    const { pairs, sidePartners } = this.lexicon;
    const { pool } = this.records;
    const { near, found, runs } = this;
    const partners = sidePartners[side] ?? 0;
    const oldest = this.count + own - SIDES;
    let count = 0;
    for (let r = runs - 1; r >= 0 && r >= runs - SIDES; r--) {
      const run = RUN.size * (r & (SIDES - 1));
      const before = near[run + RUN.before] ?? 0;
      const to = near[run + RUN.to] ?? 0;
      if (to >= from) continue;
      if (from - to > NEAR) return count;
      const at = near[run + RUN.at] ?? 0;
      for (let s = (near[run + RUN.count] ?? 0) - 1; s >= 0; s--) {
        if (before + s < oldest) return count;
        const other = at < 0 ? ~at : (pool[at + s] ?? 0);
        if ((partners & wordBit(other)) === 0) continue;
        const node = nextNode(pairs, pairs.fromRoot[Math.min(side, other)] ?? 0, Math.max(side, other));
        if (node === 0) continue;
        found[2 * count] = pairs.first[node] ?? 0;
        found[2 * count + 1] = near[run + RUN.from] ?? 0;
        count++;
      }
    }
    return count;
  }
}
