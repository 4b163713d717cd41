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

  /** Of two halves that each have taken in all there is. */
  finish(low: number, high: number): this {
    this.low = mix(low ^ Math.imul(high >>> 16, 0x85ebca6b));
    this.high = mix(high + Math.imul(low, 0x27d4eb2f));
    return this;
  }
}
