import { grownBytes, grownFloat64, grownInt32, grownLength } from './growable.ts';
import { SlotTable } from './slot-table.ts';

/**
 * Equal texts, however many posts have them, in one row: a *run* is a chain of posts of one text in which each is at most
 * a window from the next. A time has a post of the run within the window exactly when it lies in `from − window … to +
 * window`, so the row stands for all of them, and ten thousand equal posts cost one comparison. Two runs of one text
 * stand apart until a post between them bridges the gap.
 */
export class Runs {
  count = 0;
  /** Time of the first post of the run, in milliseconds; Infinity for a run that another has absorbed. */
  from = new Float64Array(64);
  /** Time of the last one; -Infinity when absorbed. */
  to = new Float64Array(64);
  /** A post of the run; of an absorbed one, `~run` that absorbed it. */
  post = new Int32Array(64);
  /** The fingerprints, {@link fingerprintBytes} a run. */
  prints: Uint8Array<ArrayBuffer>;
  /** The same as 32-bit words. */
  words: Int32Array;
  readonly fingerprintBytes: number;
  private readonly table = new SlotTable();

  constructor(fingerprintBytes: number) {
    this.fingerprintBytes = fingerprintBytes;
    this.prints = new Uint8Array(64 * fingerprintBytes);
    this.words = new Int32Array(this.prints.buffer);
  }

  get bytes(): number {
    return 2 * this.from.byteLength + this.post.byteLength + this.prints.byteLength + this.table.bytes;
  }

  /** Starts a walk over the runs of a text; {@link next} goes on. */
  seek(low: number): void {
    this.table.seek(low);
  }

  /** The next run of the text within `windowMs` of `timeMs`, or -1. */
  next(low: number, high: number, timeMs: number, windowMs: number): number {
    for (let run = this.table.next(); run >= 0; run = this.table.next()) {
      if (this.isOf(run, low, high) && this.isNear(run, timeMs, windowMs)) return run;
    }
    return -1;
  }

  isNear(run: number, timeMs: number, windowMs: number): boolean {
    return timeMs >= (this.from[run] ?? 0) - windowMs && timeMs <= (this.to[run] ?? 0) + windowMs;
  }

  /** Adds a run of one post, whose fingerprint is given in 32-bit words, after the walk over the runs of its text. */
  add(fingerprint: Int32Array, timeMs: number, post: number): number {
    const run = this.count;
    if (run === this.from.length) this.resize(grownLength(run, run + 1));
    const { words } = this;
    const size = this.fingerprintBytes / 4;
    for (let i = 0; i < size; i++) words[run * size + i] = fingerprint[i] ?? 0;
    if (this.table.hasRoomFor(run)) {
      this.table.place(run);
    } else {
      this.rebuildTable(run);
      this.table.put(this.lowOf(run), run);
    }
    this.from[run] = timeMs;
    this.to[run] = timeMs;
    this.post[run] = post;
    this.count++;
    return run;
  }

  /** Copies the fingerprint of a run to word `at` on. */
  copyPrint(run: number, into: Int32Array, at: number): void {
    const { words } = this;
    const size = this.fingerprintBytes / 4;
    for (let i = 0; i < size; i++) into[at + i] = words[run * size + i] ?? 0;
  }

  extend(run: number, timeMs: number): void {
    this.from[run] = Math.min(this.from[run] ?? timeMs, timeMs);
    this.to[run] = Math.max(this.to[run] ?? timeMs, timeMs);
  }

  /** A post has bridged the gap between two runs of one text. */
  absorb(run: number, other: number): void {
    this.extend(run, this.from[other] ?? 0);
    this.extend(run, this.to[other] ?? 0);
    this.from[other] = Number.POSITIVE_INFINITY;
    this.to[other] = Number.NEGATIVE_INFINITY;
    this.post[other] = ~run;
  }

  /** The run itself, or the one that has absorbed it. */
  current(run: number): number {
    let at = run;
    for (let post = this.post[at] ?? 0; post < 0; post = this.post[at] ?? 0) at = ~post;
    return at;
  }

  /** Keeps the runs marked 1 in `keep`, whose posts have been renumbered. Returns the new number of each run, -1 for the dropped. */
  evict(keep: Uint8Array, newPosts: Int32Array): Int32Array {
    const renumbered = new Int32Array(this.count).fill(-1);
    const size = this.fingerprintBytes;
    let kept = 0;
    for (let run = 0; run < this.count; run++) {
      if (keep[run] !== 1) continue;
      this.from[kept] = this.from[run] ?? 0;
      this.to[kept] = this.to[run] ?? 0;
      this.post[kept] = newPosts[this.post[run] ?? 0] ?? 0;
      this.prints.copyWithin(kept * size, run * size, (run + 1) * size);
      renumbered[run] = kept++;
    }
    this.count = kept;
    if (this.from.length > 2 * kept) this.resize(grownLength(kept, 0));
    if (this.table.isSparseFor(kept)) this.rebuildTable(kept);
    else this.table.renumber(renumbered);
    return renumbered;
  }

  private isOf(run: number, low: number, high: number): boolean {
    const at = (run * this.fingerprintBytes) / 4;
    return this.words[at + 1] === low && this.words[at + 2] === high;
  }

  private lowOf(run: number): number {
    return this.words[(run * this.fingerprintBytes) / 4 + 1] ?? 0;
  }

  private resize(length: number): void {
    this.from = grownFloat64(this.from, length);
    this.to = grownFloat64(this.to, length);
    this.post = grownInt32(this.post, length);
    this.prints = grownBytes(this.prints, length * this.fingerprintBytes);
    this.words = new Int32Array(this.prints.buffer);
  }

  private rebuildTable(count: number): void {
    this.table.clear(count);
    for (let run = 0; run < count; run++) this.table.put(this.lowOf(run), run);
  }
}
