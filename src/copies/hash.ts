/** The 32-bit finaliser of MurmurHash3: every bit of the input sways every bit of the output. */
export function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

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
    let high = 0x9e3779b9;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      low = Math.imul(low ^ unit, 0x9e3779b1);
      high = Math.imul(high ^ unit, 0x5f356495);
      low ^= low >>> 15;
    }
    return this.finish(low, high);
  }

  /** Of a text of `length` units, taken two at a time; an odd one out is followed by a 0. */
  ofPairs(pairs: Int32Array, length: number): this {
    let low = length;
    let high = 0x9e3779b9;
    const count = (length + 1) >> 1;
    for (let i = 0; i < count; i++) {
      const pair = pairs[i] ?? 0;
      low = Math.imul(low ^ pair, 0x9e3779b1);
      high = Math.imul(high ^ pair, 0x5f356495);
      low ^= low >>> 15;
      high ^= high >>> 13;
    }
    return this.finish(low, high);
  }

  private finish(low: number, high: number): this {
    this.low = mix(low ^ Math.imul(high >>> 16, 0x85ebca6b));
    this.high = mix(high + Math.imul(low, 0x27d4eb2f));
    return this;
  }
}
