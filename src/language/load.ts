import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { messageOf, SalmaqError } from '../errors.ts';
import { PACKAGE_ROOT } from '../root.ts';
import { decodeModel, type LanguageModel } from './model.ts';

/** The model that comes with the package: {@link encodeModel}'s bytes under Brotli. */
export const LANGUAGE_MODEL_FILE = join(PACKAGE_ROOT, 'src/language/model.bin');

/**
 * Reads a language model, by default the package's own. Takes some 30 ms: do it once.
 *
 * @throws SalmaqError `SLM_MODEL` when the file is missing or damaged.
 */
export function loadLanguageModel(file: string = LANGUAGE_MODEL_FILE): LanguageModel {
  let bytes: Uint8Array;
  try {
    bytes = brotliDecompressSync(readFileSync(file));
  } catch (error) {
    throw new SalmaqError('SLM_MODEL', `${file} cannot be read: ${messageOf(error)}`, {
      hint: 'install the package again, or train the model: npm run train:language -- --data DIR',
      cause: error,
    });
  }
  return decodeModel(bytes);
}
