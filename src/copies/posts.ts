import { grownBytes, grownFloat64, grownInt32, grownLength } from './growable.ts';
import { KeyArena } from './key-arena.ts';
import { SlotTable } from './slot-table.ts';

/** Bits of {@link Posts.flags}. */
const OWN = 1;
const EXPECTED = 2;

/** What a post without anything to compare has for a text. */
export const NO_TEXT = -1;

/**
 * The posts of the window by the hash of their key, and the clusters over them: a disjoint-set forest in which a post
 * points to the leader it was assigned to, and a leader to the one it was united with, or to itself. A leader's key is
 * kept as text. A post that was only named so far, by a repost or as another worker's cluster, is *expected*.
 */
export class Posts {
  count = 0;
  /** Time of the first observation, in milliseconds; of an expected post, of the first that named it. */
  time = new Float64Array(64);
  /** Reference to the text, or {@link NO_TEXT}. */
  text = new Int32Array(64);
  private low = new Int32Array(64);
  private high = new Int32Array(64);
  private up = new Int32Array(64);
  private flags = new Uint8Array(64);
  private expected = 0;
  private readonly table = new SlotTable();
  private readonly keys = new KeyArena();

  /** Posts that were seen, without those only expected. */
  get seen(): number {
    return this.count - this.expected;
  }

  get bytes(): number {
    const rows = this.time.byteLength + 4 * this.text.byteLength + this.flags.byteLength;
    return rows + this.table.bytes + this.keys.bytes;
  }

  /** The post of this key hash, or -1. */
  find(low: number, high: number): number {
    this.table.seek(low);
    for (let post = this.table.next(); post >= 0; post = this.table.next()) {
      if (this.low[post] === low && this.high[post] === high) return post;
    }
    return -1;
  }

  isExpected(post: number): boolean {
    return ((this.flags[post] ?? 0) & EXPECTED) !== 0;
  }

  /** Adds the post that {@link find} was last asked for and has not found, in no cluster yet. */
  add(low: number, high: number, timeMs: number): number {
    const post = this.count;
    if (post === this.time.length) this.resize(grownLength(post, post + 1));
    if (this.table.hasRoomFor(post)) {
      this.table.place(post);
    } else {
      this.rebuildTable(post);
      this.table.put(low, post);
    }
    this.low[post] = low;
    this.high[post] = high;
    this.time[post] = timeMs;
    this.text[post] = NO_TEXT;
    this.up[post] = post;
    this.flags[post] = 0;
    this.keys.forget(post);
    this.count++;
    return post;
  }

  /** Adds a post that was named and not seen, as the leader of a cluster. */
  expect(low: number, high: number, timeMs: number, key: string): number {
    const post = this.add(low, high, timeMs);
    this.lead(post, key);
    this.flags[post] = OWN | EXPECTED;
    this.expected++;
    return post;
  }

  /** An expected post has come. */
  arrive(post: number, timeMs: number): void {
    this.time[post] = timeMs;
    this.flags[post] = (this.flags[post] ?? 0) & ~EXPECTED;
    this.expected--;
  }

  /** Whether the post is in no cluster yet. */
  isLoose(post: number): boolean {
    return this.up[post] === post && ((this.flags[post] ?? 0) & OWN) === 0;
  }

  /** Makes a loose post the leader of a cluster of its own. */
  lead(post: number, key: string): void {
    this.flags[post] = (this.flags[post] ?? 0) | OWN;
    this.name(post, key);
  }

  /** Assigns a loose post to a leader. */
  follow(post: number, leader: number): void {
    this.up[post] = leader;
  }

  /** Keeps the key of a post as text, since others are assigned to it. */
  name(post: number, key: string): void {
    if (!this.keys.has(post)) this.keys.set(post, key);
  }

  /** The leader that the post was assigned to; itself for a leader. */
  assigned(post: number): number {
    return ((this.flags[post] ?? 0) & OWN) !== 0 ? post : (this.up[post] ?? post);
  }

  /** The key of a leader. */
  keyOf(leader: number): string {
    return this.keys.get(leader);
  }

  /** The leader that stands for all the clusters united with that of the post. */
  root(post: number): number {
    const { up, flags } = this;
    let at = post;
    for (;;) {
      const above = up[at] ?? at;
      if (above === at) return at;
      const next = up[above] ?? above;
      // What a post was assigned to stays; only the way between leaders is shortened.
      if (next !== above && ((flags[at] ?? 0) & OWN) !== 0) up[at] = next;
      at = above;
    }
  }

  /** Puts one root under another. */
  unite(root: number, under: number): void {
    this.up[under] = root;
  }

  /** Whether `a` is the earlier of two posts; the key hash decides between equal times, so that all workers agree. */
  isEarlier(a: number, b: number): boolean {
    const difference = (this.time[a] ?? 0) - (this.time[b] ?? 0);
    if (difference !== 0) return difference < 0;
    const high = (this.high[a] ?? 0) - (this.high[b] ?? 0);
    return high !== 0 ? high < 0 : (this.low[a] ?? 0) < (this.low[b] ?? 0);
  }

  /** How many posts are before `horizonMs` among the first `bound`. */
  countBefore(horizonMs: number, bound: number): number {
    let count = 0;
    for (let post = 0; post < bound; post++) if ((this.time[post] ?? 0) < horizonMs) count++;
    return count;
  }

  /**
   * Drops the posts before `horizonMs` among the first `bound`, and keeps as expected those that others are assigned to.
   * Returns the new number of each post, -1 for the dropped. Texts are left as they are.
   */
  evict(horizonMs: number, bound: number): Int32Array {
    const renumbered = new Int32Array(this.count).fill(-1);
    for (let post = 0; post < this.count; post++) {
      if (post < bound && (this.time[post] ?? 0) < horizonMs) continue;
      for (let at = post; renumbered[at] === -1; at = this.up[at] ?? at) renumbered[at] = 0;
    }
    let kept = 0;
    for (let post = 0; post < this.count; post++) if (renumbered[post] === 0) renumbered[post] = kept++;
    for (let post = 0; post < this.count; post++) {
      const to = renumbered[post] ?? -1;
      if (to < 0) {
        if (this.isExpected(post)) this.expected--;
        continue;
      }
      if (post < bound && (this.time[post] ?? 0) < horizonMs && !this.isExpected(post)) {
        this.flags[post] = (this.flags[post] ?? 0) | EXPECTED;
        this.text[post] = NO_TEXT;
        this.expected++;
      }
      this.low[to] = this.low[post] ?? 0;
      this.high[to] = this.high[post] ?? 0;
      this.time[to] = this.time[post] ?? 0;
      this.text[to] = this.text[post] ?? NO_TEXT;
      this.flags[to] = this.flags[post] ?? 0;
      this.up[to] = renumbered[this.up[post] ?? post] ?? to;
    }
    this.keys.renumber(renumbered, kept);
    this.count = kept;
    if (this.time.length > 2 * kept) this.resize(grownLength(kept, 0));
    if (this.table.isSparseFor(kept)) this.rebuildTable(kept);
    else this.table.renumber(renumbered);
    return renumbered;
  }

  private resize(length: number): void {
    this.time = grownFloat64(this.time, length);
    this.text = grownInt32(this.text, length);
    this.low = grownInt32(this.low, length);
    this.high = grownInt32(this.high, length);
    this.up = grownInt32(this.up, length);
    this.flags = grownBytes(this.flags, length);
    this.keys.resize(length);
  }

  private rebuildTable(count: number): void {
    this.table.clear(count);
    for (let post = 0; post < count; post++) this.table.put(this.low[post] ?? 0, post);
  }
}
