/** Slots: a word's second hash, whose first one chose the slot, and what is remembered. */
const SLOT_BITS = 17;

/** What {@link WordMemory.recall} answers of a word it does not know. */
export const UNKNOWN = -2;

/**
 * Remembers a number by the two hashes of a word, of which the second is never 0: 50 bits of them tell words apart. A slot has
 * one neighbour, in the same line of memory, to which its older word moves.
 */
export class WordMemory {
  private readonly slots = new Int32Array(2 << SLOT_BITS);

  recall(hash1: number, hash2: number): number {
    const { slots } = this;
    const slot = (hash1 >>> (32 - SLOT_BITS)) << 1;
    if (slots[slot] === hash2) return slots[slot + 1] ?? 0;
    if (slots[slot ^ 2] === hash2) return slots[(slot ^ 2) + 1] ?? 0;
    return UNKNOWN;
  }

  remember(hash1: number, hash2: number, value: number): void {
    const { slots } = this;
    const slot = (hash1 >>> (32 - SLOT_BITS)) << 1;
    if (slots[slot] !== 0) {
      slots[slot ^ 2] = slots[slot] ?? 0;
      slots[(slot ^ 2) + 1] = slots[slot + 1] ?? 0;
    }
    slots[slot] = hash2;
    slots[slot + 1] = value;
  }
}
