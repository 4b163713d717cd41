/**
 * Phrases as a trie over words of the lexicon: an open-addressing table from (node, word) to node, and the entries that
 * end at each node.
 */
export interface PhraseTable {
  /** Node after a phrase's first word, by word; 0 for none. */
  fromRoot: Int32Array;
  /** Triples node, word, next node; a node of 0 marks a free slot. */
  slots: Int32Array;
  mask: number;
  /** Where the entries of a node begin in `entries`, or 0. */
  first: Int32Array;
  /** Groups of entries, each ended by -1. The side of a pattern with a `+` is {@link FIRST_SIDE} less its number. */
  entries: Int32Array;
  /** {@link wordBit}s of the words that go on from a node: most words go on from none, and one look tells. */
  onward: Int32Array;
  /** Their {@link secondBit}s: what has one of each seldom goes on in vain. */
  secondOnward: Int32Array;
}

/** What stands for side 0 among the entries of a phrase table; side 1 is one less. */
export const FIRST_SIDE = -2;

/** One of 32 bits for a word, or for a side of a `+`. */
export function wordBit(word: number): number {
  return 1 << (word & 31);
}

/** Another one, independent of the first. */
export function secondBit(word: number): number {
  return 1 << ((word >> 5) & 31);
}

/** The node after `node` and `word`, or 0. */
export function nextNode(table: PhraseTable, node: number, word: number): number {
  if (((table.onward[node] ?? 0) & wordBit(word)) === 0) return 0;
  const { slots, mask } = table;
  let slot = phraseHash(node, word) & mask;
  for (;;) {
    const at = slots[3 * slot] ?? 0;
    if (at === 0) return 0;
    if (at === node && slots[3 * slot + 1] === word) return slots[3 * slot + 2] ?? 0;
    slot = (slot + 1) & mask;
  }
}

/** The slot at which the search for a pair begins. */
function phraseHash(node: number, word: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(word, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

export class PhraseTableBuilder {
  private readonly children: Map<number, number>[] = [new Map()];
  private readonly ends: number[][] = [[]];

  insert(words: readonly number[], entry: number): void {
    let node = 0;
    for (const word of words) {
      let next = this.children[node]?.get(word);
      if (next === undefined) {
        next = this.children.push(new Map()) - 1;
        this.ends.push([]);
        this.children[node]?.set(word, next);
      }
      node = next;
    }
    const ends = this.ends[node];
    if (ends !== undefined && !ends.includes(entry)) ends.push(entry);
  }

  build(wordCount: number): PhraseTable {
    const nodes = this.children.length;
    const size = 2 ** Math.ceil(Math.log2(1.5 * nodes + 2));
    const mask = size - 1;
    const slots = new Int32Array(3 * size);
    const fromRoot = new Int32Array(wordCount);
    const first = new Int32Array(nodes);
    const onward = new Int32Array(nodes);
    const secondOnward = new Int32Array(nodes);
    const entries = [-1];
    for (const [node, children] of this.children.entries()) {
      const ends = this.ends[node] ?? [];
      if (ends.length > 0) {
        first[node] = entries.length;
        entries.push(...ends, -1);
      }
      if (node === 0) {
        for (const [word, next] of children) fromRoot[word] = next;
        continue;
      }
      for (const [word, next] of children) {
        let slot = phraseHash(node, word) & mask;
        while (slots[3 * slot] !== 0) slot = (slot + 1) & mask;
        slots.set([node, word, next], 3 * slot);
        onward[node] = (onward[node] ?? 0) | wordBit(word);
        secondOnward[node] = (secondOnward[node] ?? 0) | secondBit(word);
      }
    }
    return { fromRoot, slots, mask, first, entries: Int32Array.from(entries), onward, secondOnward };
  }
}
