import type { TextBatch } from '../post/text-batch.ts';
import { type Entry, KIND } from './entries.ts';
import type { Lexicon } from './lexicon.ts';
import type { Scan } from './scan.ts';

/** Longest-match groups: a hit is kept where no longer one of its group lies over it. */
const GROUP: readonly number[] = [0, 0, 0, 0, 0, 1, 1, 2, 3];
/** A text's covers are counted from its own base, so that those of the texts before need not be cleared. */
const BASE_STEP = 1 << 12;
const MAX_BASE = 1 << 30;

/** What of an entry decides which hits are kept: the mask of its group, a bit, and the place of a bit. */
const SHAPE = { group: 3, near: 4, lookAlike: 3 } as const;
const NO_COVER = new Int32Array(0);

/** Hits of one group; `items[0 … count)` are valid. Kept between texts, since an emptied array gives its memory back. */
export class HitList {
  items = new Int32Array(64);
  count = 0;

  push(hit: number): void {
    if (this.count === this.items.length) {
      const items = new Int32Array(2 * this.count);
      items.set(this.items);
      this.items = items;
    }
    this.items[this.count++] = hit;
  }

  at(index: number): number {
    return this.items[index] ?? 0;
  }

  /** For what is not on the way of every post. */
  toArray(): number[] {
    return [...this.items.subarray(0, this.count)];
  }
}

/**
 * What the rules read of one scanned text: the hits that no longer one covers, and the closed-class words beside them.
 * The arrays are reused from text to text.
 */
export class Reading {
  readonly scan: Scan;
  readonly entries: readonly Entry[];
  batch: TextBatch;
  /** Hits that are kept, by group: agencies and roles, places, themes, look-alikes of themes. In the text's order. */
  readonly agencies = new HitList();
  readonly places = new HitList();
  readonly themes = new HitList();
  readonly notThemes = new HitList();

  /** Row and weight of each entry, close together. */
  readonly rows: Int32Array;
  readonly weights: Float32Array;

  private readonly kept = [this.agencies, this.places, this.themes, this.notThemes];
  private readonly labels: Int32Array;
  /** {@link SHAPE} of each entry. */
  private readonly shapes: Uint8Array;
  /** Length of the longest hit over each word, by group. */
  private cover = [0, 1, 2, 3].map(() => new Int32Array(1024));
  private base = 0;
  /** Length of each hit, counted from the text's base. */
  private lengths = new Int32Array(1024);

  constructor(scan: Scan, { entries, entryLabels }: Pick<Lexicon, 'entries' | 'entryLabels'>, batch: TextBatch) {
    this.scan = scan;
    this.entries = entries;
    this.labels = entryLabels;
    this.batch = batch;
    this.rows = Int32Array.from(entries, (entry) => entry.row);
    this.weights = Float32Array.from(entries, (entry) => entry.weight);
    this.shapes = Uint8Array.from(entries, shapeOf);
  }

  /** Sorts the hits of the text just scanned. */
  run(batch: TextBatch): void {
    this.batch = batch;
    const { scan, kept, shapes } = this;
    const { hits, hitEntry, hitFrom, hitTo } = scan.walk;
    for (const list of kept) list.count = 0;
    if (hits === 0) return;
    this.renew(scan.words, hits);
    const { base, lengths } = this;
    for (let h = 0; h < hits; h++) {
      const shape = shapes[hitEntry[h] ?? 0] ?? 0;
      const from = hitFrom[h] ?? 0;
      const to = hitTo[h] ?? 0;
      // Of phrases that stand apart the words between are not their own.
      const isNear = (shape & SHAPE.near) !== 0;
      const words = isNear ? 2 : Math.min(to - from + 1, BASE_STEP >> 2);
      // Twice its words, and one more for a look-alike, which wins over a name of the same length.
      const length = base + 2 * words + (shape >> SHAPE.lookAlike);
      const cover = this.coverOf(shape & SHAPE.group);
      lengths[h] = length;
      for (let w = from; w <= to; w = isNear && w < to ? to : w + 1) if ((cover[w] ?? 0) < length) cover[w] = length;
    }
    for (let h = 0; h < hits; h++) {
      const shape = shapes[hitEntry[h] ?? 0] ?? 0;
      if (this.isLongest(h, shape) && !this.isRepeated(h)) kept[shape & SHAPE.group]?.push(h);
    }
  }

  /** Index in `list` of its first hit that ends at word `w` or later: hits stand in the order of their ends. */
  firstEnding(list: HitList, w: number): number {
    let low = 0;
    let high = list.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.toOf(list.at(middle)) < w) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  entryOf(hit: number): Entry {
    const entry = this.entries[this.scan.walk.hitEntry[hit] ?? 0];
    if (entry === undefined) throw new RangeError(`no hit ${hit}`);
    return entry;
  }

  fromOf(hit: number): number {
    return this.scan.walk.hitFrom[hit] ?? 0;
  }

  toOf(hit: number): number {
    return this.scan.walk.hitTo[hit] ?? 0;
  }

  /** Whether word `w` is a cue of this kind. */
  isCue(w: number, cue: number): boolean {
    return w >= 0 && w < this.scan.words && ((this.scan.wordCues[w] ?? 0) & (1 << cue)) !== 0;
  }

  hasCue(cue: number): boolean {
    return (this.scan.cues & (1 << cue)) !== 0;
  }

  /** Whether a cue stands within `distance` words of `[from, to]`, in the same clause. */
  hasCueNear(from: number, to: number, distance: number, cue: number): boolean {
    if (!this.hasCue(cue)) return false;
    for (let w = Math.max(0, from - distance); w <= to + distance && w < this.scan.words; w++) {
      if (this.isCue(w, cue) && this.isSameClause(w, from)) return true;
    }
    return false;
  }

  isSameClause(a: number, b: number): boolean {
    return a >= 0 && b >= 0 && this.scan.clause[a] === this.scan.clause[b];
  }

  flagsOf(w: number): number {
    return w >= 0 && w < this.scan.words ? (this.scan.wordFlags[w] ?? 0) : 0;
  }

  /** The normalised letters of word `w` from its `skip`-th on. */
  wordText(w: number, skip = 0): string {
    const { units } = this.batch;
    let text = '';
    for (let k = (this.scan.wordFrom[w] ?? 0) + skip; k < (this.scan.wordTo[w] ?? 0); k++) {
      text += String.fromCharCode(units[k] ?? 0);
    }
    return text;
  }

  /** Whether the hit before says the same: a row often has one name in two languages. */
  private isRepeated(hit: number): boolean {
    const { hitEntry, hitFrom, hitTo } = this.scan.walk;
    if (hit === 0 || hitTo[hit - 1] !== hitTo[hit] || hitFrom[hit - 1] !== hitFrom[hit]) return false;
    return this.labels[hitEntry[hit] ?? 0] === this.labels[hitEntry[hit - 1] ?? 0];
  }

  private isLongest(hit: number, shape: number): boolean {
    const cover = this.coverOf(shape & SHAPE.group);
    const length = this.lengths[hit] ?? 0;
    const to = this.toOf(hit);
    const isNear = (shape & SHAPE.near) !== 0;
    for (let w = this.fromOf(hit); w <= to; w = isNear && w < to ? to : w + 1) {
      if ((cover[w] ?? 0) > length) return false;
    }
    return true;
  }

  private coverOf(group: number): Int32Array {
    return this.cover[group] ?? NO_COVER;
  }

  private renew(words: number, hits: number): void {
    if (hits > this.lengths.length) this.lengths = new Int32Array(2 ** Math.ceil(Math.log2(hits)));
    this.base += BASE_STEP;
    const [first] = this.cover;
    if (words <= (first?.length ?? 0) && this.base < MAX_BASE) return;
    const size = Math.max(first?.length ?? 0, 2 ** Math.ceil(Math.log2(words)));
    this.cover = this.cover.map(() => new Int32Array(size));
    this.base = BASE_STEP;
  }
}

function shapeOf({ kind, near }: Entry): number {
  const isLookAlike = kind === KIND.notAgency || kind === KIND.notPlace;
  return (GROUP[kind] ?? 0) | (near ? SHAPE.near : 0) | ((isLookAlike ? 1 : 0) << SHAPE.lookAlike);
}
