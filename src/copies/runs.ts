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
  low = new Int32Array(64);
  high = new Int32Array(64);
  /** `sketchBytes` a run. */
  bins: Uint8Array<ArrayBuffer>;
  /** The same as 32-bit words. */
  words: Int32Array;
  private readonly sketchBytes: number;
  private table = new SlotTable();

  constructor(sketchBytes: number) {
    this.sketchBytes = sketchBytes;
    this.bins = new Uint8Array(64 * sketchBytes);
    this.words = new Int32Array(this.bins.buffer);
  }

  get bytes(): number {
    return 2 * this.from.byteLength + 3 * this.post.byteLength + this.bins.byteLength + this.table.bytes;
  }

  /** Starts a walk over the runs of a text; {@link next} goes on. */
  seek(low: number): void {
    this.table.seek(low);
  }

  /** The next run of the text within `windowMs` of `timeMs`, or -1. */
  next(low: number, high: number, timeMs: number, windowMs: number): number {
    for (let run = this.table.next(); run >= 0; run = this.table.next()) {
      if (this.low[run] === low && this.high[run] === high && this.isNear(run, timeMs, windowMs)) return run;
    }
    return -1;
  }

  isNear(run: number, timeMs: number, windowMs: number): boolean {
    return timeMs >= (this.from[run] ?? 0) - windowMs && timeMs <= (this.to[run] ?? 0) + windowMs;
  }

  add(low: number, high: number, timeMs: number, post: number, bins: Uint8Array): number {
    const run = this.count;
    if (run === this.from.length) this.resize(grownLength(run, run + 1));
    if (!this.table.hasRoomFor(run)) this.rebuildTable(run);
    this.table.seek(low);
    while (this.table.next() >= 0);
    this.table.place(run);
    this.low[run] = low;
    this.high[run] = high;
    this.from[run] = timeMs;
    this.to[run] = timeMs;
    this.post[run] = post;
    if (this.sketchBytes > 0) this.bins.set(bins, run * this.sketchBytes);
    this.count++;
    return run;
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

  /**
   * Keeps the runs marked 1 in `keep`, whose posts have been renumbered. Returns the new number of each run, of an
   * absorbed one that of the run that stands for it, and -1 for the dropped.
   */
  evict(keep: Uint8Array, newPosts: Int32Array): Int32Array {
    const renumbered = new Int32Array(this.count).fill(-1);
    let kept = 0;
    for (let run = 0; run < this.count; run++) if (keep[run] === 1) renumbered[run] = kept++;
    for (let run = 0; run < this.count; run++) {
      if ((this.post[run] ?? 0) < 0) renumbered[run] = renumbered[this.current(run)] ?? -1;
    }
    const size = this.sketchBytes;
    for (let run = 0; run < this.count; run++) {
      if (keep[run] !== 1) continue;
      const to = renumbered[run] ?? 0;
      this.low[to] = this.low[run] ?? 0;
      this.high[to] = this.high[run] ?? 0;
      this.from[to] = this.from[run] ?? 0;
      this.to[to] = this.to[run] ?? 0;
      this.post[to] = newPosts[this.post[run] ?? 0] ?? 0;
      this.bins.copyWithin(to * size, run * size, (run + 1) * size);
    }
    this.count = kept;
    this.resize(grownLength(0, Math.ceil(kept * 1.125)));
    this.rebuildTable(kept);
    return renumbered;
  }

  private resize(length: number): void {
    this.from = grownFloat64(this.from, length);
    this.to = grownFloat64(this.to, length);
    this.post = grownInt32(this.post, length);
    this.low = grownInt32(this.low, length);
    this.high = grownInt32(this.high, length);
    this.bins = grownBytes(this.bins, length * this.sketchBytes);
    this.words = new Int32Array(this.bins.buffer);
  }

  private rebuildTable(count: number): void {
    this.table.clear(count);
    for (let run = 0; run < count; run++) {
      this.table.seek(this.low[run] ?? 0);
      while (this.table.next() >= 0);
      this.table.place(run);
    }
  }
}
