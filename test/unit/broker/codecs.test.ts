import fc from 'fast-check';
import kafkajs from 'kafkajs';
import snappy from 'snappy';
import { describe, expect, it } from 'vitest';
import { lz4Codec, registerCodecs, snappyCodec, zstdCodec } from '../../../src/broker/codecs.ts';

describe('The compressions', () => {
  it.each([
    ['snappy', snappyCodec],
    ['lz4', lz4Codec],
  ])('%s reads back what it wrote, whatever its size', async (_, codec) => {
    const sizes = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 32_700, max: 70_000 }));
    await fc.assert(
      fc.asyncProperty(sizes, fc.uint8Array({ minLength: 1, maxLength: 64 }), async (size, pattern) => {
        const plain = Buffer.alloc(size, pattern);
        expect((await codec.decompress(await codec.compress({ buffer: plain }))).equals(plain)).toBe(true);
      }),
    );
  });

  it('snappy also reads the bare block that librdkafka writes, and streams appended to one another', async () => {
    const plain = Buffer.from('аязда жылу жоқ '.repeat(50));
    expect((await snappyCodec.decompress(snappy.compressSync(plain))).equals(plain)).toBe(true);
    const framed = await snappyCodec.compress({ buffer: plain });
    const twice = await snappyCodec.decompress(Buffer.concat([framed, framed]));
    expect(twice.equals(Buffer.concat([plain, plain]))).toBe(true);
  });

  it('snappy refuses a stream that is cut off', async () => {
    const framed = await snappyCodec.compress({ buffer: Buffer.from('су жоқ'.repeat(100)) });
    await expect(snappyCodec.decompress(framed.subarray(0, framed.length - 1))).rejects.toThrow('cut off');
  });

  it('zstd is read but not written, and says so', async () => {
    await expect(zstdCodec.compress()).rejects.toMatchObject({ code: 'SLM_BROKER', hint: 'write with gzip' });
  });

  it('are known to kafkajs once registered', () => {
    registerCodecs();
    for (const type of [
      kafkajs.CompressionTypes.Snappy,
      kafkajs.CompressionTypes.LZ4,
      kafkajs.CompressionTypes.ZSTD,
    ] as const) {
      expect(kafkajs.CompressionCodecs[type]()).toHaveProperty('decompress');
    }
  });
});
