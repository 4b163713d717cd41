import type { Readable } from 'node:stream';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Splits a byte stream into lines, without their ends (LF or CRLF). Yields all the lines of a chunk at once, so that an
 * interactive writer is answered line by line and a file goes through in large batches. A last line without an end counts.
 *
 * @param limit most lines in one batch.
 */
export async function* readLines(
  stream: Readable | AsyncIterable<Uint8Array>,
  limit = 1_000,
): AsyncGenerator<Uint8Array[]> {
  let rest: Uint8Array[] = [];
  for await (const chunk of stream) {
    const bytes: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    let lines: Uint8Array[] = [];
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      const piece = bytes.subarray(from, end);
      lines.push(withoutReturn(rest.length === 0 ? piece : Buffer.concat([...rest, piece])));
      rest = [];
      from = end + 1;
      if (lines.length === limit) {
        yield lines;
        lines = [];
      }
    }
    if (from < bytes.length) rest.push(bytes.subarray(from));
    if (lines.length > 0) yield lines;
  }
  if (rest.length > 0) yield [withoutReturn(Buffer.concat(rest))];
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line[line.length - 1] === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
}
