/** The 32-bit finaliser of MurmurHash3: every bit of the input sways every bit of the output. */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** As a signed number: an unsigned one would make V8 carry the hash as a floating-point number. */
const START = 0x9e3779b9 | 0;

/**
 * A 64-bit hash in two halves, taken unit by unit. Two of 5 million keys share one with a probability of about 10⁻⁶.
 *
 * @example
 * const hash = new Hash64().ofString('vk:1');
 * table.find(hash.low, hash.high);
 */
export class Hash64 {
  low = 0;
  high = 0;

  ofString(text: string): this {
    let low = text.length;
    let high = START;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      low = Math.imul(low ^ unit, 0x9e3779b1);
      high = Math.imul(high ^ unit, 0x5f356495);
      low ^= low >>> 15;
    }
    return this.finish(low, high);
  }

  /**
   * Of a text of `length` units, taken as 32-bit words two at a time, one into each half; the halves then sway each other,
   * so that two texts differ in all 64 bits from the first unlike word on. Up to three units after the last must be 0.
   */
  ofPairs(pairs: Int32Array, length: number): this {
    let low = length;
    let high = START;
    const end = (length + 1) >> 1;
    for (let i = 0; i < end; i += 2) {
      low = Math.imul(low ^ (pairs[i] ?? 0), 0x9e3779b1);
      high = Math.imul(high ^ (pairs[i + 1] ?? 0), 0x5f356495);
      const before = low;
      low ^= high >>> 15;
      high ^= before >>> 13;
    }
    return this.finish(low, high);
  }

  private finish(low: number, high: number): this {
    this.low = mix(low ^ Math.imul(high >>> 16, 0x85ebca6b));
    this.high = mix(high + Math.imul(low, 0x27d4eb2f));
    return this;
  }
}
