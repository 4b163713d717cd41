import type { Lexicon } from './lexicon.ts';
import { FIRST_SIDE, nextNode } from './phrase-table.ts';

/** How many words apart the two sides of a `+` may stand. */
const NEAR = 4;
/** How many sides are remembered: a power of two. */
const SIDES = 16;

/**
 * Carries phrases on from word to word of a text and collects those that end: hits. What it remembers of the words before
 * is bounded, so that each word costs the same wherever it stands.
 */
export class PhraseWalk {
  /** Number of hits: entry, first and last word of each. */
  hits = 0;
  hitEntry = new Int32Array(1024);
  hitFrom = new Int32Array(1024);
  hitTo = new Int32Array(1024);

  private readonly lexicon: Lexicon;
  /** Phrases under way: node and first word of each. */
  private active = new Int32Array(512);
  private activeCount = 0;
  private nextActive = new Int32Array(512);
  private nextCount = 0;
  /** Which words can carry any of `active` on, and any of `nextActive`: bits `word mod 32`. */
  private onward = 0;
  private nextOnward = 0;
  /** The last few sides of patterns with a `+`: number, first and last word. */
  private readonly near = new Int32Array(3 * SIDES);
  private nearCount = 0;
  /** Bits `side mod 32` of the sides of this clause. */
  private nearSides = 0;

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
  }

  /** A new text. */
  restart(): void {
    this.hits = 0;
    this.breakOff();
  }

  /** A new clause: nothing reaches across. */
  breakOff(): void {
    this.activeCount = 0;
    this.onward = 0;
    this.nearCount = 0;
    this.nearSides = 0;
  }

  /** Whether a phrase under way may go on with any of these words, given as bits `word mod 32`. */
  goesOn(words: number): boolean {
    return (this.onward & words) !== 0;
  }

  /** The text's word `w` may be this word of the lexicon. */
  take(word: number, w: number): void {
    const { phrases, wordFacts } = this.lexicon;
    const start = wordFacts[4 * word + 1] ?? 0;
    if (start > 0) {
      const first = wordFacts[4 * word + 2] ?? 0;
      const onward = wordFacts[4 * word + 3] ?? 0;
      if (first > 0) this.pushHits(phrases.entries, first, w, w);
      if (onward !== 0) this.keepActive(start, w, onward);
    }
    if ((this.onward & (1 << (word & 31))) === 0) return;
    const { active, activeCount } = this;
    for (let a = 0; a < activeCount; a++) {
      const node = nextNode(phrases, active[2 * a] ?? 0, word);
      if (node === 0) continue;
      const begin = active[2 * a + 1] ?? 0;
      const first = phrases.first[node] ?? 0;
      const onward = phrases.onward[node] ?? 0;
      if (first > 0) this.pushHits(phrases.entries, first, begin, w);
      if (onward !== 0) this.keepActive(node, begin, onward);
    }
  }

  /** The text's word is done with. */
  endWord(): void {
    if (this.activeCount === 0 && this.nextCount === 0) return;
    const { active } = this;
    this.active = this.nextActive;
    this.activeCount = this.nextCount;
    this.nextActive = active;
    this.nextCount = 0;
    this.onward = this.nextOnward;
    this.nextOnward = 0;
  }

  private keepActive(node: number, begin: number, onward: number): void {
    this.nextOnward |= onward;
    const count = this.nextCount++;
    if (2 * count + 1 >= this.nextActive.length) this.nextActive = grown(this.nextActive);
    this.nextActive[2 * count] = node;
    this.nextActive[2 * count + 1] = begin;
  }

  private pushHits(entries: Int32Array, first: number, from: number, to: number): void {
    for (let e = first; ; e++) {
      const entry = entries[e] ?? -1;
      if (entry === -1) return;
      if (entry >= 0) this.pushHit(entry, from, to);
      else this.meetSides(FIRST_SIDE - entry, from, to);
    }
  }

  /** Looks for the other side of a `+` among the last few, and remembers this one. */
  private meetSides(side: number, from: number, to: number): void {
    const { near } = this;
    if (((this.lexicon.sidePartners[side] ?? 0) & this.nearSides) !== 0) this.findPartners(side, from, to);
    const slot = 3 * (this.nearCount++ & (SIDES - 1));
    near[slot] = side;
    near[slot + 1] = from;
    near[slot + 2] = to;
    this.nearSides |= 1 << (side & 31);
  }

  private findPartners(side: number, from: number, to: number): void {
    const { pairs } = this.lexicon;
    const { near } = this;
    const oldest = Math.max(0, this.nearCount - SIDES);
    for (let p = this.nearCount - 1; p >= oldest; p--) {
      const slot = 3 * (p & (SIDES - 1));
      const other = near[slot] ?? 0;
      const otherTo = near[slot + 2] ?? 0;
      if (otherTo >= from) continue;
      if (from - otherTo > NEAR) break;
      const node = nextNode(pairs, pairs.fromRoot[Math.min(side, other)] ?? 0, Math.max(side, other));
      if (node > 0) this.pushHits(pairs.entries, pairs.first[node] ?? 0, near[slot + 1] ?? 0, to);
    }
  }

  private pushHit(entry: number, from: number, to: number): void {
    const h = this.hits++;
    if (h === this.hitEntry.length) {
      this.hitEntry = grown(this.hitEntry);
      this.hitFrom = grown(this.hitFrom);
      this.hitTo = grown(this.hitTo);
    }
    this.hitEntry[h] = entry;
    this.hitFrom[h] = from;
    this.hitTo[h] = to;
  }
}

/** The array with twice the room. */
export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
