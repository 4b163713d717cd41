import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { LANGUAGE_MODEL_FILE } from '../../src/language/load.ts';
import { encodeModel, type LanguageModel } from '../../src/language/model.ts';
import { type Corpus, splitCorpus } from '../../src/language/train/corpus.ts';
import { type FitSettings, fitScripts } from '../../src/language/train/fit.ts';
import { fitConfidence } from '../../src/language/train/fit-confidence.ts';
import { fitLexicons, type LexiconSettings } from '../../src/language/train/fit-lexicon.ts';
import { fitMixed, type MixedFitSettings } from '../../src/language/train/fit-mixed.ts';
import { createHeldTexts } from '../../src/language/train/held.ts';
import { createSources } from '../../src/language/train/sources.ts';
import { Random } from '../../src/random.ts';

/** Found by trying on the lines that check; larger models gain little and do not fit. */
const FIT: FitSettings = {
  scripts: {
    cyrillic: { rowBits: 18, keepRows: 60_000, epochs: 5, epochsAfter: 8, step: 0.15 },
    latin: { rowBits: 17, keepRows: 42_000, epochs: 5, epochsAfter: 5, step: 0.15 },
    arabic: { rowBits: 13, keepRows: 2_500, epochs: 3, epochsAfter: 1, step: 0.12 },
  },
  rate: 0.05,
  dropout: 0.1,
  // Spoken by few people, and next to none in Kazakhstan; without special letters they look like Kazakh without its own.
  rare: { nog: 1, kum: 1, alt: 1 },
  seed: 1,
};
const LEXICON: LexiconSettings = {
  draws: 1,
  minCount: 2,
  strayShare: 0.02,
  margin: 0.7,
  maxWords: { cyrillic: [6_000, 8_000, 18_000], latin: [0, 0, 9_000], arabic: [0, 0, 0] },
  seed: 3,
};
const MIXED_FIT: MixedFitSettings = {
  switchCost: 2.5,
  wordLimit: 6,
  falseAlarmWeight: 2,
  hardWeight: 2,
  nameWeight: 4,
  naturalWeight: 3,
  ridge: 1,
};
/** The prior of a stream from Kazakhstan, for which the decisions are tuned and the confidences calibrated. */
const PRIOR = { kk: 1, ru: 1 };

const { values } = parseArgs({
  options: { data: { type: 'string' }, out: { type: 'string' } },
});
if (values.data === undefined) throw new Error('usage: npm run train:language -- --data DIR [--out FILE]');

const report = (line: string): void => console.error(line);
const corpus = readCorpus(values.data);
const { train, tune } = splitCorpus(corpus);
const sources = createSources(train);
const grams = fitScripts(sources, FIT, report);
const scripts = fitLexicons(grams, sources, PRIOR, LEXICON);
const held = createHeldTexts(tune, corpus, 0, new Random(FIT.seed));
let model: LanguageModel = {
  version: '1',
  scripts,
  mixed: { switchCost: 0, wordLimit: 0, weights: [] },
  confidence: {},
};
model = { ...model, mixed: fitMixed(model, held, MIXED_FIT, PRIOR, report) };
model = { ...model, confidence: fitConfidence(model, held, PRIOR) };
const packed = brotliCompressSync(encodeModel(model), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
});
writeFileSync(values.out ?? LANGUAGE_MODEL_FILE, packed);
report(`${packed.length} bytes`);

function readCorpus(folder: string): Corpus {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .sort();
  return new Map(
    files.map((file) => [
      file.slice(0, -4),
      readFileSync(join(folder, file), 'utf8')
        .split('\n')
        .filter((line) => line !== ''),
    ]),
  );
}
