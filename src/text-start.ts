import { TextDecoder } from 'node:util';
import { SalmaqError } from './errors.ts';

/** A stream of text, and its first bytes for whoever has to know what it is. */
export interface OpenText {
  first: Uint8Array;
  /** All of it, the first bytes too. */
  chunks: AsyncIterable<Uint8Array>;
}

const BINARY: readonly (readonly [start: string, what: string])[] = [
  ['504b0304', 'a workbook (XLSX)'],
  ['d0cf11e0', 'a workbook (XLS)'],
  ['3c', 'HTML or XML'],
];
const UTF_16: Readonly<Record<string, string>> = { fffe: 'utf-16le', feff: 'utf-16be' };

/**
 * Looks at how a file begins. What is UTF-16 by its byte order mark, as Excel's "Unicode text" is, comes out as UTF-8.
 *
 * @throws SalmaqError `SLM_INPUT` for a file that is no text
 */
export async function openText(path: string, stream: AsyncIterable<Uint8Array>): Promise<OpenText> {
  const text = await peek(stream);
  const start = Buffer.from(text.first.subarray(0, 4)).toString('hex');
  const encoding = UTF_16[start.slice(0, 4)];
  if (encoding !== undefined) return peek(inUtf8(text.chunks, encoding));
  const binary = BINARY.find(([magic]) => start.startsWith(magic));
  if (binary === undefined) return text;
  throw new SalmaqError('SLM_INPUT', `${path}: is ${binary[1]}`, { hint: 'save it as CSV in UTF-8' });
}

async function* inUtf8(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of chunks) yield Buffer.from(decoder.decode(chunk, { stream: true }));
  yield Buffer.from(decoder.decode());
}

async function peek(stream: AsyncIterable<Uint8Array>): Promise<OpenText> {
  const iterator = stream[Symbol.asyncIterator]();
  const { value, done } = await iterator.next();
  const first: Uint8Array = done === true ? new Uint8Array(0) : value;
  return { first, chunks: joined() };

  async function* joined(): AsyncGenerator<Uint8Array> {
    if (first.length > 0) yield first;
    for (;;) {
      const { value, done } = await iterator.next();
      if (done === true) return;
      yield value;
    }
  }
}
