/** Slots: half of a word's hash, whose other half chose the slot, and what is remembered. */
const SLOT_BITS = 18;

/** What {@link WordMemory.recall} answers of a word it does not know. */
export const UNKNOWN = -2;

/** Remembers a number by the hash of a word (50 bits of it). A slot has one neighbour, to which its older word moves. */
export class WordMemory {
  private readonly slots = new Int32Array(2 << SLOT_BITS);

  recall(low: number, high: number): number {
    const { slots } = this;
    const slot = slotOf(low);
    if (slots[slot] === high) return slots[slot + 1] ?? 0;
    if (slots[slot ^ 2] === high) return slots[(slot ^ 2) + 1] ?? 0;
    return UNKNOWN;
  }

  remember(low: number, high: number, value: number): void {
    const { slots } = this;
    const slot = slotOf(low);
    if (slots[slot] !== 0) {
      slots[slot ^ 2] = slots[slot] ?? 0;
      slots[(slot ^ 2) + 1] = slots[slot + 1] ?? 0;
    }
    slots[slot] = high;
    slots[slot + 1] = value;
  }
}

function slotOf(low: number): number {
  return (Math.imul(low ^ (low >>> 15), 0x9e3779b1) >>> (32 - SLOT_BITS)) << 1;
}
