import { TextBatch } from '../../post/text-batch.ts';

/** The training texts: file name without `.txt` to lines. */
export type Corpus = ReadonlyMap<string, readonly string[]>;

/** A corpus, parted for good into what the weights learn from, what tunes and calibrates, and what only checks. */
export interface Split {
  train: Corpus;
  tune: Corpus;
  check: Corpus;
}

/** One line of twenty tunes and another one checks; which ones depends on the line alone. */
const PARTS = 20;

/** Parts a corpus. The same line always falls on the same side, also when it stands twice. */
export function splitCorpus(corpus: Corpus): Split {
  const part = (belongs: (part: number) => boolean): Corpus =>
    new Map([...corpus].map(([name, lines]) => [name, lines.filter((line) => belongs(lineHash(line) % PARTS))]));
  return { train: part((n) => n > 1), tune: part((n) => n === 0), check: part((n) => n === 1) };
}

/** FNV-1a over the units of a line without its outer spaces, as an unsigned number. */
export function lineHash(line: string): number {
  const text = line.trim();
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}

/** The normal forms of the lines; lines of which nothing is left are dropped. */
export function normalised(lines: readonly string[]): string[] {
  const batch = new TextBatch();
  const texts: string[] = [];
  for (let from = 0; from < lines.length; from += 1000) {
    batch.fill(lines.slice(from, from + 1000));
    for (let i = 0; i < batch.count; i++) {
      const text = batch.textOf(i);
      if (text !== '') texts.push(text);
    }
  }
  return texts;
}
