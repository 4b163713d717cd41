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
    const value = fc.jsonValue({ maxDepth: 3 });
    const array = fc.array(value, { maxLength: 6 });
    const objects = fc
      .tuple(fc.dictionary(fc.string(), value), array)
      .map(([first, others]): fc.JsonValue[] => [first, ...others]);
    const wraps: readonly ((data: fc.JsonValue) => fc.JsonValue)[] = [
      (data) => ({ total: 1, note: '[{"', data, after: [1] }),
      (data) => ({ errors: [], fields: ['a', [1]], result: { page: 1, items: data }, links: [{}] }),
      (data) => ({ type: 'FeatureCollection', bbox: [1, 2], features: data }),
    ];
    const wrapped = fc.tuple(objects, fc.constantFrom(...wraps)).map(([of, wrap]) => ({ values: of, whole: wrap(of) }));
    fc.assert(
      fc.property(
        fc.oneof(
          array.map((values) => ({ values, whole: values as fc.JsonValue })),
          wrapped,
        ),
        fc.constantFrom(0, 2),
        fc.integer({ min: 1, max: 40 }),
        ({ values, whole }, indent, piece) => {
          const document = JSON.stringify(whole, null, indent);
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
