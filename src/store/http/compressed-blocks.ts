import { compress } from 'lz4-napi';
import { cityHash128 } from './city-hash.ts';

const BLOCK_BYTES = 1 << 18;
const LZ4 = 0x82;
const HEADER_BYTES = 9;

/**
 * Bytes in the compressed blocks of ClickHouse's own protocol, which JDBC drivers ask for with `compress=1`: each
 * a CityHash128 of all that follows, the method, both sizes with the header counted in the first, and the LZ4 block.
 */
export async function compressedBlocks(bytes: Buffer): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const plain = bytes.subarray(at, at + BLOCK_BYTES);
    // The library puts the plain size in four bytes in front, where ClickHouse has it too.
    const packed = await compress(plain);
    const block = Buffer.concat([Buffer.alloc(HEADER_BYTES - 4), packed]);
    block.writeUInt8(LZ4, 0);
    block.writeUInt32LE(block.length, 1);
    blocks.push(cityHash128(block), block);
  }
  return Buffer.concat(blocks);
}
