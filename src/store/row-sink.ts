/** The largest string or byte column accepted, in bytes. */
const MAX_VALUE_BYTES = 64 << 20;

/** Where rows are written in ClickHouse's `RowBinary`: little-endian, lengths as LEB128. Grows as it must. */
export class RowSink {
  private buffer: Buffer;
  private view: DataView;
  private end = 0;

  constructor(capacity = 1 << 20) {
    this.buffer = Buffer.allocUnsafeSlow(capacity);
    this.view = new DataView(this.buffer.buffer);
  }

  get length(): number {
    return this.end;
  }

  /** What was written since the last {@link clear}. Shares memory: it is overwritten by what is written next. */
  bytes(): Buffer {
    return this.buffer.subarray(0, this.end);
  }

  clear(): void {
    this.end = 0;
  }

  uint8(value: number): void {
    this.reserve(1);
    this.buffer[this.end++] = value;
  }

  int32(value: number): void {
    this.reserve(4);
    this.view.setInt32(this.end, value, true);
    this.end += 4;
  }

  float32(value: number): void {
    this.reserve(4);
    this.view.setFloat32(this.end, value, true);
    this.end += 4;
  }

  float64(value: number): void {
    this.reserve(8);
    this.view.setFloat64(this.end, value, true);
    this.end += 8;
  }

  /** An integer of at most 53 bits and a sign. */
  integer64(value: number): void {
    this.reserve(8);
    this.view.setInt32(this.end, value, true);
    this.view.setInt32(this.end + 4, Math.floor(value / 4_294_967_296), true);
    this.end += 8;
  }

  bigint64(value: bigint): void {
    this.reserve(8);
    this.view.setBigInt64(this.end, value, true);
    this.end += 8;
  }

  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 127) {
      this.buffer[this.end++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.buffer[this.end++] = rest;
  }

  bytesValue(value: Uint8Array): void {
    if (value.length > MAX_VALUE_BYTES) throw new RangeError(`${value.length} bytes, at most ${MAX_VALUE_BYTES}`);
    this.reserve(value.length + 5);
    this.varint(value.length);
    this.buffer.set(value, this.end);
    this.end += value.length;
  }

  /** UTF-8, with U+FFFD for a lone surrogate, of which one would make ClickHouse's text formats refuse the batch. */
  string(value: string): void {
    const { length } = value;
    if (length > MAX_VALUE_BYTES / 3) throw new RangeError(`${length} UTF-16 units, at most ${MAX_VALUE_BYTES / 3}`);
    this.reserve(3 * length + 5);
    if (length < 24 && this.ascii(value)) return;
    // The length in bytes is known once it is written: room for the longest is left in front, padded with empty LEB128 groups.
    const width = 3 * length < 128 ? 1 : 3 * length < 16_384 ? 2 : 4;
    const start = this.end + width;
    const bytes = this.buffer.write(value, start, 'utf8');
    for (let i = 0; i < width - 1; i++) this.buffer[this.end + i] = ((bytes >>> (7 * i)) & 127) | 128;
    this.buffer[start - 1] = (bytes >>> (7 * (width - 1))) & 127;
    this.end = start + bytes;
  }

  /** Writes a short string without leaving JavaScript, unless it holds anything beyond ASCII. */
  private ascii(value: string): boolean {
    const { buffer, end } = this;
    const { length } = value;
    for (let i = 0; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 127) return false;
      buffer[end + 1 + i] = unit;
    }
    buffer[end] = length;
    this.end = end + 1 + length;
    return true;
  }

  private reserve(size: number): void {
    const need = this.end + size;
    if (need <= this.buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(need, 2 * this.buffer.length));
    grown.set(this.bytes());
    this.buffer = grown;
    this.view = new DataView(grown.buffer);
  }
}
