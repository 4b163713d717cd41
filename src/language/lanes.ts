/**
 * Weights packed two a 32-bit integer, each raised by 128 so that sums of up to 257 stay apart: adding rows up takes half
 * the additions, and six sums at a time fit into registers.
 */
export const BLOCK_LANES = 6;
const OFFSET = 128;

/** Classes, rounded up to whole blocks, over two. */
export function lanesFor(classCount: number): number {
  return Math.ceil(classCount / (2 * BLOCK_LANES)) * BLOCK_LANES;
}

/** Lanes for `rowCount` rows of weights 0. */
export function emptyLanes(rowCount: number, classCount: number): Int32Array {
  return new Int32Array(rowCount * lanesFor(classCount)).fill(OFFSET | (OFFSET << 16));
}

/** Sets one weight, −127 … 127, that was 0. */
export function setWeight(lanes: Int32Array, lanesPerRow: number, row: number, column: number, weight: number): void {
  const lane = row * lanesPerRow + (column >> 1);
  lanes[lane] = (lanes[lane] ?? 0) + (weight << (16 * (column & 1)));
}

/** Sets the weights of one column from row `first` on, given as two's complement; they were 0. */
export function setColumn(
  lanes: Int32Array,
  lanesPerRow: number,
  column: number,
  weights: Uint8Array,
  first: number,
): void {
  const shift = 16 * (column & 1);
  let lane = first * lanesPerRow + (column >> 1);
  for (let i = 0; i < weights.length; i++) {
    lanes[lane] = (lanes[lane] ?? 0) + ((((weights[i] ?? 0) << 24) >> 24) << shift);
    lane += lanesPerRow;
  }
}

export function weightAt(lanes: Int32Array, lanesPerRow: number, row: number, column: number): number {
  const lane = lanes[row * lanesPerRow + (column >> 1)] ?? 0;
  return ((lane >>> (16 * (column & 1))) & 0xffff) - OFFSET;
}

/** Adds up `count` ≤ 257 rows, given by where they start in `lanes`, and writes the sums of every class to `out`. */
export function sumRows(
  lanes: Int32Array,
  lanesPerRow: number,
  starts: Int32Array,
  count: number,
  out: Int16Array,
): void {
  const offset = OFFSET * count;
  for (let block = 0; block < lanesPerRow; block += BLOCK_LANES) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    for (let g = 0; g < count; g++) {
      const lane = (starts[g] ?? 0) + block;
      s0 = (s0 + (lanes[lane] ?? 0)) | 0;
      s1 = (s1 + (lanes[lane + 1] ?? 0)) | 0;
      s2 = (s2 + (lanes[lane + 2] ?? 0)) | 0;
      s3 = (s3 + (lanes[lane + 3] ?? 0)) | 0;
      s4 = (s4 + (lanes[lane + 4] ?? 0)) | 0;
      s5 = (s5 + (lanes[lane + 5] ?? 0)) | 0;
    }
    const to = 2 * block;
    out[to] = (s0 & 0xffff) - offset;
    out[to + 1] = (s0 >>> 16) - offset;
    out[to + 2] = (s1 & 0xffff) - offset;
    out[to + 3] = (s1 >>> 16) - offset;
    out[to + 4] = (s2 & 0xffff) - offset;
    out[to + 5] = (s2 >>> 16) - offset;
    out[to + 6] = (s3 & 0xffff) - offset;
    out[to + 7] = (s3 >>> 16) - offset;
    out[to + 8] = (s4 & 0xffff) - offset;
    out[to + 9] = (s4 >>> 16) - offset;
    out[to + 10] = (s5 & 0xffff) - offset;
    out[to + 11] = (s5 >>> 16) - offset;
  }
}
