import { FOLD, foldTable } from '../../../src/copies/fold.ts';
import { SHINGLE } from '../../../src/copies/sketch.ts';
import { FLAG, TextBatch } from '../../../src/post/text-batch.ts';

/** The folded prose of a text: what the index compares, by a second way to it. */
export function proseOf(text: string): string {
  const batch = new TextBatch().fill([text]);
  const units = [...batch.units.subarray(0, batch.starts[1])].map((unit, k) =>
    ((batch.flags[k] ?? 0) & FLAG.notProse) === 0 ? (foldTable[unit] ?? unit) : FOLD.space,
  );
  const prose = String.fromCharCode(...units.filter((unit) => unit !== FOLD.none));
  return prose.replaceAll(/ +/g, ' ').trim();
}

export function wordsOf(prose: string): number {
  return prose === '' ? 0 : prose.split(' ').length;
}

export function shinglesOf(prose: string): Set<string> {
  const padded = ` ${prose} `;
  const shingles = new Set<string>();
  for (let i = 0; i + SHINGLE <= padded.length; i++) shingles.add(padded.slice(i, i + SHINGLE));
  return shingles;
}

/** Exact Jaccard similarity. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const shingle of a) if (b.has(shingle)) both++;
  return both / (a.size + b.size - both || 1);
}
