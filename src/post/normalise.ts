import { FLAG } from './flag.ts';
import { isLinkAt, mayEndInLink } from './link-start.ts';
import { mendWord } from './mend-word.ts';
import type { TextBatch } from './text-batch.ts';
import { HASH1, HASH2, HYPHENATED, lastOfHash1, lastOfHash2, TOKEN, writeToken } from './tokens.ts';
import { CLASS, CLASS_SHIFT, COMPOSED, classesIn, unitTable } from './unit-table.ts';

const SPACE = 0x20;
const HASH = 0x23;
const AT = 0x40;
const HYPHEN = 0x2d;
const APOSTROPHE = 0x27;
const UNDERSCORE = 0x5f;
const DOT = 0x2e;

/**
 * Writes the normal form of `raw[0 … length)` and its tokens behind what the batch holds, and moves its ends. The batch has
 * room for them, and `raw[length]` is a space.
 */
export function normalise(raw: Uint16Array, length: number, out: TextBatch): void {
  const { units, flags, source, tokens } = out;
  const { letters, classes, lower } = unitTable;
  const { ignored, combining, joiner, space, punctuation, mixedScripts } = CLASS;
  const { upper: UPPER, hashtag: HASHTAG, link: LINK, break: BREAK } = FLAG;
  const { size, from: FROM, to: TO, kinds: KINDS, hash1: FIRST_HASH, hash2: SECOND_HASH } = TOKEN;
  const factor1 = HASH1;
  const factor2 = HASH2;
  const at = out.end;
  let k = at;
  units[k] = SPACE;
  flags[k] = BREAK;
  source[k++] = 0;
  let token = out.tokenEnd;
  let wordStart = k;
  let rawStart = 0;
  /** The union of the entries of the word's letters, and {@link HYPHENATED} among their classes. */
  let entries = 0;
  let hash1 = 0;
  let hash2 = 0;
  /** Whether the word may hold a letter three times in a row, or is not what was hashed. */
  let isToMend = false;
  let mode = 0;

  for (let i = 0; i <= length; i++) {
    let entry = letters[raw[i] ?? SPACE] ?? 0;
    if (entry !== 0 && k === wordStart) rawStart = i;
    let last = units[k - 1] ?? SPACE;
    let lastButOne = units[k - 2] ?? SPACE;
    for (; entry !== 0; entry = letters[raw[++i] ?? SPACE] ?? 0) {
      const letter = entry & 0xffff;
      const upper = entry >>> 24;
      if (mode === HASHTAG && upper !== 0 && k > wordStart && ((flags[k - 1] ?? 0) & UPPER) === 0) {
        // #АлматыӘкімдігі is two words.
        if ((classes[units[k - 1] ?? SPACE] ?? 0) === joiner) k--;
        k = mendWord(out, wordStart, k, classesIn(entries));
        writeToken(out, token, wordStart, k);
        token += size;
        units[k] = SPACE;
        flags[k] = HASHTAG;
        source[k++] = i;
        wordStart = k;
        entries = 0;
        hash1 = 0;
        hash2 = 0;
        isToMend = false;
      }
      if (letter === last && letter === lastButOne) isToMend = true;
      lastButOne = last;
      last = letter;
      units[k] = letter;
      flags[k] = mode | upper;
      source[k++] = i;
      entries |= entry;
      hash1 = Math.imul(hash1 ^ letter, factor1);
      hash2 = Math.imul(hash2 + letter, factor2);
    }

    const unit = raw[i] ?? SPACE;
    const kind = classes[unit] ?? 0;
    if (kind === ignored) continue;
    if (kind === combining) {
      if (k === wordStart) continue;
      const previous = units[k - 1] ?? SPACE;
      units[k - 1] = COMPOSED.get((previous << 16) | unit) ?? previous;
      isToMend = true;
      continue;
    }
    if (kind === joiner && k > wordStart && isWordUnit(raw[i + 1])) {
      const sign = lower[unit] === HYPHEN ? HYPHEN : APOSTROPHE;
      if (sign === HYPHEN) entries |= HYPHENATED << CLASS_SHIFT;
      units[k] = sign;
      flags[k] = mode;
      source[k++] = i;
      hash1 = Math.imul(hash1 ^ sign, factor1);
      hash2 = Math.imul(hash2 + sign, factor2);
      continue;
    }

    // A separator: the word ends here.
    const isWord = k > wordStart;
    if (isWord) {
      if (mode === 0 && mayEndInLink(unit) && isLinkAt(raw, rawStart, length)) {
        // It was the beginning of a link, which is read again as one.
        mode = LINK;
        i = rawStart - 1;
        k = wordStart;
        entries = 0;
        hash1 = 0;
        hash2 = 0;
        continue;
      }
      const kinds = classesIn(entries);
      if (isToMend || (kinds & ~HYPHENATED) === mixedScripts) {
        k = mendWord(out, wordStart, k, kinds);
        writeToken(out, token, wordStart, k);
      } else {
        tokens[token + FROM] = wordStart;
        tokens[token + TO] = k;
        tokens[token + KINDS] = kinds;
        tokens[token + FIRST_HASH] = lastOfHash1(hash1);
        tokens[token + SECOND_HASH] = lastOfHash2(hash2);
      }
      token += size;
      entries = 0;
      hash1 = 0;
      hash2 = 0;
      isToMend = false;
    }
    if (kind === space) mode = 0;
    else if (mode !== LINK) mode = modeAfter(unit, raw, i, mode);
    const isBreak = kind === punctuation && mode === 0;
    if (isWord) {
      units[k] = SPACE;
      flags[k] = isBreak ? BREAK : mode;
      source[k++] = i;
    } else if (isBreak) {
      flags[k - 1] = (flags[k - 1] ?? 0) | BREAK;
    }
    wordStart = k;
  }

  if (k === at + 1) {
    units[k] = SPACE;
    source[k++] = length;
  }
  flags[k - 1] = BREAK;
  out.end = k;
  out.tokenEnd = token;
}

/** What begins or goes on after a sign that is no letter: a hashtag, a handle, or prose. */
function modeAfter(unit: number, raw: Uint16Array, i: number, mode: number): number {
  if (!isWordUnit(raw[i + 1])) return 0;
  if (unit === HASH) return FLAG.hashtag;
  if (unit === AT) return FLAG.handle;
  // `_` goes on in a hashtag, `_` and `.` in a handle.
  return unit === UNDERSCORE || (unit === DOT && mode === FLAG.handle) ? mode : 0;
}

function isWordUnit(unit: number | undefined): boolean {
  return (unitTable.letters[unit ?? SPACE] ?? 0) !== 0;
}
