/** Bits of a word's hash the lexicon knows it by; with 29,000 words in it, one word in 290 that it does not hold is taken for one. */
const KEY_BITS = 23;

/** What stands for a word in a lexicon, from the 32-bit hash of the whole word. */
export function lexiconKey(wholeWordHash: number): number {
  return (wholeWordHash ^ (wholeWordHash >>> 15)) & (2 ** KEY_BITS - 1);
}

/**
 * Frequent words whose grams point to a language they are not of: for each word its class. Words are known by a
 * hash alone, so a few others are taken for them.
 */
export class Lexicon {
  /** Open addressing with linear probing: key + 1, 0 where there is none. */
  private readonly keys: Int32Array;
  private readonly classes: Uint8Array;
  private readonly mask: number;
  /** The keys of each class, in ascending order. */
  readonly keysOf: readonly Int32Array[];

  constructor(keysOf: readonly Int32Array[]) {
    this.keysOf = keysOf;
    const count = keysOf.reduce((sum, keys) => sum + keys.length, 0);
    const size = 2 ** Math.ceil(Math.log2(2 * count + 2));
    this.mask = size - 1;
    this.keys = new Int32Array(size);
    this.classes = new Uint8Array(size);
    for (const [c, keys] of keysOf.entries()) {
      for (const key of keys) {
        let slot = key & this.mask;
        while (this.keys[slot] !== 0) slot = (slot + 1) & this.mask;
        this.keys[slot] = key + 1;
        this.classes[slot] = c;
      }
    }
  }

  /** The class of a word by its {@link lexiconKey}; -1 when the word is not listed. */
  classOf(key: number): number {
    const { keys, mask } = this;
    for (let slot = key & mask; ; slot = (slot + 1) & mask) {
      const held = keys[slot] ?? 0;
      if (held === 0) return -1;
      if (held === key + 1) return this.classes[slot] ?? -1;
    }
  }
}

/** The gaps between keys, class after class, seven bits a byte, the lowest first (LEB128). */
export function encodeKeys(keysOf: readonly Int32Array[]): Uint8Array {
  const bytes: number[] = [];
  for (const keys of keysOf) {
    let last = -1;
    for (const key of keys) {
      let gap = key - last - 1;
      for (; gap > 127; gap >>>= 7) bytes.push((gap & 127) | 128);
      bytes.push(gap);
      last = key;
    }
  }
  return Uint8Array.from(bytes);
}

/** Reads what {@link encodeKeys} wrote, from `at` on; `counts` says how many keys each class has. Undefined when bytes are missing. */
export function decodeKeys(
  bytes: Uint8Array,
  at: number,
  counts: readonly number[],
): { keysOf: Int32Array[]; end: number } | undefined {
  let next = at;
  const keysOf: Int32Array[] = [];
  for (const count of counts) {
    const keys = new Int32Array(count);
    let last = -1;
    for (let i = 0; i < count; i++) {
      let gap = 0;
      let shift = 0;
      let byte = 128;
      for (; (byte & 128) !== 0; shift += 7) {
        const read = bytes[next++];
        if (read === undefined) return undefined;
        byte = read;
        gap |= (byte & 127) << shift;
      }
      last += gap + 1;
      keys[i] = last;
    }
    keysOf.push(keys);
  }
  return { keysOf, end: next };
}
