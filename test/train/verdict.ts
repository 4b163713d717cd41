/**
 * `npm run train:verdict -- FILE…` fits the score of a verdict on what `npm run eval:triage -- --from 1 --seeds N --dump FILE` wrote of
 * societies with known truth, and writes its curves into pipelines/weighing.yaml. Deterministic; the ridge is the strongest whose
 * loss, cross-validated over worlds, is within a standard error of the least (Breiman et al. 1984): other societies differ from ours.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import { readPipeline } from '../../src/config/pipeline.ts';
import { readWeighing } from '../../src/rooms.ts';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { heightAt } from '../../src/weigh/curve.ts';
import { factsOf } from '../../src/weigh/facts.ts';
import { groundsOf } from '../../src/weigh/grounds.ts';
import { FEATURE_CODES, FEATURES } from '../../src/weigh/score.ts';
import { type AdditiveModel, type Feature, fitCurves, type Judged } from '../../src/weigh/train/fit-curves.ts';
import { calibrationError, mean } from '../eval/triage/measures.ts';
import type { Judged as JudgedIssue } from '../eval/triage/run-world.ts';

const QUANTILES = [0.02, 0.15, 0.35, 0.5, 0.65, 0.85, 0.98];
const RIDGES = [1e-4, 3e-4, 1e-3, 3e-3, 1e-2];
const FOLDS = 5;

type Line = JudgedIssue & { seed: number; world: string };
type Cell = Judged & { fold: number };

const { positionals: files } = parseArgs({ allowPositionals: true });
if (files.length === 0) throw new Error('usage: npm run train:verdict -- FILE…');

const { frame, settings } = readWeighing(readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), process.env));
const cells = files.flatMap(readCells);
const features = FEATURE_CODES.map((code, f): Feature => ({ direction: FEATURES[code].direction, knots: knotsOf(f) }));
console.error(`${cells.length} cells, ${cells.filter(({ label }) => label).length} with a widespread problem`);

const losses = RIDGES.map((ridge) => {
  const held = crossValidated(ridge);
  const loss = lossOf(held);
  const gap = calibrationError(
    held.map(({ score }) => score),
    held.map(({ label }) => label),
  );
  console.error(
    `ridge ${ridge}: log loss ${loss.mean.toFixed(4)} ± ${loss.error.toFixed(4)}, calibration error ${gap.toFixed(4)}, on worlds held out`,
  );
  return loss;
});
const least = losses.reduce((best, loss) => (loss.mean < best.mean ? loss : best));
const ridge = RIDGES.findLast((_, i) => (losses[i]?.mean ?? Number.POSITIVE_INFINITY) <= least.mean + least.error) ?? 0;
console.error(`ridge ${ridge} it is`);
write(fitCurves(cells, features, ridge));

function readCells(file: string): Cell[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): Line => JSON.parse(line))
    .flatMap(({ seed, world, evidence, truth }) => {
      if (evidence === null) return [];
      const grounds = groundsOf(factsOf(evidence, frame, settings));
      const values = FEATURE_CODES.map((code) => FEATURES[code].valueOf(grounds));
      return [{ values, label: truth.widespread, fold: (seed + world.length) % FOLDS }];
    });
}

/** Where the values of a feature lie: its quantiles, to two digits. */
function knotsOf(feature: number): number[] {
  const known = cells.flatMap(({ values }) => values[feature] ?? []).toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(100 * (known[Math.floor(share * (known.length - 1))] ?? 0)) / 100;
  const knots = [...new Set(QUANTILES.map(at))];
  const [first = 0] = knots;
  return knots.length > 1 ? knots : [first, Math.max(first + 0.01, known.at(-1) ?? 0)];
}

function crossValidated(strength: number): { score: number; label: boolean }[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const model = fitCurves(
      cells.filter((cell) => cell.fold !== fold),
      features,
      strength,
    );
    return cells
      .filter((cell) => cell.fold === fold)
      .map(({ values, label }) => ({ score: scoreBy(model, values), label }));
  }).flat();
}

function scoreBy({ intercept, curves }: AdditiveModel, values: Judged['values']): number {
  const logOdds = curves.reduce((sum, curve, f) => {
    const value = values[f] ?? null;
    return value === null ? sum : sum + heightAt(curve, value);
  }, intercept);
  return 1 / (1 + Math.exp(-logOdds));
}

/** Mean log loss and its standard error. */
function lossOf(judged: readonly { score: number; label: boolean }[]): { mean: number; error: number } {
  const losses = judged.map(({ score, label }) => -Math.log(Math.max(1e-9, label ? score : 1 - score)));
  const center = mean(losses);
  const variance = mean(losses.map((loss) => (loss - center) ** 2));
  return { mean: center, error: Math.sqrt(variance / losses.length) };
}

/** Puts the curves into the settings; comments and all other settings stay as they are. */
function write({ intercept, curves }: AdditiveModel): void {
  const file = join(PACKAGE_ROOT, 'pipelines/weighing.yaml');
  const document = parseDocument(readFileSync(file, 'utf8'));
  document.setIn(['score', 'intercept'], round(intercept));
  for (const [f, code] of FEATURE_CODES.entries()) {
    const curve = curves[f] ?? { at: [], add: [] };
    const node = document.createNode({ at: curve.at, add: curve.add.map(round) }, { flow: true });
    document.setIn(['score', 'curves', code], node);
  }
  writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: true }));
}

function round(value: number): number {
  return Math.round(1000 * value) / 1000;
}
