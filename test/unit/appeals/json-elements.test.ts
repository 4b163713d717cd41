import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonElements } from '../../../src/json-elements.ts';

function split(document: string, pieceBytes: number): string[] {
  const bytes = Buffer.from(document);
  const elements = new JsonElements();
  const found: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    found.push(...elements.push(bytes.subarray(at, at + pieceBytes)));
  return [...found, ...elements.end()].map((element) => Buffer.from(element).toString());
}

describe('A JSON document of appeals', () => {
  it('is split into what its array holds, in whatever pieces it comes', () => {
    const array = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(
        array,
        fc.constantFrom(0, 2),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        (values, indent, isWrapped, piece) => {
          const document = JSON.stringify(
            isWrapped ? { total: 1, note: '[{"', data: values, after: [1] } : values,
            null,
            indent,
          );
          expect(split(document, piece).map((element) => JSON.parse(element))).toEqual(
            JSON.parse(JSON.stringify(values)),
          );
        },
      ),
    );
  });

  it('gives what is broken off, and what is no value, as it stands', () => {
    expect(split('[{"a":1},{"a":', 4)).toEqual(['{"a":1}', '{"a":']);
    expect(split('[{"a":1},,nonsense]', 4)).toEqual(['{"a":1}', '', 'nonsense']);
    expect(split('[]', 1)).toEqual([]);
    expect(split('', 1)).toEqual([]);
  });

  it('is no JSON when an element does not end within 16 MiB', () => {
    const elements = new JsonElements();
    elements.push(Buffer.from('["'));
    const piece = Buffer.alloc(1 << 20, 'x');
    expect(() => {
      for (let i = 0; i < 20; i++) elements.push(piece);
    }).toThrow(/16 MiB/);
  });
});
