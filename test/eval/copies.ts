import { join } from 'node:path';
import { readPipeline } from '../../src/config/pipeline.ts';
import { Hash64 } from '../../src/copies/hash.ts';
import { table } from '../../src/output.ts';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { labelledPosts, readTexts, rewrittenPosts } from './copies/labelled.ts';
import { type CopyQuality, LabelledSet, WINDOW } from './copies/labelled-set.ts';
import { rewrites } from './copies/rewrites.ts';
import { proseOf, wordsOf } from './copies/shingles.ts';
import { clustersOfWorkers, sharedPairs } from './copies/workers.ts';

const POSTS = 50_000;
const SEED = 20_261_122;
const REWRITTEN = 2_000;
const THRESHOLDS = [0.56, 0.57, 0.58, 0.59, 0.6, 0.61, 0.62];

/**
 * Recall, precision and merges of short posts on copies generated from real texts. The texts are parted in two by a hash of
 * what they say: on one half the threshold is chosen, from the other the figures are told.
 *
 * @param file posts as NDJSON, gzipped or not; only their texts are used.
 */
export async function evaluateCopies(file: string): Promise<string> {
  const { threshold } = readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), process.env).copies;
  const texts = readTexts(file);
  const chosenOn = new LabelledSet(labelledPosts(half(texts, 0), POSTS, SEED));
  const choices = THRESHOLDS.map((choice) => figuresOf(choice, chosenOn.measure(choice)));
  const others = half(texts, 1);
  const toldOf = new LabelledSet(labelledPosts(others, POSTS, SEED + 1));
  const [ofOne, ofTwo] = [1, 2].map((count) => clustersOfWorkers(toldOf.posts, count, { ...WINDOW, threshold }));
  const shared = sharedPairs(ofOne ?? [], ofTwo ?? []);
  const long = others.filter((text) => wordsOf(proseOf(text)) >= 8).slice(0, REWRITTEN);
  const kinds = Object.entries(rewrites).map(([kind, rewrite]) => {
    const { recall, right, wrong } = new LabelledSet(rewrittenPosts(long, rewrite, SEED)).measure(threshold);
    const alike = recall.pairsFrom(6) / recall.pairsFrom(0);
    return [kind, alike.toFixed(3), recall.from(6).toFixed(4), recall.from(0).toFixed(4), right, wrong];
  });
  return [
    `Half of the texts, on which the threshold is chosen: ${chosenOn.posts.length} posts`,
    table(['threshold', 'recall J ≥ .8', 'J ≥ .6', 'precision', 'wrong pairs', 'alike by nature'], choices),
    '',
    `The other half, on which nothing was chosen: ${toldOf.posts.length} posts, threshold ${threshold}`,
    describe(toldOf.measure(threshold)),
    '',
    `Two workers on three partitions find ${(100 * shared).toFixed(2)} % of the pairs that one finds`,
    '',
    `Other ways to change a copy, ${long.length} texts of that half and one copy of each`,
    table(['change', 'of J ≥ .6', 'recall at J ≥ .6', 'recall of all', 'pairs right', 'wrong'], kinds),
  ].join('\n');
}

function half(texts: readonly string[], which: 0 | 1): string[] {
  const hash = new Hash64();
  return texts.filter((text) => ((hash.ofString(proseOf(text)).low >>> 7) & 1) === which);
}

function figuresOf(threshold: number, quality: CopyQuality): (string | number)[] {
  const { recall, right, wrong, alikeByNature } = quality;
  return [
    threshold.toFixed(2),
    recall.from(8).toFixed(4),
    recall.from(6).toFixed(4),
    (right / (right + wrong)).toFixed(5),
    wrong,
    alikeByNature,
  ];
}

function describe({ curve, recall, right, wrong, alikeByNature, shortWrong }: CopyQuality): string {
  return [
    curve.toString(),
    recall.toString(),
    `precision ${(right / (right + wrong)).toFixed(5)}: ${right} pairs right, ${wrong} wrong, of which ${alikeByNature} are alike by nature`,
    `different posts under 8 words merged: ${shortWrong}`,
  ].join('\n');
}
