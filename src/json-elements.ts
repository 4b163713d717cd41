import { SalmaqError } from './errors.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const SPACES: readonly number[] = [0x20, 0x09, 0x0a, 0x0d];
/** More than an appeal can take; what is longer is no element but a document that is not JSON. */
const MAX_ELEMENT_BYTES = 16_777_216;
const NOTHING = new Uint8Array(0);

/**
 * Splits a JSON document into the elements of its array: the document itself, or the first array in it that begins with an object, however deep
 * (`{"errors": [], "result": {"items": [{…}, {…}]}}`). Fed in chunks, so that a document of any size passes through.
 */
export class JsonElements {
  private rest: Uint8Array = NOTHING;
  private depth = 0;
  /** Depth inside of the array; 0 until it has been found. */
  private arrayDepth = 0;
  /** Depth inside of an array of which nothing has been seen yet. */
  private openDepth = 0;
  private hasEmpty = false;
  private isOver = false;
  private isString = false;
  private isEscaped = false;

  /**
   * The bytes of the elements that are complete with this chunk.
   *
   * @throws SalmaqError `SLM_INPUT` when one is longer than 16 MiB.
   */
  push(chunk: Uint8Array): Uint8Array[] {
    const elements: Uint8Array[] = [];
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let from = 0;
    for (let i = this.rest.length; i < bytes.length && !this.isOver; i++) {
      const byte = bytes[i] ?? 0;
      if (this.isString) {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.isString = false;
        continue;
      }
      if (this.openDepth > 0 && !SPACES.includes(byte)) {
        if (byte === OPEN_BRACE) {
          this.arrayDepth = this.openDepth;
          from = i;
        }
        this.hasEmpty ||= byte === CLOSE_BRACKET;
        this.openDepth = 0;
      }
      if (byte === QUOTE) this.isString = true;
      else if (byte === OPEN_BRACKET || byte === OPEN_BRACE) {
        this.depth++;
        if (this.arrayDepth > 0 || byte !== OPEN_BRACKET) continue;
        if (this.depth > 1) this.openDepth = this.depth;
        else {
          this.arrayDepth = 1;
          from = i + 1;
        }
      } else if (byte === COMMA || byte === CLOSE_BRACKET || byte === CLOSE_BRACE) {
        if (this.arrayDepth > 0 && this.depth === this.arrayDepth) {
          const element = trimmed(bytes.subarray(from, i));
          if (element.length > 0 || byte === COMMA) elements.push(element);
          from = i + 1;
          this.isOver = byte !== COMMA;
        }
        if (byte !== COMMA) this.depth--;
      }
    }
    // Before the array there is nothing to keep.
    this.rest = this.isOver || this.arrayDepth === 0 ? NOTHING : bytes.slice(from);
    if (this.rest.length > MAX_ELEMENT_BYTES) {
      throw new SalmaqError('SLM_INPUT', 'an element of the array is longer than 16 MiB, or the document is no JSON');
    }
    return elements;
  }

  /** What is left of a document that breaks off. */
  end(): Uint8Array[] {
    const rest = trimmed(this.rest);
    return rest.length === 0 ? [] : [rest];
  }

  /** Whether an array has been found, be it an empty one. */
  get hasArray(): boolean {
    return this.arrayDepth > 0 || this.hasEmpty;
  }
}

function trimmed(bytes: Uint8Array): Uint8Array {
  let from = 0;
  let to = bytes.length;
  while (from < to && SPACES.includes(bytes[from] ?? 0)) from++;
  while (to > from && SPACES.includes(bytes[to - 1] ?? 0)) to--;
  return bytes.subarray(from, to);
}
