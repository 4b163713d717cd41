import { grownBytes, grownInt32, grownLength } from './growable.ts';

const NONE = -1;

/** In UTF-8. */
const MAX_BYTES_A_UNIT = 3;

/** The keys of cluster leaders as UTF-8 in one buffer, by the number of the post: a string object would take 60 bytes more. */
export class KeyArena {
  private offset: Int32Array = new Int32Array(64).fill(NONE);
  private arena: Buffer = Buffer.alloc(1 << 12);
  private end = 0;

  get bytes(): number {
    return this.offset.byteLength + this.arena.byteLength;
  }

  has(post: number): boolean {
    return (this.offset[post] ?? NONE) !== NONE;
  }

  set(post: number, key: string): void {
    const from = this.end + 2;
    const most = from + MAX_BYTES_A_UNIT * key.length;
    if (most > this.arena.length) this.arena = asBuffer(grownBytes(this.arena, grownLength(this.arena.length, most)));
    const length = this.write(key, from);
    this.offset[post] = this.end;
    this.arena.writeUInt16LE(length, this.end);
    this.end = from + length;
  }

  /** Writes a key and returns its length in bytes. Most keys are ASCII, and of a short one a loop is faster than a call. */
  private write(key: string, from: number): number {
    const { arena } = this;
    for (let i = 0; i < key.length; i++) {
      const unit = key.charCodeAt(i);
      if (unit > 127) return arena.write(key, from, 'utf8');
      arena[from + i] = unit;
    }
    return key.length;
  }

  /** The key of the post, or an empty string when none was set. */
  get(post: number): string {
    const offset = this.offset[post] ?? NONE;
    if (offset === NONE) return '';
    const from = offset + 2;
    return this.arena.toString('utf8', from, from + this.arena.readUInt16LE(offset));
  }

  forget(post: number): void {
    this.offset[post] = NONE;
  }

  resize(length: number): void {
    this.offset = grownInt32(this.offset, length);
  }

  /** Follows the posts to their new numbers, and gives back the room of the dropped. */
  renumber(renumbered: Int32Array, kept: number): void {
    let need = 0;
    for (let post = 0; post < renumbered.length; post++) {
      if ((renumbered[post] ?? NONE) !== NONE && this.has(post)) need += this.sizeOf(post);
    }
    const arena = Buffer.alloc(grownLength(0, Math.ceil(need * 1.125)));
    let end = 0;
    for (let post = 0; post < renumbered.length; post++) {
      const to = renumbered[post] ?? NONE;
      if (to === NONE) continue;
      const from = this.offset[post] ?? NONE;
      this.offset[to] = from === NONE ? NONE : end;
      if (from === NONE) continue;
      this.arena.copy(arena, end, from, from + this.sizeAt(from));
      end += this.sizeAt(from);
    }
    this.offset.fill(NONE, kept);
    this.arena = arena;
    this.end = end;
  }

  private sizeOf(post: number): number {
    return this.sizeAt(this.offset[post] ?? 0);
  }

  private sizeAt(offset: number): number {
    return 2 + this.arena.readUInt16LE(offset);
  }
}

function asBuffer(bytes: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
