import { FLAG } from './flag.ts';
import type { TextBatch } from './text-batch.ts';
import { HYPHENATED } from './tokens.ts';
import { CLASS, unitTable } from './unit-table.ts';

/**
 * Repairs look-alikes and shortens rows of the word `[from, to)` of the batch; returns its new end. Few words need either.
 *
 * @param kinds the kinds of the word as a token.
 */
export function mendWord(out: TextBatch, from: number, to: number, kinds: number): number {
  if ((kinds & ~HYPHENATED) === CLASS.mixedScripts) repairHomoglyphs(out.units, out.flags, from, to);
  return ((out.flags[from] ?? 0) & FLAG.link) !== 0 ? to : shortenRows(out, from, to);
}

/** Leaves one letter of each row of three or more; `1414` and `111` are numbers and stay. */
function shortenRows({ units, flags, source }: TextBatch, from: number, to: number): number {
  let end = from;
  for (let k = from; k < to; ) {
    const unit = units[k] ?? 0;
    let next = k + 1;
    while (next < to && units[next] === unit) next++;
    const isRow = next - k >= 3 && unitTable.classes[unit] !== CLASS.digit;
    for (const last = isRow ? k + 1 : next; k < last; k++) {
      units[end] = unit;
      flags[end] = flags[k] ?? 0;
      source[end++] = source[k] ?? 0;
    }
    k = next;
  }
  return end;
}

/**
 * Rewrites the Latin look-alikes of a word that mixes both scripts as the Cyrillic letters meant, when every Latin
 * letter of it is a look-alike and none of its Cyrillic letters came from elsewhere; otherwise leaves the word alone.
 */
function repairHomoglyphs(units: Uint16Array, flags: Uint8Array, from: number, to: number): void {
  const { classes, lookalike, capitalLookalike } = unitTable;
  const meant = (k: number): number => {
    const table = ((flags[k] ?? 0) & FLAG.upper) === 0 ? lookalike : capitalLookalike;
    return table[units[k] ?? 0] ?? 0;
  };
  for (let k = from; k < to; k++) if (classes[units[k] ?? 0] === CLASS.latin && meant(k) === 0) return;
  for (let k = from; k < to; k++) {
    if (classes[units[k] ?? 0] !== CLASS.latin) continue;
    units[k] = meant(k);
    flags[k] = (flags[k] ?? 0) | FLAG.homoglyph;
  }
}
