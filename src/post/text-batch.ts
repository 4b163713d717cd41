import { normalise } from './normalise.ts';
import { TOKEN } from './tokens.ts';

export { FLAG } from './flag.ts';

const SPACE = 0x20;

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
  /** `FLAG` bits of each unit. */
  flags = new Uint8Array(1 << 16);
  /** Index of each unit in its original text. */
  source = new Int32Array(1 << 16);
  /** Where each text starts; `count + 1` entries are valid. */
  starts = new Int32Array(1 << 8);
  /** The words of all texts, one after another; {@link TOKEN} tells what stands where. */
  tokens = new Int32Array(TOKEN.size << 13);
  /** Where the tokens of each text start in {@link tokens}; `count + 1` entries are valid. */
  tokenStarts = new Int32Array(1 << 8);
  /** Number of texts. */
  count = 0;
  /** How much of {@link units} and of {@link tokens} is valid. */
  end = 0;
  tokenEnd = 0;

  private raw = Buffer.alloc(1 << 17);
  private rawUnits = new Uint16Array(this.raw.buffer, this.raw.byteOffset, 1 << 16);

  /** Replaces what the batch held by these texts. The arrays are reused, and grow when they must. */
  fill(texts: readonly string[]): this {
    this.count = 0;
    this.end = 0;
    this.tokenEnd = 0;
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
    const { length } = text;
    this.reserve(length);
    this.starts[this.count] = this.end;
    this.tokenStarts[this.count] = this.tokenEnd;
    this.raw.write(text, 0, 'utf16le');
    this.rawUnits[length] = SPACE;
    normalise(this.rawUnits, length, this);
    this.count++;
    this.starts[this.count] = this.end;
    this.tokenStarts[this.count] = this.tokenEnd;
  }

  private reserve(length: number): void {
    if (this.count + 2 > this.starts.length) {
      this.starts = grown(this.starts, 2 * this.starts.length);
      this.tokenStarts = grown(this.tokenStarts, 2 * this.tokenStarts.length);
    }
    if (length >= this.rawUnits.length) {
      const capacity = 2 ** Math.ceil(Math.log2(length + 1));
      this.raw = Buffer.alloc(capacity * 2);
      this.rawUnits = new Uint16Array(this.raw.buffer, this.raw.byteOffset, capacity);
    }
    // A camel-case hashtag gains a space before each capital, so a text can at most double, and has no more words than units.
    const tokenNeed = this.tokenEnd + TOKEN.size * (length + 1);
    if (tokenNeed > this.tokens.length) this.tokens = grown(this.tokens, 2 ** Math.ceil(Math.log2(tokenNeed)));
    const need = this.end + 2 * length + 2;
    if (need <= this.units.length) return;
    const capacity = 2 ** Math.ceil(Math.log2(need));
    const units = new Uint16Array(capacity);
    units.set(this.units);
    this.units = units;
    const flags = new Uint8Array(capacity);
    flags.set(this.flags);
    this.flags = flags;
    this.source = grown(this.source, capacity);
  }
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}
