/**
 * The framing that the Java client gives snappy (snappy-java's `SnappyOutputStream`): a header of 8 magic bytes, version
 * and oldest compatible version, then blocks, each preceded by its compressed size. All numbers are big-endian int32.
 */
const MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0x00]);
const HEADER_BYTES = 16;
const VERSION = 1;
/** What one block holds unpacked. */
const BLOCK_BYTES = 32_768;

export function isXerial(data: Buffer): boolean {
  return data.length >= HEADER_BYTES && data.subarray(0, MAGIC.length).equals(MAGIC);
}

/** The compressed blocks, as views of `data`. Throws `RangeError` when it is cut off. */
export function xerialBlocks(data: Buffer): Buffer[] {
  const blocks: Buffer[] = [];
  let at = HEADER_BYTES;
  while (at < data.length) {
    // Streams that were appended to one another each bring their header.
    if (isXerial(data.subarray(at))) at += HEADER_BYTES;
    const size = data.readInt32BE(at);
    at += 4;
    if (size < 0 || at + size > data.length) throw new RangeError('a snappy block is cut off');
    blocks.push(data.subarray(at, at + size));
    at += size;
  }
  return blocks;
}

export function frameXerial(plain: Buffer, compress: (block: Buffer) => Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  MAGIC.copy(header);
  header.writeInt32BE(VERSION, 8);
  header.writeInt32BE(VERSION, 12);
  const parts: Buffer[] = [header];
  for (let at = 0; at < plain.length; at += BLOCK_BYTES) {
    const block = compress(plain.subarray(at, at + BLOCK_BYTES));
    const size = Buffer.alloc(4);
    size.writeInt32BE(block.length);
    parts.push(size, block);
  }
  return Buffer.concat(parts);
}
