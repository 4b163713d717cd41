import type { TextBatch } from '../post/text-batch.ts';
import { CUE, type Entry, KIND } from './entries.ts';
import type { Scan } from './scan.ts';

/** Longest-match groups: a hit is kept where no longer one of its group lies over it. */
const GROUP: readonly number[] = [0, 0, 0, 0, 0, 1, 1, 2, 2, -1];

/**
 * What the rules read of one scanned text: the hits that no longer one covers, and the closed-class words beside them.
 * The arrays are reused from text to text.
 */
export class Reading {
  readonly scan: Scan;
  readonly entries: readonly Entry[];
  batch: TextBatch;
  /** Hits that are kept, by group: agencies and roles, places, themes. */
  readonly kept: [number[], number[], number[]] = [[], [], []];
  /** Bits `1 << CUE` of each word. */
  private cues = new Uint8Array(1024);
  private cover = [new Int32Array(1024), new Int32Array(1024), new Int32Array(1024)] as const;
  /** Where the first cue of each kind stands, plus one. */
  hasCues = 0;

  constructor(scan: Scan, entries: readonly Entry[], batch: TextBatch) {
    this.scan = scan;
    this.entries = entries;
    this.batch = batch;
  }

  /** Sorts the hits of the text just scanned. */
  run(batch: TextBatch): void {
    this.batch = batch;
    const { scan, cues } = this;
    for (const list of this.kept) list.length = 0;
    this.hasCues = 0;
    if (scan.hits === 0) return;
    if (scan.words > cues.length) this.grow(scan.words);
    this.cues.fill(0, 0, scan.words);
    for (const cover of this.cover) cover.fill(0, 0, scan.words);
    this.coverWords();
    for (let h = 0; h < scan.hits; h++) {
      const group = GROUP[this.kindOf(h)] ?? -1;
      if (group >= 0 && this.isLongest(h, group)) this.kept[group]?.push(h);
    }
  }

  entryOf(hit: number): Entry {
    const entry = this.entries[this.scan.hitEntry[hit] ?? 0];
    if (entry === undefined) throw new RangeError(`no hit ${hit}`);
    return entry;
  }

  fromOf(hit: number): number {
    return this.scan.hitFrom[hit] ?? 0;
  }

  toOf(hit: number): number {
    return this.scan.hitTo[hit] ?? 0;
  }

  /** Whether word `w` is a cue of this kind. */
  isCue(w: number, cue: number): boolean {
    return w >= 0 && w < this.scan.words && ((this.cues[w] ?? 0) & (1 << cue)) !== 0;
  }

  /** Whether a cue stands within `distance` words of `[from, to]`, in the same clause. */
  hasCueNear(from: number, to: number, distance: number, cue: number): boolean {
    if ((this.hasCues & (1 << cue)) === 0) return false;
    for (let w = Math.max(0, from - distance); w <= to + distance && w < this.scan.words; w++) {
      if (this.isCue(w, cue) && this.isSameClause(w, from)) return true;
    }
    return false;
  }

  isSameClause(a: number, b: number): boolean {
    return a >= 0 && b >= 0 && this.scan.clause[a] === this.scan.clause[b];
  }

  flagsOf(w: number): number {
    return this.scan.wordFlags[w] ?? 0;
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

  private kindOf(hit: number): number {
    return this.entries[this.scan.hitEntry[hit] ?? 0]?.kind ?? KIND.cue;
  }

  private coverWords(): void {
    const { scan, cues } = this;
    for (let h = 0; h < scan.hits; h++) {
      const kind = this.kindOf(h);
      const from = this.fromOf(h);
      const to = this.toOf(h);
      if (kind === KIND.cue) {
        const bit = 1 << (this.entryOf(h).row ?? CUE.country);
        this.hasCues |= bit;
        for (let w = from; w <= to; w++) cues[w] = (cues[w] ?? 0) | bit;
        continue;
      }
      const cover = this.cover[GROUP[kind] ?? 0];
      const length = weightOf(kind, to - from + 1);
      for (let w = from; w <= to && cover !== undefined; w++) if ((cover[w] ?? 0) < length) cover[w] = length;
    }
  }

  private isLongest(hit: number, group: number): boolean {
    const cover = this.cover[group];
    const from = this.fromOf(hit);
    const to = this.toOf(hit);
    const length = weightOf(this.kindOf(hit), to - from + 1);
    for (let w = from; w <= to && cover !== undefined; w++) if ((cover[w] ?? 0) > length) return false;
    return true;
  }

  private grow(words: number): void {
    const size = 2 ** Math.ceil(Math.log2(words));
    this.cues = new Uint8Array(size);
    this.cover = [new Int32Array(size), new Int32Array(size), new Int32Array(size)];
  }
}

/** Between two hits of one length the look-alike wins. */
function weightOf(kind: number, length: number): number {
  return 2 * length + (kind === KIND.notAgency || kind === KIND.notPlace || kind === KIND.notTheme ? 1 : 0);
}
