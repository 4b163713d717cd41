import { KEY } from './letters.ts';

/**
 * A trie over word keys as a double array: state `s` goes on key `k` to `cells[2s] + k`, if that cell names `s` as its
 * parent in `cells[2t + 1]`. One memory line a step, whatever the lists hold.
 */
export interface WordTrie {
  cells: Int32Array;
  /** Where the outputs of a state begin in `outputs`, or 0. */
  first: Int32Array;
  /** Groups of values, each ended by -1. */
  outputs: Int32Array;
}

/** The root's cell. */
export const ROOT = 1;

/** Collects words, then lays them out. Values are small non-negative integers; a word may have several. */
export class WordTrieBuilder {
  /** Keys as characters, so that words sort and compare natively. */
  private readonly valuesOf = new Map<string, number[]>();

  insert(keys: Uint8Array, value: number): void {
    const word = String.fromCharCode(...keys);
    const values = this.valuesOf.get(word);
    if (values === undefined) this.valuesOf.set(word, [value]);
    else if (!values.includes(value)) values.push(value);
  }

  build(): WordTrie {
    const words = [...this.valuesOf.keys()].sort();
    const layout = new Layout(words.reduce((sum, word) => sum + word.length, 0) + 1);
    const outputs = [-1];
    // Breadth first, so that the states near the root, where most words end, share memory lines. A state is a range of
    // the sorted words that begin alike.
    const ranges = [{ from: 0, to: words.length, depth: 0, cell: ROOT }];
    for (let head = 0; head < ranges.length; head++) {
      const range = ranges[head];
      if (range === undefined) break;
      const { depth, cell, to } = range;
      let { from } = range;
      const whole = words[from] ?? '';
      if (whole.length === depth && from < to) {
        layout.setFirst(cell, outputs.length);
        outputs.push(...(this.valuesOf.get(whole) ?? []), -1);
        from++;
      }
      if (from >= to) continue;
      const keys: number[] = [];
      const starts: number[] = [];
      for (let w = from; w < to; w++) {
        const key = words[w]?.charCodeAt(depth) ?? 0;
        if (keys.at(-1) === key) continue;
        keys.push(key);
        starts.push(w);
      }
      const base = layout.place(keys);
      layout.setBase(cell, base);
      for (const [index, key] of keys.entries()) {
        layout.setParent(base + key, cell);
        ranges.push({ from: starts[index] ?? to, to: starts[index + 1] ?? to, depth: depth + 1, cell: base + key });
      }
    }
    return { ...layout.result(), outputs: Int32Array.from(outputs) };
  }
}

/** The cells while they are being filled. */
class Layout {
  private cells: Int32Array;
  private first: Int32Array;
  private lowest = 2;

  constructor(nodes: number) {
    const size = 2 * nodes + 4 * KEY.count;
    this.cells = new Int32Array(2 * size);
    this.first = new Int32Array(size);
    this.cells[2 * ROOT + 1] = -1;
  }

  /** The lowest base at which all these keys fall on free cells. */
  place(keys: readonly number[]): number {
    const low = Math.min(...keys);
    while (this.isTaken(this.lowest)) this.lowest++;
    for (let base = Math.max(1, this.lowest - low); ; base++) {
      if (keys.every((key) => !this.isTaken(base + key))) return base;
    }
  }

  setBase(cell: number, base: number): void {
    this.reserve(base + KEY.count);
    this.cells[2 * cell] = base;
  }

  setParent(cell: number, parent: number): void {
    this.reserve(cell);
    this.cells[2 * cell + 1] = parent;
  }

  setFirst(cell: number, first: number): void {
    this.first[cell] = first;
  }

  result(): Pick<WordTrie, 'cells' | 'first'> {
    return { cells: this.cells, first: this.first };
  }

  private isTaken(cell: number): boolean {
    return (this.cells[2 * cell + 1] ?? 0) !== 0;
  }

  private reserve(cell: number): void {
    if (cell + KEY.count < this.first.length) return;
    const size = 2 * (cell + KEY.count);
    const cells = new Int32Array(2 * size);
    cells.set(this.cells);
    this.cells = cells;
    const first = new Int32Array(size);
    first.set(this.first);
    this.first = first;
  }
}
