import type { TextBatch } from './text-batch.ts';
import { unitTable } from './unit-table.ts';

/** How many integers a token takes in {@link TextBatch.tokens}, and which is which. */
export const TOKEN = {
  size: 5,
  /** Where it stands in the batch's units, `to` exclusive. */
  from: 0,
  to: 1,
  /** The union of the classes of its letters and digits, and {@link HYPHENATED}. */
  kinds: 2,
  /** Two independent hashes of its units, the second never 0: those of {@link hashUnits}. */
  hash1: 3,
  hash2: 4,
} as const;

/** Bit of a token's kinds that no letter has: a hyphen stands in it. */
export const HYPHENATED = 1;

/** Factors of the two hashes. */
export const HASH1 = 0x01000193;
export const HASH2 = 0x2c1b3c6d;

const HYPHEN = 0x2d;

/** The last step of the first hash. */
export function lastOfHash1(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), HASH2);
}

/** The last step of the second hash. */
export function lastOfHash2(hash: number): number {
  return hash ^ (hash >>> 16) || 1;
}

/** Writes the two hashes of `units[from … to)` to `out[at]` and `out[at + 1]`: FNV-1a and a polynomial, each mixed once more. */
export function hashUnits(units: Uint16Array, from: number, to: number, out: Int32Array, at: number): void {
  let hash1 = 0;
  let hash2 = 0;
  for (let k = from; k < to; k++) {
    const unit = units[k] ?? 0;
    hash1 = Math.imul(hash1 ^ unit, HASH1);
    hash2 = Math.imul(hash2 + unit, HASH2);
  }
  out[at] = lastOfHash1(hash1);
  out[at + 1] = lastOfHash2(hash2);
}

/** Writes the token `[from, to)` from its units: for words that the normaliser has changed since it read them. */
export function writeToken({ units, tokens }: TextBatch, at: number, from: number, to: number): void {
  const { classes, letters } = unitTable;
  let kinds = 0;
  for (let k = from; k < to; k++) {
    const unit = units[k] ?? 0;
    if (unit === HYPHEN) kinds |= HYPHENATED;
    else if ((letters[unit] ?? 0) !== 0) kinds |= classes[unit] ?? 0;
  }
  tokens[at + TOKEN.from] = from;
  tokens[at + TOKEN.to] = to;
  tokens[at + TOKEN.kinds] = kinds;
  hashUnits(units, from, to, tokens, at + TOKEN.hash1);
}
