const MAX_LOAD = 0.8;
const MIN_SLOTS = 1024;

/** How many times as many ids a rebuilt table has room for: a large one is worth more rebuilding to stay dense. */
const SMALL = 1 << 16;
const GROWTH_OF_SMALL = 4;
const LARGE = 1 << 20;
const GROWTH_OF_LARGE = 1.4;
const GROWTH = 2;

/**
 * Ids by hash, several under one if need be: open addressing with linear probing, four bytes a slot. A slot holds an id
 * and, in the bits the id leaves free, a tag of the hash, so that a walk rarely yields an id put under another hash;
 * the caller compares the rest. Hashes are not kept: a full table is rebuilt from the caller's.
 *
 * @example
 * if (!table.hasRoomFor(id)) rebuild();
 * table.seek(hash);
 * for (let other = table.next(); other >= 0; other = table.next()) visit(other);
 * table.place(id);
 */
export class SlotTable {
  /** Ids of the tag of the walk that it has passed so far, with those removed meanwhile: it only grows until a rebuild. */
  met = 0;
  private slots = new Int32Array(MIN_SLOTS);
  private scale = MIN_SLOTS / 2 ** 32;
  private limit = Math.floor(MIN_SLOTS * MAX_LOAD);
  private idBits = 10;
  /** The bits of an id; all of them set stand for a removed one. */
  private idMask = 0x3ff;
  private used = 0;
  private at = 0;
  private tag = 0;
  private readonly extraGrowth: number;

  /** Tables that differ in `extraGrowth` are not rebuilt at the same time. */
  constructor(extraGrowth = 0) {
    this.extraGrowth = extraGrowth;
  }

  get bytes(): number {
    return this.slots.byteLength;
  }

  hasRoomFor(id: number): boolean {
    return this.used < this.limit && id + 1 < this.idMask;
  }

  /** Whether the table is far too large for so many ids. */
  isSparseFor(count: number): boolean {
    return this.slots.length > Math.max(MIN_SLOTS, 5 * count);
  }

  /** What is where a walk over a hash would start. Read for several tables in a row, they are fetched from memory at once. */
  touch(hash: number): number {
    return this.slots[Math.floor((hash >>> 0) * this.scale)] ?? 0;
  }

  /** Starts a walk over the ids put under a hash. */
  seek(hash: number): void {
    this.at = Math.floor((hash >>> 0) * this.scale);
    this.tag = hash << this.idBits;
    this.met = 0;
  }

  /** The next id of the walk, or -1 at its end. A few of them were put under another hash. */
  next(): number {
    const { slots, tag, idMask } = this;
    const end = slots.length;
    let { at } = this;
    for (;;) {
      const slot = slots[at] ?? 0;
      if (slot === 0) {
        this.at = at;
        return -1;
      }
      if (++at === end) at = 0;
      if ((slot & ~idMask) !== tag) continue;
      this.met++;
      if ((slot & idMask) === idMask) continue;
      this.at = at;
      return (slot & idMask) - 1;
    }
  }

  /** Puts an id under the hash of the walk, which must have come to its end. */
  place(id: number): void {
    this.slots[this.at] = this.tag | (id + 1);
    this.used++;
  }

  /** Puts an id under a hash. */
  put(hash: number, id: number): void {
    this.seek(hash);
    while (this.next() >= 0);
    this.place(id);
  }

  /** Empties the table, and makes it large enough for ids below `count`, and more by the factor of growth. */
  clear(count: number): void {
    const room = count * (growthOf(count) + this.extraGrowth);
    const length = Math.max(MIN_SLOTS, Math.ceil(room / MAX_LOAD));
    this.slots = length === this.slots.length ? this.slots.fill(0) : new Int32Array(length);
    this.scale = length / 2 ** 32;
    this.limit = Math.floor(length * MAX_LOAD);
    this.idBits = Math.min(30, 32 - Math.clz32(Math.ceil(room) + 3));
    this.idMask = 2 ** this.idBits - 1;
    this.used = 0;
  }

  /**
   * Gives each id its new number, and removes those whose number is -1. A removed id leaves a gap that walks pass over
   * until the next rebuild; unless `keepsGaps`, those at the end of a row of slots are freed at once.
   */
  renumber(renumbered: Int32Array, keepsGaps = false): void {
    const { slots, idMask } = this;
    for (let at = 0; at < slots.length; at++) {
      const slot = slots[at] ?? 0;
      const id = (slot & idMask) - 1;
      if (slot === 0 || id === idMask - 1) continue;
      const to = renumbered[id] ?? -1;
      slots[at] = (slot & ~idMask) | (to < 0 ? idMask : to + 1);
    }
    if (keepsGaps) return;
    let isRowEnd = false;
    for (let at = slots.length - 1; at >= 0; at--) {
      const slot = slots[at] ?? 0;
      if (isRowEnd && slot !== 0 && (slot & idMask) === idMask) {
        slots[at] = 0;
        this.used--;
      }
      isRowEnd = slots[at] === 0;
    }
  }
}

function growthOf(count: number): number {
  if (count < SMALL) return GROWTH_OF_SMALL;
  return count < LARGE ? GROWTH : GROWTH_OF_LARGE;
}
