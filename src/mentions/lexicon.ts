import { type Entry, KIND } from './entries.ts';
import type { Pattern, PatternWord } from './pattern.ts';
import { FIRST_SIDE, type PhraseTable, PhraseTableBuilder, secondBit, wordBit } from './phrase-table.ts';
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
  /** Ends in a full stop that ends no sentence: г., обл. */
  abbreviation: 4,
  /** Of the name of a body or a place: a wrong letter is forgiven. */
  typos: 8,
  /** Of the name of a place: with a wrong letter only when it begins with a capital. */
  place: 16,
} as const;

/** All lists compiled: words into a trie, their endings into an automaton, phrases into a table over words. */
export interface Lexicon {
  trie: WordTrie;
  /** By output of the trie: the word, how it goes on, and the keys of its stem. */
  formWord: Int32Array;
  formNext: Int32Array;
  suffixes: { next: Uint16Array; accept: Uint8Array };
  wordFlags: Uint8Array;
  /** What the scanner asks of each word, in four places: flags and cues (`flags | cues << 8`), and of the phrase node that it
   * begins the number, where its entries begin and which words go on. */
  wordFacts: Int32Array;
  /** Word texts, for messages. */
  words: string[];
  phrases: PhraseTable;
  /** Pairs of sides, as phrases of the lower and the higher number. */
  pairs: PhraseTable;
  /** By side: the bits of the sides that it makes a pattern with, by {@link wordBit} and by {@link secondBit}. */
  sidePartners: Int32Array;
  secondPartners: Int32Array;
  entries: Entry[];
  /** By entry: the same number for what has the same kind, row and weight. */
  entryLabels: Int32Array;
}

export class LexiconBuilder {
  private readonly trie = new WordTrieBuilder();
  private readonly suffixes = new SuffixAutomaton(suffixGrammar);
  private readonly phrases = new PhraseTableBuilder();
  private readonly pairs = new PhraseTableBuilder();
  private readonly wordIds = new Map<string, number>();
  private readonly words: string[] = [];
  private readonly flags: number[] = [];
  private readonly cues: number[] = [];
  private readonly patterns = new Set<string>();
  private readonly formIds = new Map<string, number>();
  private readonly formWord: number[] = [];
  private readonly formNext: number[] = [];
  private readonly entries: Entry[] = [];
  private readonly sides = new Map<string, number>();
  private readonly partners: number[] = [];
  private readonly secondPartners: number[] = [];

  /** Puts a pattern in. */
  add(pattern: Pattern, entry: Entry): void {
    const [first, second] = pattern.sides;
    const isName = entry.kind === KIND.agency || entry.kind === KIND.role || entry.kind === KIND.place;
    const words = this.wordsOf([...first, ...(second ?? [])]);
    if (isName) for (const word of words) this.mark(word, WORD.typos | (entry.kind === KIND.place ? WORD.place : 0));
    const label = `${entry.kind} ${entry.row} ${entry.near} ${words.join(' ')}`;
    if (this.patterns.has(label)) return;
    this.patterns.add(label);
    const number = this.entries.push(entry) - 1;
    if (second === undefined) {
      this.phrases.insert(words, number);
      return;
    }
    const [low = 0, high = 0] = [this.side(first), this.side(second)].sort((a, b) => a - b);
    this.pairs.insert([low, high], number);
    for (const [side, other] of [
      [low, high],
      [high, low],
    ] as const) {
      this.partners[side] = (this.partners[side] ?? 0) | wordBit(other);
      this.secondPartners[side] = (this.secondPartners[side] ?? 0) | secondBit(other);
    }
  }

  /** A word of a closed class. */
  addCue(pattern: Pattern, cue: number): void {
    for (const word of this.wordsOf(pattern.sides[0])) this.cues[word] = (this.cues[word] ?? 0) | (1 << cue);
  }

  /** The word of a pattern that a full stop may follow inside a phrase. */
  addAbbreviation(pattern: Pattern): void {
    for (const word of this.wordsOf(pattern.sides[0])) this.mark(word, WORD.abbreviation);
  }

  build(): Lexicon {
    const phrases = this.phrases.build(this.words.length);
    return {
      trie: this.trie.build(),
      formWord: Int32Array.from(this.formWord),
      formNext: Int32Array.from(this.formNext),
      suffixes: this.suffixes.compile(),
      wordFlags: Uint8Array.from(this.flags),
      wordFacts: Int32Array.from(
        this.words.flatMap((_, word) => {
          const node = phrases.fromRoot[word] ?? 0;
          const bits = (this.flags[word] ?? 0) | ((this.cues[word] ?? 0) << 8);
          return [bits, node, phrases.first[node] ?? 0, phrases.onward[node] ?? 0];
        }),
      ),
      words: this.words,
      phrases,
      pairs: this.pairs.build(this.sides.size),
      sidePartners: Int32Array.from(this.partners),
      secondPartners: Int32Array.from(this.secondPartners),
      entries: this.entries,
      entryLabels: labelsOf(this.entries),
    };
  }

  private mark(word: number, flag: number): void {
    this.flags[word] = (this.flags[word] ?? 0) | flag;
  }

  private wordsOf(side: readonly PatternWord[]): number[] {
    return side.map((word) => this.word(word));
  }

  /** One side of a `+`: a phrase of its own that many patterns share. */
  private side(side: readonly PatternWord[]): number {
    const words = this.wordsOf(side);
    const label = words.join(' ');
    const known = this.sides.get(label);
    if (known !== undefined) return known;
    const number = this.sides.size;
    this.sides.set(label, number);
    this.phrases.insert(words, FIRST_SIDE - number);
    return number;
  }

  private word(word: PatternWord): number {
    // What takes no endings is the same word in every language.
    const language = word.open || word.exact ? '' : word.language;
    const label = [language, word.open, word.exact, word.capitals, word.abbreviation, word.name, word.text].join(' ');
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
    const next = continuation === 'open' ? OPEN : continuation === 'end' ? END : this.suffixes.start([...continuation]);
    const label = `${word} ${next}`;
    const known = this.formIds.get(label);
    if (known !== undefined) return known;
    this.formNext.push(next);
    const form = this.formWord.push(word) - 1;
    this.formIds.set(label, form);
    return form;
  }
}

function labelsOf(entries: readonly Entry[]): Int32Array {
  const labels = new Map<string, number>();
  return Int32Array.from(entries, ({ kind, row, weight }) => {
    const label = `${kind} ${row} ${weight}`;
    const number = labels.get(label) ?? labels.size;
    labels.set(label, number);
    return number;
  });
}
