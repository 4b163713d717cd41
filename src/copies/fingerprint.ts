import { BINS, type ProseSketch } from './sketch.ts';

/** What a text can be compared by. */
export type Comparable =
  /** A text too short to mean a copy even when equal: «согласен», «+1», «дұрыс». */
  | 'nothing'
  /** A short text: by equality alone. */
  | 'phrase'
  /** By similarity. */
  | 'text';

const VERSION = 1;
const PHRASE_BYTES = 1 + 8;
const TEXT_BYTES = PHRASE_BYTES + BINS;
const NOTHING = new Uint8Array(0);

/**
 * The bytes stored with a post, all that a comparison needs: version, 64-bit hash of the folded prose, and of a text the
 * sketch. 0 bytes for nothing, 9 for a phrase, 105 for a text.
 */
export function encodeFingerprint(
  kind: Comparable,
  low: number,
  high: number,
  bins: Uint8Array,
  at: number,
): Uint8Array {
  if (kind === 'nothing') return NOTHING;
  const bytes = new Uint8Array(kind === 'text' ? TEXT_BYTES : PHRASE_BYTES);
  bytes[0] = VERSION;
  for (let i = 0; i < 4; i++) {
    bytes[1 + i] = low >>> (8 * i);
    bytes[5 + i] = high >>> (8 * i);
  }
  if (kind === 'text') for (let i = 0; i < BINS; i++) bytes[PHRASE_BYTES + i] = bins[at + i] ?? 0;
  return bytes;
}

/** Reads a fingerprint into `into`. One of another version, or of no known length, compares as nothing. */
export function decodeFingerprint(bytes: Uint8Array, into: ProseSketch): Comparable {
  if (bytes[0] !== VERSION || (bytes.length !== PHRASE_BYTES && bytes.length !== TEXT_BYTES)) return 'nothing';
  let low = 0;
  let high = 0;
  for (let i = 0; i < 4; i++) {
    low |= (bytes[1 + i] ?? 0) << (8 * i);
    high |= (bytes[5 + i] ?? 0) << (8 * i);
  }
  into.hash.low = low;
  into.hash.high = high;
  if (bytes.length === PHRASE_BYTES) return 'phrase';
  for (let i = 0; i < BINS; i++) into.bins[i] = bytes[PHRASE_BYTES + i] ?? 0;
  return 'text';
}
