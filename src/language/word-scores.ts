import { FAMILIES, KK, RU } from './classes.ts';
import { gramScores } from './gram-scores.ts';
import { lexiconKey } from './lexicon.ts';
import type { ScriptModel } from './model.ts';
import { WORD, type WordList } from './word-list.ts';

/** The widest list of classes. */
export const MAX_CLASSES = 24;

/** What a stored score is raised by; no score is further from 0 than this less one. */
export const SCORE_OFFSET = 128;

/** Enough buckets that of a stream with 40,000 different words hardly one has to be scored again. */
const BUCKET_BITS = 15;

const SLOTS_PER_BUCKET = 4;
const SLOT_SIZE = 2;
const BUCKET_SIZE = SLOTS_PER_BUCKET * SLOT_SIZE;

/** How far a listed word's class stands before all others, in log-odds. */
const LISTED_LEAD = 3;

/**
 * What each word says for each class, computed once per word: a cache of 4 MB. A word that is not in it takes the place of
 * the oldest of the four in its bucket, so what a word is worth never depends on what was read before.
 *
 * What every text needs of a word is kept apart from the rest, so that it stays in the processor's own cache.
 */
export class WordScores {
  /**
   * Two integers a slot: a hash of the word (0: the slot is free), and from the lowest byte up its scores for Kazakh and
   * Russian and its highest score in each of the {@link FAMILIES}, all raised by {@link SCORE_OFFSET}.
   */
  readonly slots = new Int32Array(2 ** BUCKET_BITS * BUCKET_SIZE);
  /** {@link MAX_CLASSES} scores a slot. */
  private readonly scores = new Int8Array(2 ** BUCKET_BITS * SLOTS_PER_BUCKET * MAX_CLASSES);
  private readonly sums = new Int16Array(MAX_CLASSES);
  /** Of no meaning: kept since a load that nobody needs may be left out. */
  touched = 0;

  /** Makes the processor fetch the buckets of all the words at once, rather than one after another. */
  fetch({ data, count }: WordList): void {
    const { slots } = this;
    const end = count * WORD.size;
    let touched = 0;
    for (let at: number = WORD.hash1; at < end; at += WORD.size)
      touched ^= slots[((data[at] ?? 0) >>> (32 - BUCKET_BITS)) * BUCKET_SIZE] ?? 0;
    this.touched = touched;
  }

  /**
   * Where in {@link slots} the word `units[from … to)` stands, until the next call. `hash1` and `hash2` are independent hashes
   * of the word, `hash2` never 0; words of different scripts differ in their units.
   */
  find(model: ScriptModel, units: Uint16Array, from: number, to: number, hash1: number, hash2: number): number {
    const { slots } = this;
    const bucket = (hash1 >>> (32 - BUCKET_BITS)) * BUCKET_SIZE;
    if (slots[bucket] === hash2) return bucket;
    for (let slot = bucket + SLOT_SIZE; slot < bucket + BUCKET_SIZE; slot += SLOT_SIZE) {
      if (slots[slot] === hash2) return slot;
    }
    const slot = this.makeRoom(bucket);
    slots[slot] = hash2;
    this.score(model, units, from, to, slot);
    return slot;
  }

  /** Adds the scores of the word in a slot to the sums of every class. */
  addTo(sums: Int32Array, slot: number, classCount: number): void {
    const { scores } = this;
    const from = (slot / SLOT_SIZE) * MAX_CLASSES;
    for (let c = 0; c < classCount; c++) sums[c] = (sums[c] ?? 0) + (scores[from + c] ?? 0);
  }

  /** A free slot of the bucket: the words met early are mostly the frequent ones, and keep the first places. */
  private makeRoom(bucket: number): number {
    const { slots, scores } = this;
    const end = bucket + BUCKET_SIZE;
    for (let slot = bucket; slot < end; slot += SLOT_SIZE) {
      if (slots[slot] === 0) return slot;
    }
    const first = (bucket / SLOT_SIZE) * MAX_CLASSES;
    slots.copyWithin(bucket, bucket + SLOT_SIZE, end);
    scores.copyWithin(first, first + MAX_CLASSES, first + SLOTS_PER_BUCKET * MAX_CLASSES);
    return end - SLOT_SIZE;
  }

  private score(model: ScriptModel, units: Uint16Array, from: number, to: number, slot: number): void {
    const { slots, scores, sums } = this;
    const { classes, lexicon, scale } = model;
    const listed = lexicon.classOf(lexiconKey(gramScores(model, units, from, to, sums)));
    if (listed >= 0) putFirst(sums, classes.length, listed, Math.round(LISTED_LEAD / scale));
    const first = (slot / SLOT_SIZE) * MAX_CLASSES;
    const highest = [1 - SCORE_OFFSET, 1 - SCORE_OFFSET];
    for (let c = 0; c < classes.length; c++) {
      const score = Math.max(1 - SCORE_OFFSET, Math.min(SCORE_OFFSET - 1, sums[c] ?? 0));
      scores[first + c] = score;
      const family = FAMILIES[classes[c] ?? ''];
      if (family !== undefined) highest[family] = Math.max(highest[family] ?? 0, score);
    }
    const kept = [scores[first + KK], scores[first + RU], ...highest];
    slots[slot + 1] = kept.reduce<number>((all, score, i) => all | (((score ?? 0) + SCORE_OFFSET) << (8 * i)), 0);
  }
}

/** Raises the score of one class to at least `lead` above all others. */
function putFirst(sums: Int16Array, classCount: number, first: number, lead: number): void {
  let most = sums[first] ?? 0;
  for (let c = 0; c < classCount; c++) {
    const least = (sums[c] ?? 0) + lead;
    if (c !== first && least > most) most = least;
  }
  sums[first] = most;
}
