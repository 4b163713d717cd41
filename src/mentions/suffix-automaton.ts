import { coarseKeysOfWord, KEY, keysOfWord } from './letters.ts';

/** A state of a suffix grammar: what may follow, and whether a word may end here. */
export interface SuffixNode {
  accept: boolean;
  /** Spellings in Cyrillic, and the state after each. */
  edges: readonly (readonly [suffix: string, target: string])[];
}

/** Describes the state of a name: grammars are graphs whose states are made as they are reached. */
export type SuffixGrammar = (name: string) => SuffixNode;

const KEYS = KEY.count;

/**
 * A deterministic automaton over word keys that accepts the suffix chains of a grammar, in Cyrillic and in the coarse
 * spelling. Built by the subset construction from the states asked for; state 0 is dead.
 */
export class SuffixAutomaton {
  private readonly grammar: SuffixGrammar;
  /** Character-level states: for each, the targets by key. */
  private readonly moves: Map<number, number[]>[] = [];
  private readonly accepting: boolean[] = [];
  private readonly named = new Map<string, number>();
  private readonly starts = new Map<string, number>();
  private readonly subsets = new Map<string, number>();
  private table = new Uint16Array(KEYS);
  private accept: number[] = [0];

  constructor(grammar: SuffixGrammar) {
    this.grammar = grammar;
  }

  /** The state from which a word goes on after a stem, in any of the grammar's states given. */
  start(names: readonly string[]): number {
    const label = names.join(' ');
    const known = this.starts.get(label);
    if (known !== undefined) return known;
    const state = this.subset(names.map((name) => this.node(name)));
    this.starts.set(label, state);
    return state;
  }

  get states(): number {
    return this.accept.length;
  }

  /** Transition table (`state * 64 + key` → state) and whether each state ends a word. Call after the last `start`. */
  compile(): { next: Uint16Array; accept: Uint8Array } {
    return { next: this.table, accept: Uint8Array.from(this.accept) };
  }

  private node(name: string): number {
    const known = this.named.get(name);
    if (known !== undefined) return known;
    const { accept, edges } = this.grammar(name);
    const id = this.newNode(accept);
    this.named.set(name, id);
    for (const [suffix, target] of edges) {
      const end = this.node(target);
      this.addPath(id, keysOfWord(suffix), end);
      this.addPath(id, coarseKeysOfWord(suffix), end);
    }
    return id;
  }

  private newNode(accept: boolean): number {
    this.moves.push(new Map());
    return this.accepting.push(accept) - 1;
  }

  private addPath(from: number, keys: Uint8Array, end: number): void {
    let at = from;
    for (const [index, key] of keys.entries()) {
      const to = index === keys.length - 1 ? end : this.newNode(false);
      const targets = this.moves[at]?.get(key);
      if (targets === undefined) this.moves[at]?.set(key, [to]);
      else if (!targets.includes(to)) targets.push(to);
      at = to;
    }
  }

  private subset(nodes: readonly number[]): number {
    const sorted = [...new Set(nodes)].sort((a, b) => a - b);
    const label = sorted.join(',');
    const known = this.subsets.get(label);
    if (known !== undefined) return known;
    const state = this.accept.push(sorted.some((node) => this.accepting[node]) ? 1 : 0) - 1;
    this.subsets.set(label, state);
    if ((state + 1) * KEYS > this.table.length) {
      const table = new Uint16Array(this.table.length * 2);
      table.set(this.table);
      this.table = table;
    }
    const byKey = new Map<number, number[]>();
    for (const node of sorted) {
      for (const [key, targets] of this.moves[node] ?? []) byKey.set(key, [...(byKey.get(key) ?? []), ...targets]);
    }
    for (const [key, targets] of byKey) {
      const target = this.subset(targets);
      this.table[state * KEYS + key] = target;
    }
    return state;
  }
}
