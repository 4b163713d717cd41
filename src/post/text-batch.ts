import { CLASS, COMPOSED, unitTable } from './unit-table.ts';

/** What a normalised unit was in the original text; bits of {@link TextBatch.flags}. */
export const FLAG = {
  /** An upper-case letter. */
  upper: 1,
  /** Inside a hashtag; the `#` itself becomes a space. */
  hashtag: 2,
  /** Inside a handle; the `@` itself becomes a space. */
  handle: 4,
  /** Inside a link. */
  link: 8,
  /** A Latin look-alike inside a Cyrillic word, or ə for ә, written here as the Cyrillic letter meant. */
  homoglyph: 16,
  /** A space that stands for punctuation or a line end, across which a phrase does not reach. */
  break: 32,
  /** Neither of language nor of content: all that stands in a handle, a hashtag or a link. */
  notProse: 2 | 4 | 8,
} as const;

const SPACE = 0x20;
const HASH = 0x23;
const AT = 0x40;
const HYPHEN = 0x2d;
const APOSTROPHE = 0x27;
const UNDERSCORE = 0x5f;
const DOT = 0x2e;
const SLASH = 0x2f;
const COLON = 0x3a;

/**
 * The normalised texts of a batch, one after another in one buffer that language, mentions and copies share, so that a
 * post is normalised once.
 *
 * Text `i` takes `units[starts[i] … starts[i + 1])`. It begins and ends with a space, words are parted by exactly one
 * space, and what is left of the text is lower-case letters, digits, and `-` or `'` inside a word. Letters repeated
 * three times or more stand once; combining marks are composed or dropped; Latin look-alikes inside a Cyrillic word are
 * repaired. `source[k]` is the UTF-16 index in the original text that unit `k` came from.
 */
export class TextBatch {
  /** Normalised UTF-16 units. */
  units = new Uint16Array(1 << 16);
  /** {@link FLAG} bits of each unit. */
  flags = new Uint8Array(1 << 16);
  /** Index of each unit in its original text. */
  source = new Int32Array(1 << 16);
  /** Where each text starts; `count + 1` entries are valid. */
  starts = new Int32Array(1 << 8);
  /** Number of texts. */
  count = 0;

  private end = 0;
  private raw = Buffer.alloc(1 << 17);
  private rawUnits = new Uint16Array(this.raw.buffer, this.raw.byteOffset, 1 << 16);

  /** Replaces what the batch held by these texts. The arrays are reused, and grow when they must. */
  fill(texts: readonly string[]): this {
    this.count = 0;
    this.end = 0;
    for (const text of texts) this.append(text);
    return this;
  }

  /** The normalised text `i`, without its outer spaces. For messages and tests; the hot path reads {@link units}. */
  textOf(i: number): string {
    const from = this.starts[i] ?? 0;
    const to = this.starts[i + 1] ?? from;
    let text = '';
    for (let k = from; k < to; k++) text += String.fromCharCode(this.units[k] ?? SPACE);
    return text.trim();
  }

  private append(text: string): void {
    this.reserve(text.length);
    const start = this.end;
    this.starts[this.count] = start;
    this.raw.write(text, 0, 'utf16le');
    this.end = normalise(this.rawUnits, text.length, this, start);
    this.count++;
    this.starts[this.count] = this.end;
  }

  private reserve(length: number): void {
    if (this.count + 2 > this.starts.length) {
      const starts = new Int32Array(this.starts.length * 2);
      starts.set(this.starts);
      this.starts = starts;
    }
    if (length > this.rawUnits.length) {
      const capacity = 2 ** Math.ceil(Math.log2(length));
      this.raw = Buffer.alloc(capacity * 2);
      this.rawUnits = new Uint16Array(this.raw.buffer, this.raw.byteOffset, capacity);
    }
    // A camel-case hashtag gains a space before each capital, so a text can at most double.
    const need = this.end + 2 * length + 2;
    if (need <= this.units.length) return;
    const capacity = 2 ** Math.ceil(Math.log2(need));
    const units = new Uint16Array(capacity);
    units.set(this.units);
    this.units = units;
    const flags = new Uint8Array(capacity);
    flags.set(this.flags);
    this.flags = flags;
    const source = new Int32Array(capacity);
    source.set(this.source);
    this.source = source;
  }
}

/** Writes the normal form of `raw[0 … length)` at `out[at …]` and returns where it ends. */
function normalise(raw: Uint16Array, length: number, out: TextBatch, at: number): number {
  const { units, flags, source } = out;
  const { lower, classes } = unitTable;
  const { letter: LETTER, ignored, combining, joiner, space, punctuation, mixedScripts } = CLASS;
  const { upper: UPPER, hashtag: HASHTAG, handle: HANDLE, link: LINK, break: BREAK } = FLAG;
  let k = at;
  units[k] = SPACE;
  flags[k] = BREAK;
  source[k++] = 0;
  let wordStart = k;
  let wordScripts = 0;
  /** Whether the word may hold a letter three times in a row. */
  let hasRow = false;
  let mode = 0;
  /** The next `.` or `:` from here on: only a word that reaches it can begin a link. */
  let mark = nextMark(raw, 0, length);

  for (let i = 0; i < length; i++) {
    const unit = raw[i] ?? SPACE;
    const kind = classes[unit] ?? 0;

    if (kind >= LETTER) {
      const letter = lower[unit] ?? unit;
      const isUpper = letter !== unit;
      if (k === wordStart) {
        if (mark < i) mark = nextMark(raw, i, length);
        if (mode === 0 && mark < length && isLinkAt(raw, i, length)) mode = LINK;
      } else if (mode === HASHTAG && isUpper && !((flags[k - 1] ?? 0) & UPPER)) {
        // #АлматыӘкімдігі is two words.
        if ((classes[units[k - 1] ?? SPACE] ?? 0) === joiner) k--;
        if (hasRow || wordScripts === mixedScripts) k = mendWord(out, wordStart, k, wordScripts);
        units[k] = SPACE;
        flags[k] = HASHTAG;
        source[k++] = i;
        wordStart = k;
        wordScripts = 0;
        hasRow = false;
      } else if (units[k - 1] === letter && units[k - 2] === letter && mode !== LINK) {
        hasRow = true;
      }
      units[k] = letter;
      flags[k] = isUpper ? mode | UPPER : mode;
      source[k++] = i;
      wordScripts |= kind;
      continue;
    }
    if (kind === ignored) continue;
    if (kind === combining) {
      const previous = k > wordStart ? (units[k - 1] ?? SPACE) : SPACE;
      units[k - 1] = COMPOSED.get((previous << 16) | unit) ?? previous;
      hasRow ||= mode !== LINK;
      continue;
    }
    if (kind === joiner && k > wordStart && isWordUnit(raw, i + 1, length)) {
      units[k] = lower[unit] === HYPHEN ? HYPHEN : APOSTROPHE;
      flags[k] = mode;
      source[k++] = i;
      continue;
    }

    // A separator: the word ends here.
    if (hasRow || wordScripts === mixedScripts) k = mendWord(out, wordStart, k, wordScripts);
    if (mode === LINK) mode = kind === space ? 0 : mode;
    else if (unit === HASH) mode = isWordUnit(raw, i + 1, length) ? HASHTAG : 0;
    else if (unit === AT) mode = isWordUnit(raw, i + 1, length) ? HANDLE : 0;
    else if (mode !== 0 && !isInsideTag(raw, i, length, mode)) mode = 0;
    const isBreak = kind === punctuation && mode === 0;
    if (k > wordStart) {
      units[k] = SPACE;
      flags[k] = isBreak ? BREAK : mode;
      source[k++] = i;
    } else if (isBreak) {
      flags[k - 1] = (flags[k - 1] ?? 0) | BREAK;
    }
    wordStart = k;
    wordScripts = 0;
    hasRow = false;
  }

  if (hasRow || wordScripts === mixedScripts) k = mendWord(out, wordStart, k, wordScripts);
  if (k > wordStart || k === at + 1) {
    units[k] = SPACE;
    source[k++] = length;
  }
  flags[k - 1] = BREAK;
  return k;
}

/** Repairs look-alikes and shortens rows of the word `[from, to)`; returns its new end. Most words need neither. */
function mendWord(out: TextBatch, from: number, to: number, scripts: number): number {
  if (scripts === CLASS.mixedScripts) repairHomoglyphs(out.units, out.flags, from, to);
  return ((out.flags[from] ?? 0) & FLAG.link) !== 0 ? to : shortenRows(out, from, to);
}

/** Leaves one letter of each row of three or more; `1414` and `111` are numbers and stay. */
function shortenRows({ units, flags, source }: TextBatch, from: number, to: number): number {
  let end = from;
  for (let k = from; k < to; ) {
    const unit = units[k] ?? SPACE;
    let next = k + 1;
    while (next < to && units[next] === unit) next++;
    const isRow = next - k >= 3 && unitTable.classes[unit] !== CLASS.digit;
    for (const last = isRow ? k + 1 : next; k < last; k++) {
      units[end] = unit;
      flags[end] = flags[k] ?? 0;
      source[end++] = source[k] ?? 0;
    }
    k = next;
  }
  return end;
}

function nextMark(raw: Uint16Array, from: number, length: number): number {
  for (let i = from; i < length; i++) {
    const unit = raw[i];
    if (unit === DOT || unit === COLON) return i;
  }
  return length;
}

function isWordUnit(raw: Uint16Array, i: number, length: number): boolean {
  return i < length && (unitTable.classes[raw[i] ?? SPACE] ?? 0) >= CLASS.letter;
}

/** `_` goes on in a hashtag, `_` and `.` in a handle. */
function isInsideTag(raw: Uint16Array, i: number, length: number, mode: number): boolean {
  const unit = raw[i] ?? SPACE;
  return (unit === UNDERSCORE || (unit === DOT && mode === FLAG.handle)) && isWordUnit(raw, i + 1, length);
}

const TOP_LEVEL_DOMAINS = new Set([
  'kz',
  'ru',
  'com',
  'org',
  'net',
  'info',
  'me',
  'io',
  'uz',
  'kg',
  'gov',
  'қаз',
  'рф',
]);

/** Whether a link starts at `i`: `scheme://`, `www.`, or a bare host under a well-known top-level domain. */
function isLinkAt(raw: Uint16Array, i: number, length: number): boolean {
  let j = i;
  let lastDot = -1;
  while (j < length) {
    const unit = raw[j] ?? SPACE;
    if (unit === DOT) {
      if (!isWordUnit(raw, j + 1, length)) break;
      lastDot = j;
    } else if (unit === COLON) {
      return lastDot < 0 && j > i && j + 2 < length && raw[j + 1] === SLASH && raw[j + 2] === SLASH;
    } else if (unit !== HYPHEN && (unitTable.classes[unit] ?? 0) < CLASS.letter) {
      break;
    }
    j++;
  }
  if (lastDot < 0) return false;
  if (raw[i + 3] === DOT && isWww(raw, i)) return true;
  if (j - lastDot > 5) return false;
  let domain = '';
  for (let d = lastDot + 1; d < j; d++) domain += String.fromCharCode(unitTable.lower[raw[d] ?? SPACE] ?? SPACE);
  return TOP_LEVEL_DOMAINS.has(domain);
}

function isWww(raw: Uint16Array, i: number): boolean {
  return (raw[i] ?? 0) % 32 === 23 && (raw[i + 1] ?? 0) % 32 === 23 && (raw[i + 2] ?? 0) % 32 === 23;
}

/**
 * Rewrites the Latin look-alikes of a word that mixes both scripts as the Cyrillic letters meant, when every Latin
 * letter of it is a look-alike and none of its Cyrillic letters came from elsewhere; otherwise leaves the word alone.
 */
function repairHomoglyphs(units: Uint16Array, flags: Uint8Array, from: number, to: number): void {
  const { classes, lookalike } = unitTable;
  for (let k = from; k < to; k++) {
    const unit = units[k] ?? SPACE;
    if (classes[unit] === CLASS.latin && lookalike[unit] === 0) return;
  }
  for (let k = from; k < to; k++) {
    const unit = units[k] ?? SPACE;
    if (classes[unit] !== CLASS.latin) continue;
    units[k] = lookalike[unit] ?? unit;
    flags[k] = (flags[k] ?? 0) | FLAG.homoglyph;
  }
}
