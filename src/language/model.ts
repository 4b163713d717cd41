import { z } from 'zod';
import { SalmaqError } from '../errors.ts';
import { CLASSES, MODEL_SCRIPTS, type ModelScript } from './classes.ts';
import { emptyLanes, lanesFor, setColumn, weightAt } from './lanes.ts';
import { decodeKeys, encodeKeys, Lexicon } from './lexicon.ts';

/** Weights of the grams of one script. */
export interface ScriptModel {
  classes: readonly string[];
  /** A gram's hash folds to this many bits. */
  rowBits: number;
  /** For each folded hash the row of its weights; 0 for grams without any. */
  rows: Uint16Array;
  /** The weights, row after row, as `lanes.ts` packs them; row 0 holds nothing. */
  lanes: Int32Array;
  lanesPerRow: number;
  /** Log-odds that one unit of weight is worth. */
  scale: number;
  /** Log-odds of each class before a word is read. */
  bias: readonly number[];
  lexicon: Lexicon;
}

const curve = z.object({ slope: z.number(), shift: z.number() });

const headerSchema = z.object({
  version: z.string(),
  scripts: z.object(
    Object.fromEntries(
      MODEL_SCRIPTS.map((script) => [
        script,
        z.object({
          classes: z.array(z.string()).length(CLASSES[script].length),
          rowBits: z.number().int().min(4).max(20),
          used: z.number().int().min(0).max(65_534),
          scale: z.number().positive(),
          bias: z.array(z.number()).length(CLASSES[script].length),
          /** Words of the lexicon, class by class. */
          lexicon: z.array(z.number().int().min(0)).length(CLASSES[script].length),
        }),
      ]),
    ),
  ),
  mixed: z.object({
    /** Log-odds a switch between Kazakh and Russian costs. */
    switchCost: z.number().positive(),
    /** The most one word speaks for one of the two, in log-odds. */
    wordLimit: z.number().positive(),
    weights: z.array(z.number()),
  }),
  /** For each kind of text, the line from the raw log-odds of the answer to its calibrated ones. */
  confidence: z.record(z.string(), curve),
});

export type ModelHeader = z.infer<typeof headerSchema>;

/** How many rows are unpacked at a time. */
const DECODED_ROWS = 512;

/** All that is learned from the training texts. */
export interface LanguageModel {
  version: string;
  scripts: Record<ModelScript, ScriptModel>;
  mixed: ModelHeader['mixed'];
  confidence: ModelHeader['confidence'];
}

/**
 * Reads a model: the length of a JSON header (4 bytes, little-endian), the header, then for each script a bitmap of the
 * rows in use, their weights, class after class, and the keys of the lexicon.
 *
 * @throws SalmaqError `SLM_MODEL` when the bytes are no model of this version.
 */
export function decodeModel(bytes: Uint8Array): LanguageModel {
  const header = readHeader(bytes);
  let at = 4 + headerLength(bytes);
  const read = (script: ModelScript): ScriptModel => {
    const part = header.scripts[script];
    if (part === undefined) throw broken(`no part for the ${script} script`);
    const rowCount = 2 ** part.rowBits;
    const stride = part.classes.length;
    const end = at + rowCount / 8 + part.used * stride;
    if (end > bytes.length) throw broken(`it ends inside the ${script} script`);
    const rows = new Uint16Array(rowCount);
    let used = 0;
    for (let row = 0; row < rowCount; row++) {
      if (((bytes[at + (row >> 3)] ?? 0) >> (row & 7)) & 1) rows[row] = ++used;
    }
    if (used !== part.used) throw broken(`the ${script} script has ${used} rows, not ${part.used}`);
    at += rowCount / 8;
    const lanes = emptyLanes(used + 1, stride);
    const lanesPerRow = lanesFor(stride);
    // Some rows at a time, all their columns: what is written stays in the processor's nearest cache.
    for (let first = 1; first <= used; first += DECODED_ROWS) {
      const end = Math.min(used + 1, first + DECODED_ROWS);
      for (let column = 0; column < stride; column++) {
        const from = at + column * used - 1;
        setColumn(lanes, lanesPerRow, column, bytes.subarray(from + first, from + end), first);
      }
    }
    const words = decodeKeys(bytes, at + stride * used, part.lexicon);
    if (words === undefined) throw broken(`it ends inside the words of the ${script} script`);
    at = words.end;
    const { classes, rowBits, scale, bias } = part;
    return { classes, rowBits, rows, lanes, lanesPerRow, scale, bias, lexicon: new Lexicon(words.keysOf) };
  };
  return {
    version: header.version,
    scripts: { cyrillic: read('cyrillic'), latin: read('latin'), arabic: read('arabic') },
    mixed: header.mixed,
    confidence: header.confidence,
  };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < 4) throw broken('it is empty');
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
}

function readHeader(bytes: Uint8Array): ModelHeader {
  const text = new TextDecoder().decode(bytes.subarray(4, 4 + headerLength(bytes)));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw broken('its header is not JSON', cause);
  }
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) throw broken(z.prettifyError(parsed.error), parsed.error);
  return parsed.data;
}

/** The bytes that {@link decodeModel} reads. */
export function encodeModel(model: LanguageModel): Uint8Array {
  const scripts: ModelHeader['scripts'] = {};
  const parts: Uint8Array[] = [];
  for (const script of MODEL_SCRIPTS) {
    const { classes, rowBits, rows, lanes, lanesPerRow, scale, bias, lexicon } = model.scripts[script];
    const stride = classes.length;
    const used = lanes.length / lanesPerRow - 1;
    const counts = lexicon.keysOf.map((keys) => keys.length);
    scripts[script] = { classes: [...classes], rowBits, used, scale, bias: [...bias], lexicon: counts };
    const bitmap = new Uint8Array(rows.length / 8);
    for (let row = 0; row < rows.length; row++) {
      if (rows[row] !== 0) bitmap[row >> 3] = (bitmap[row >> 3] ?? 0) | (1 << (row & 7));
    }
    const columns = new Uint8Array(used * stride);
    for (let column = 0, at = 0; column < stride; column++) {
      for (let row = 1; row <= used; row++) columns[at++] = weightAt(lanes, lanesPerRow, row, column);
    }
    parts.push(bitmap, columns, encodeKeys(lexicon.keysOf));
  }
  const { version, mixed, confidence } = model;
  const header = new TextEncoder().encode(JSON.stringify({ version, scripts, mixed, confidence }));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, header.length, true);
  return Buffer.concat([length, header, ...parts]);
}

function broken(what: string, cause?: unknown): SalmaqError {
  return new SalmaqError('SLM_MODEL', `the language model cannot be read: ${what}`, {
    hint: 'install the package again, or train the model: npm run train:language -- --data DIR',
    cause,
  });
}
