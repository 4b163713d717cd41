import type { Lexicon } from './lexicon.ts';
import { nextNode, type PhraseTable } from './phrase-table.ts';

/** How many words apart the two sides of a `+` may stand. */
const NEAR = 4;

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
  /** The last few sides of patterns with a `+`: number, first and last word. */
  private readonly near = new Int32Array(48);
  private nearCount = 0;

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
    this.nearCount = 0;
  }

  /** The text's word `w` may be this word of the lexicon. */
  take(word: number, w: number): void {
    const { phrases, wordFacts } = this.lexicon;
    const start = wordFacts[4 * word + 1] ?? 0;
    if (start > 0) {
      if ((wordFacts[4 * word + 2] ?? 0) > 0) this.pushHits(phrases, start, w, w);
      if (wordFacts[4 * word + 3] !== 0) this.keepActive(start, w);
    }
    const { active, activeCount } = this;
    for (let a = 0; a < activeCount; a++) {
      const node = nextNode(phrases, active[2 * a] ?? 0, word);
      if (node === 0) continue;
      const begin = active[2 * a + 1] ?? 0;
      if ((phrases.first[node] ?? 0) > 0) this.pushHits(phrases, node, begin, w);
      if (phrases.onward[node] !== 0) this.keepActive(node, begin);
    }
  }

  /** The text's word is done with. */
  endWord(): void {
    const { active } = this;
    this.active = this.nextActive;
    this.activeCount = this.nextCount;
    this.nextActive = active;
    this.nextCount = 0;
  }

  private keepActive(node: number, begin: number): void {
    const count = this.nextCount++;
    if (2 * count + 1 >= this.nextActive.length) this.nextActive = grown(this.nextActive);
    this.nextActive[2 * count] = node;
    this.nextActive[2 * count + 1] = begin;
  }

  private pushHits(table: PhraseTable, node: number, from: number, to: number): void {
    const { sideOf } = this.lexicon;
    const { entries } = table;
    for (let e = table.first[node] ?? 0; ; e++) {
      const entry = entries[e] ?? -1;
      if (entry < 0) return;
      const side = sideOf[entry] ?? -1;
      if (side < 0) this.pushHit(entry, from, to);
      else this.meetSides(side, from, to);
    }
  }

  /** Looks for the other side of a `+` among the last few, and remembers this one. */
  private meetSides(side: number, from: number, to: number): void {
    const { pairs } = this.lexicon;
    const { near } = this;
    const capacity = near.length / 3;
    for (let p = this.nearCount - 1; p >= 0 && p >= this.nearCount - capacity; p--) {
      const slot = 3 * (p % capacity);
      const other = near[slot] ?? 0;
      const otherTo = near[slot + 2] ?? 0;
      if (otherTo >= from) continue;
      if (from - otherTo > NEAR) break;
      const node = nextNode(pairs, pairs.fromRoot[Math.min(side, other)] ?? 0, Math.max(side, other));
      if (node > 0) this.pushHits(pairs, node, near[slot + 1] ?? 0, to);
    }
    const slot = 3 * (this.nearCount++ % capacity);
    near[slot] = side;
    near[slot + 1] = from;
    near[slot + 2] = to;
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
