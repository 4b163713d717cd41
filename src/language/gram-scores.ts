import { gramHashes, MAX_GRAMS } from './grams.ts';
import { sumRows } from './lanes.ts';
import type { ScriptModel } from './model.ts';

const hashes = new Int32Array(MAX_GRAMS);

/**
 * Writes what the grams of the word `units[from … to)` say for each class of its script to `out`, in units of the model's
 * scale, and returns the hash of the whole word.
 */
export function gramScores(model: ScriptModel, units: Uint16Array, from: number, to: number, out: Int16Array): number {
  const { rows, lanes, lanesPerRow, rowBits } = model;
  const mask = 2 ** rowBits - 1;
  const count = gramHashes(units, from, to, hashes);
  const whole = hashes[count - 1] ?? 0;
  let used = 0;
  for (let g = 0; g < count; g++) {
    const hash = hashes[g] ?? 0;
    const row = rows[(hash ^ (hash >>> 17)) & mask] ?? 0;
    if (row !== 0) hashes[used++] = row * lanesPerRow;
  }
  sumRows(lanes, lanesPerRow, hashes, used, out);
  return whole;
}
