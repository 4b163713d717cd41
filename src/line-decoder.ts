import { isAscii, isUtf8 } from 'node:buffer';
import type { TextLine } from './csv-rows.ts';

/**
 * The Kazakh letters of KZ-1048 (the national standard code page), at places where windows-1251 has letters of no language of
 * Kazakhstan; all else is the same, so that it reads both.
 */
const KAZAKH: Readonly<Record<string, string>> = {
  Ќ: 'Қ',
  Ћ: 'Һ',
  ќ: 'қ',
  ћ: 'һ',
  Ў: 'Ұ',
  ў: 'ұ',
  Ј: 'Ә',
  Ґ: 'Ө',
  Є: 'Ғ',
  Ї: 'Ү',
  ґ: 'ө',
  є: 'ғ',
  ј: 'ә',
  Ѕ: 'Ң',
  ѕ: 'ң',
  ї: 'ү',
};
const BYTE_ORDER_MARK = '﻿';

/** Decodes the lines of a file, in batches. */
export type LineDecoder = (lines: readonly Uint8Array[]) => TextLine[];

/**
 * Makes a decoder of one file. It is UTF-8, or windows-1251 with or without the Kazakh letters of KZ-1048: the first batch with
 * anything but ASCII decides, by what most of its lines are.
 */
export function createLineDecoder(): LineDecoder {
  const oneByte = new TextDecoder('windows-1251');
  let isOneByte: boolean | undefined;
  let number = 0;
  return (lines) => {
    if (isOneByte === undefined) {
      const telling = lines.filter((line) => !isAscii(line));
      if (telling.length > 0) isOneByte = 2 * telling.filter((line) => isUtf8(line)).length < telling.length;
    }
    return lines.map((bytes) => {
      number++;
      const text = isOneByte === true ? decodeOneByte(bytes) : decodeUtf8(bytes);
      return { number, bytes, text: number === 1 && text !== null ? text.replace(BYTE_ORDER_MARK, '') : text };
    });
  };

  function decodeOneByte(bytes: Uint8Array): string {
    return oneByte.decode(bytes).replace(/[ЌЋќћЎўЈҐЄЇґєјЅѕї]/g, (letter) => KAZAKH[letter] ?? letter);
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : null;
}
