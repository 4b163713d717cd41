import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from '../../src/lines.ts';

async function* chunksOf(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (let i = 0; from < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

async function collect(bytes: Uint8Array, sizes: readonly number[], limit?: number): Promise<string[][]> {
  const batches: string[][] = [];
  for await (const lines of readLines(chunksOf(bytes, sizes), limit)) {
    batches.push(lines.map((line) => Buffer.from(line).toString('latin1')));
  }
  return batches;
}

describe('Lines of a byte stream', () => {
  it('are the same however the bytes are cut', async () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'ә', ' ', '\t', '😀'), maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n'),
        async (lines, sizes, end) => {
          const bytes = Buffer.from(lines.map((text) => text + end).join(''));
          const expected = lines.map((text) => Buffer.from(text).toString('latin1'));
          expect((await collect(bytes, sizes)).flat()).toEqual(expected);
        },
      ),
    );
  });

  it('keep empty ones, and a last one without an end', async () => {
    expect(await collect(Buffer.from('a\n\nb'), [100])).toEqual([['a', ''], ['b']]);
  });

  it('come in batches of at most the limit', async () => {
    const batches = await collect(Buffer.from('1\n2\n3\n4\n5\n'), [100], 2);
    expect(batches).toEqual([['1', '2'], ['3', '4'], ['5']]);
  });
});
