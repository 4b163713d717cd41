/** A short array grows fast, since it costs little; a long one costs memory. */
const LONG = 1 << 16;
const GROWTH_OF_SHORT = 2;
const GROWTH = 1.25;

/** How long a full array becomes, to hold at least `need`. */
export function grownLength(length: number, need: number): number {
  return Math.max(need, Math.ceil(length * (length < LONG ? GROWTH_OF_SHORT : GROWTH)), 64);
}

export function grownInt32(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length);
  grown.set(array.subarray(0, Math.min(array.length, length)));
  return grown;
}

export function grownFloat64(array: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(length);
  grown.set(array.subarray(0, Math.min(array.length, length)));
  return grown;
}

export function grownBytes(array: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(length);
  grown.set(array.subarray(0, Math.min(array.length, length)));
  return grown;
}
