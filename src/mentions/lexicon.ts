import type { Entry } from './entries.ts';
import type { Pattern, PatternWord } from './pattern.ts';
import { type PhraseTable, PhraseTableBuilder } from './phrase-table.ts';
import { SuffixAutomaton } from './suffix-automaton.ts';
import { type Continuation, formsOf, suffixGrammar } from './word-forms.ts';
import { type WordTrie, WordTrieBuilder } from './word-trie.ts';

/** Continuations that are no state of the suffix automaton. */
export const OPEN = -1;
export const END = -2;

/** Bits of {@link Lexicon.wordFlags}. */
export const WORD = {
  capitals: 1,
  name: 2,
  /** Takes part in a pattern of two words that stand apart. */
  near: 4,
  /** Ends in a full stop that ends no sentence: г., обл. */
  abbreviation: 8,
} as const;

/** All lists compiled: words into a trie, their endings into an automaton, phrases into a table over words. */
export interface Lexicon {
  trie: WordTrie;
  /** By output of the trie: the word, how it goes on, and the keys of its stem. */
  formWord: Int32Array;
  formNext: Int32Array;
  suffixes: { next: Uint16Array; accept: Uint8Array };
  wordFlags: Uint8Array;
  /** Word texts, for messages. */
  words: string[];
  phrases: PhraseTable;
  /** Pairs of words that stand apart, as phrases of the lower and the higher word. */
  pairs: PhraseTable;
  entries: Entry[];
}

export class LexiconBuilder {
  private readonly trie = new WordTrieBuilder();
  private readonly suffixes = new SuffixAutomaton(suffixGrammar);
  private readonly phrases = new PhraseTableBuilder();
  private readonly pairs = new PhraseTableBuilder();
  private readonly wordIds = new Map<string, number>();
  private readonly words: string[] = [];
  private readonly flags: number[] = [];
  private readonly formIds = new Map<string, number>();
  private readonly formWord: number[] = [];
  private readonly formNext: number[] = [];
  private readonly entries: Entry[] = [];

  /** Puts a pattern in. Returns the number of its entry. */
  add(pattern: Pattern, entry: Entry): number {
    const number = this.entries.push(entry) - 1;
    const words = pattern.words.map((word) => this.word(word));
    if (pattern.near) {
      const [a = 0, b = 0] = words.sort((x, y) => x - y);
      for (const word of [a, b]) this.mark(word, WORD.near);
      this.pairs.insert([a, b], number);
    } else {
      this.phrases.insert(words, number);
    }
    return number;
  }

  /** The word of a pattern that a full stop may follow inside a phrase. */
  addAbbreviation(pattern: Pattern): void {
    for (const word of pattern.words) this.mark(this.word(word), WORD.abbreviation);
  }

  build(): Lexicon {
    return {
      trie: this.trie.build(),
      formWord: Int32Array.from(this.formWord),
      formNext: Int32Array.from(this.formNext),
      suffixes: this.suffixes.compile(),
      wordFlags: Uint8Array.from(this.flags),
      words: this.words,
      phrases: this.phrases.build(this.words.length),
      pairs: this.pairs.build(this.words.length),
      entries: this.entries,
    };
  }

  private mark(word: number, flag: number): void {
    this.flags[word] = (this.flags[word] ?? 0) | flag;
  }

  private word(word: PatternWord): number {
    const label = [word.language, word.open, word.exact, word.capitals, word.name, word.text].join(' ');
    const known = this.wordIds.get(label);
    if (known !== undefined) return known;
    const id = this.words.push(word.text) - 1;
    this.wordIds.set(label, id);
    this.flags[id] = (word.capitals ? WORD.capitals : 0) | (word.name ? WORD.name : 0);
    for (const form of formsOf(word)) {
      if (form.keys.length > 0) this.trie.insert(form.keys, this.form(id, form.continuation));
    }
    return id;
  }

  private form(word: number, continuation: Continuation): number {
    const next =
      continuation === 'open' ? OPEN : continuation === 'end' ? END : this.suffixes.start([...continuation]);
    const label = `${word} ${next}`;
    const known = this.formIds.get(label);
    if (known !== undefined) return known;
    this.formNext.push(next);
    const form = this.formWord.push(word) - 1;
    this.formIds.set(label, form);
    return form;
  }
}
