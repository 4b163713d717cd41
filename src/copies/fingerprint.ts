import { BAND_WORDS } from './bands.ts';
import { SKETCH_WORDS } from './sketch.ts';

/**
 * All that a comparison needs, as it is kept in the index and stored with a post: the version, the 64-bit hash of the
 * folded prose, and of a text the sketch. Little-endian 32-bit words: version, hash low, hash high, sketch.
 */
export const PHRASE_BYTES = 12;
export const TEXT_BYTES = PHRASE_BYTES + 4 * SKETCH_WORDS;

/** Where the hash, the sketch — with its bands first — and the bins of the sketch start, in 32-bit words. */
export const HASH_AT = 1;
export const SKETCH_AT = PHRASE_BYTES / 4;
export const BINS_AT = SKETCH_AT + BAND_WORDS;

/** Goes up with every change of folding, shingles or sketch: fingerprints of two versions are not compared. */
export const VERSION = 3;

/** What a text can be compared by. */
export type Comparable =
  /** By nothing: too short to mean a copy even when equal, as «согласен», «+1», «дұрыс» are. */
  | 'nothing'
  /** By equality alone, being short. */
  | 'phrase'
  /** By similarity. */
  | 'text';

/** What a stored fingerprint can be compared by. One of another version, or of no known length, by nothing. */
export function comparableOf(fingerprint: Uint8Array): Comparable {
  if (fingerprint[0] !== VERSION) return 'nothing';
  if (fingerprint.length === TEXT_BYTES) return 'text';
  return fingerprint.length === PHRASE_BYTES ? 'phrase' : 'nothing';
}
