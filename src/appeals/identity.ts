import { createHash } from 'node:crypto';

/** Gives a row without a number of its own an id: the same row of the same export always the same one. */
export type Identify = (parts: readonly (string | readonly string[] | undefined)[]) => string;

/**
 * The id is a hash of what the row says and how many rows before it said the same: two appeals alike are two, and the same
 * export read again, under whatever name, changes nothing. One identifier serves one file; it remembers eight bytes or so of each row.
 */
export function createIdentify(): Identify {
  const seen = new Map<number, number>();
  return (parts) => {
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest();
    const key = digest.readUIntBE(0, 6);
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    const id = digest.toString('hex', 0, 12);
    return before === 0 ? id : `${id}-${before + 1}`;
  };
}
