import { decompress as decompressZstd } from 'fzstd';
import kafkajs from 'kafkajs';
import lz4 from 'lz4-napi';
import snappy from 'snappy';
import { SalmaqError } from '../errors.ts';
import { frameXerial, isXerial, xerialBlocks } from './xerial.ts';

/** What kafkajs hands to a codec when it writes. */
interface Encoded {
  buffer: Buffer;
}

let isRegistered = false;

/** Teaches kafkajs the compressions it does not ship: snappy, lz4, and reading of zstd. */
export function registerCodecs(): void {
  if (isRegistered) return;
  isRegistered = true;
  const { CompressionCodecs: codecs, CompressionTypes: types } = kafkajs;
  codecs[types.Snappy] = () => snappyCodec;
  codecs[types.LZ4] = () => lz4Codec;
  codecs[types.ZSTD] = () => zstdCodec;
}

export const snappyCodec = {
  compress: async ({ buffer }: Encoded): Promise<Buffer> => frameXerial(buffer, (block) => snappy.compressSync(block)),
  decompress: async (data: Buffer): Promise<Buffer> => {
    // The Java client frames its blocks, librdkafka writes one bare block.
    if (!isXerial(data)) return Buffer.from(snappy.uncompressSync(data));
    return Buffer.concat(xerialBlocks(data).map((block) => Buffer.from(snappy.uncompressSync(block))));
  },
};

export const lz4Codec = {
  compress: async ({ buffer }: Encoded): Promise<Buffer> => lz4.compressFrameSync(buffer),
  decompress: async (data: Buffer): Promise<Buffer> => lz4.decompressFrameSync(data),
};

export const zstdCodec = {
  compress: async (): Promise<Buffer> => {
    throw new SalmaqError('SLM_BROKER', 'records cannot be written with zstd, only read', { hint: 'write with gzip' });
  },
  decompress: async (data: Buffer): Promise<Buffer> => {
    const plain = decompressZstd(data);
    return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  },
};
