import type { Lexicon } from './lexicon.ts';
import { NearSides } from './near-sides.ts';
import { FIRST_SIDE, nextNode, secondBit, wordBit } from './phrase-table.ts';
import type { Scan } from './scan.ts';
import { RECORD, SHARED } from './word-records.ts';

/**
 * Carries phrases on from word to word of a text and collects those that end: hits. What it remembers of the words before
 * is bounded, so that each word costs the same wherever it stands. Most words of a text carry nothing on and meet no other
 * side: what their record holds is copied, and no word of the lists is looked at.
 */
export class PhraseWalk {
  /** Number of hits: entry, first and last word of each. */
  hits = 0;
  hitEntry = new Int32Array(1024);
  hitFrom = new Int32Array(1024);
  hitTo = new Int32Array(1024);
  /** Union of the cues of the text's words. */
  cues = 0;

  private readonly lexicon: Lexicon;
  private readonly scan: Scan;
  /** Phrases under way: node and first word of each. */
  private active = new Int32Array(512);
  private activeCount = 0;
  private nextActive = new Int32Array(512);
  private nextCount = 0;
  /** Which words can carry any of `active` on, and any of `nextActive`: their bits. */
  private onward = 0;
  private nextOnward = 0;
  private nextSecondOnward = 0;
  /** The last few sides of patterns with a `+`. */
  private readonly near: NearSides;
  /** Bits of the sides that the word at hand ends. */
  private sides = 0;
  private secondSides = 0;

  constructor(lexicon: Lexicon, scan: Scan) {
    this.lexicon = lexicon;
    this.scan = scan;
    this.near = new NearSides(lexicon, scan.records);
  }

  /** Walks over the words just scanned. */
  run(): void {
    const { scan } = this;
    const { words, wordRecord, wordCues, clause } = scan;
    const { pool } = scan.records;
    const { shared: SHARED_BITS, cues: CUES, sides: SIDES_OF, secondSides: SECOND_SIDES } = RECORD;
    const { partners: PARTNERS, secondPartners: SECOND_PARTNERS } = RECORD;
    const { bits: BITS, secondBits: SECOND_BITS, onward: ONWARD, secondOnward: SECOND_ONWARD } = RECORD;
    const { capitals } = SHARED;
    this.hits = 0;
    this.cues = 0;
    /** Phrases that the word before begins, as its record: they are looked at only where a word may carry one on. */
    let begun = 0;
    let onward = 0;
    let secondOnward = 0;
    /** The sides that the last words end. */
    let sides1 = 0;
    let sides2 = 0;
    let sides3 = 0;
    let sides4 = 0;
    let second1 = 0;
    let second2 = 0;
    let second3 = 0;
    let second4 = 0;
    let lastClause = -1;
    for (let w = 0; w < words; w++) {
      const thisClause = clause[w] ?? 0;
      if (thisClause !== lastClause) {
        // Nothing reaches across.
        lastClause = thisClause;
        this.activeCount = 0;
        begun = 0;
        onward = 0;
        this.near.forget();
        sides1 = 0;
        sides2 = 0;
        sides3 = 0;
        sides4 = 0;
      }
      const record = wordRecord[w] ?? 0;
      let sides = 0;
      let second = 0;
      let cues = 0;
      if (record === 0) {
        this.activeCount = 0;
        begun = 0;
        onward = 0;
      } else {
        const mayGoOn =
          (onward & (pool[record + BITS] ?? 0)) !== 0 && (secondOnward & (pool[record + SECOND_BITS] ?? 0)) !== 0;
        const mayMeet =
          ((sides1 | sides2 | sides3 | sides4) & (pool[record + PARTNERS] ?? 0)) !== 0 &&
          ((second1 | second2 | second3 | second4) & (pool[record + SECOND_PARTNERS] ?? 0)) !== 0;
        const isCapitals = ((pool[record + SHARED_BITS] ?? 0) & capitals) !== 0;
        this.nextCount = 0;
        this.nextOnward = 0;
        this.nextSecondOnward = 0;
        if (isCapitals || mayGoOn) {
          this.onward = onward;
          if (begun > 0) this.begin(begun, w - 1);
        } else {
          this.activeCount = 0;
        }
        if (isCapitals || (mayGoOn && (mayMeet || !this.goOn(record, w)))) {
          cues = this.step(record, w);
          sides = this.sides;
          second = this.secondSides;
          onward = this.nextOnward;
          secondOnward = this.nextSecondOnward;
          begun = 0;
        } else {
          this.copy(record, w, mayMeet);
          cues = pool[record + CUES] ?? 0;
          sides = pool[record + SIDES_OF] ?? 0;
          second = pool[record + SECOND_SIDES] ?? 0;
          onward = this.nextOnward | (pool[record + ONWARD] ?? 0);
          secondOnward = this.nextSecondOnward | (pool[record + SECOND_ONWARD] ?? 0);
          begun = record;
        }
      }
      wordCues[w] = cues;
      this.cues |= cues;
      sides4 = sides3;
      sides3 = sides2;
      sides2 = sides1;
      sides1 = sides;
      second4 = second3;
      second3 = second2;
      second2 = second1;
      second1 = second;
    }
  }

  /** Takes what a word is alone; where its sides may meet others, looks for them. */
  private copy(record: number, w: number, mayMeet: boolean): void {
    const { pool } = this.scan.records;
    let at = record + RECORD.lists;
    for (const end = at + (pool[record + RECORD.hitCount] ?? 0); at < end; at++) this.pushHit(pool[at] ?? 0, w, w);
    const count = pool[record + RECORD.sideCount] ?? 0;
    if (mayMeet) for (let s = 0; s < count; s++) this.meet(pool[at + s] ?? 0, w, w, s);
    this.near.keep(at, count, w, w);
  }

  /** Adds the phrases that a word begins to those under way. */
  private begin(record: number, w: number): void {
    const { pool } = this.scan.records;
    const count = pool[record + RECORD.startCount] ?? 0;
    const from = record + RECORD.lists + (pool[record + RECORD.hitCount] ?? 0) + (pool[record + RECORD.sideCount] ?? 0);
    while (2 * (this.activeCount + count) > this.active.length) this.active = grown(this.active);
    const { active } = this;
    for (let start = from, a = 2 * this.activeCount; start < from + 2 * count; start += 2, a += 2) {
      active[a] = pool[start] ?? 0;
      active[a + 1] = w;
    }
    this.activeCount += count;
  }

  /**
   * Carries the phrases under way on with the words of a record, whatever these are alone. False, and nothing done, where one
   * becomes the side of a `+`, for then the order of all that the word ends counts.
   */
  private goOn(record: number, w: number): boolean {
    const { pool } = this.scan.records;
    const { hits } = this;
    const from = this.scan.records.wordsOf(record);
    const to = from + 2 * (pool[record + RECORD.wordCount] ?? 0);
    for (let f = from; f < to; f += 2) {
      if (this.carryOn(pool[f] ?? 0, w, false)) continue;
      this.hits = hits;
      this.nextCount = 0;
      this.nextOnward = 0;
      this.nextSecondOnward = 0;
      return false;
    }
    this.advance();
    return true;
  }

  /** Takes the words of a record one by one; returns their cues. */
  private step(record: number, w: number): number {
    const { scan } = this;
    const { pool } = scan.records;
    const { phrases, wordFacts } = this.lexicon;
    const isCapitals = ((pool[record + RECORD.shared] ?? 0) & SHARED.capitals) !== 0;
    const from = scan.records.wordsOf(record);
    const to = from + 2 * (pool[record + RECORD.wordCount] ?? 0);
    let cues = 0;
    this.sides = 0;
    this.secondSides = 0;
    for (let f = from; f < to; f += 2) {
      const word = pool[f] ?? 0;
      const facts = wordFacts[4 * word] ?? 0;
      if (isCapitals && !scan.isWrittenAsNeeded(w, facts, pool[f + 1] ?? 0)) continue;
      cues |= facts >> 8;
      const first = wordFacts[4 * word + 2] ?? 0;
      const onward = wordFacts[4 * word + 3] ?? 0;
      if (first > 0) this.pushHits(phrases.entries, first, w, w);
      if (onward !== 0) this.keepActive(wordFacts[4 * word + 1] ?? 0, w, onward);
      this.carryOn(word, w, true);
    }
    this.advance();
    return cues;
  }

  /** Carries the phrases under way on with a word of the lexicon; false where one becomes a side that may not be. */
  private carryOn(word: number, w: number, maySide: boolean): boolean {
    if ((this.onward & wordBit(word)) === 0) return true;
    const { phrases } = this.lexicon;
    const { active, activeCount } = this;
    for (let a = 0; a < activeCount; a++) {
      const node = nextNode(phrases, active[2 * a] ?? 0, word);
      if (node === 0) continue;
      const begin = active[2 * a + 1] ?? 0;
      const first = phrases.first[node] ?? 0;
      const onward = phrases.onward[node] ?? 0;
      if (first > 0) {
        if (!maySide && hasSide(phrases.entries, first)) return false;
        this.pushHits(phrases.entries, first, begin, w);
      }
      if (onward !== 0) this.keepActive(node, begin, onward);
    }
    return true;
  }

  /** What was carried on is what is under way. */
  private advance(): void {
    const { active } = this;
    this.active = this.nextActive;
    this.activeCount = this.nextCount;
    this.nextActive = active;
  }

  private keepActive(node: number, begin: number, onward: number): void {
    this.nextOnward |= onward;
    this.nextSecondOnward |= this.lexicon.phrases.secondOnward[node] ?? 0;
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
    this.meet(side, from, to, 0);
    this.sides |= wordBit(side);
    this.secondSides |= secondBit(side);
    this.near.keep(~side, 1, from, to);
  }

  /** Takes the patterns that a side makes with the last few, before which `own` others end at the same word. */
  private meet(side: number, from: number, to: number, own: number): void {
    const { pairs } = this.lexicon;
    const { found } = this.near;
    const end = 2 * this.near.find(side, from, own);
    for (let f = 0; f < end; f += 2) this.pushHits(pairs.entries, found[f] ?? 0, found[f + 1] ?? 0, to);
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

function hasSide(entries: Int32Array, first: number): boolean {
  for (let e = first; entries[e] !== -1; e++) if ((entries[e] ?? 0) < 0) return true;
  return false;
}

/** The array with twice the room. */
export function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
