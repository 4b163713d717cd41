import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { readShares } from '../../src/shares.ts';
import { createCoSharing } from '../../src/weigh/coordination/co-sharing.ts';
import { type Edge, networkOf } from '../../src/weigh/coordination/network.ts';
import type { CoShare, CoSharingSettings, Share } from '../../src/weigh/coordination/share.ts';
import { amplificationTable, scoreWorlds } from './coordination/amplification.ts';

/** Worlds that no setting was chosen on; those below 400 were looked at. */
const UNSEEN = Array.from({ length: 20 }, (_, i) => 401 + i);

/**
 * Tells amplified cells from others in worlds not looked at, and compares co-sharing with the results of the R package CooRTweet where their folder
 * is given: Markdown tables.
 */
export async function evaluateCoordination(dataDir?: string): Promise<string> {
  const worlds = amplificationTable(await scoreWorlds(UNSEEN));
  return dataDir === undefined ? worlds : `${await compareWithCooRTweet(dataDir)}\n\n${worlds}`;
}

async function compareWithCooRTweet(dataDir: string): Promise<string> {
  const shares: Share[] = [];
  for await (const batch of readShares(join(dataDir, 'russian_coord_tweets.csv.gz'), noPosts, Date.now())) {
    shares.push(...batch.shares);
  }
  const rows = table(dataDir, 'coortweet_reference_results.csv', referenceSchema);
  const startedAt = process.cpuUsage().user;
  const pairsOf = memoised((settings: CoSharingSettings) => findPairs(shares, settings));
  const equalRows = rows.filter((row) => isEqual(row, shares, pairsOf)).length;
  const seconds = (process.cpuUsage().user - startedAt) / 1e6;

  const lines = [`| rows of the reference table (13 figures each) | ${equalRows} of ${rows.length} |`];
  for (const [file, windowMs, minParticipation] of [
    ['coortweet_pairs_tw60_mp2.csv.gz', 60_000, 2],
    ['coortweet_pairs_tw10_mp5.csv', 10_000, 5],
  ] as const) {
    lines.push(
      agreement(file, pairsOf({ windowMs, minParticipation }).map(pairLine), textLines(dataDir, file).slice(1)),
    );
  }
  const file = 'coortweet_edges_tw60_mp2_q50.csv.gz';
  const { edges } = networkOf(pairsOf({ windowMs: 60_000, minParticipation: 2 }), 0.5);
  lines.push(agreement(file, edges.map(edgeLine), table(dataDir, file, edgeSchema).map(edgeLine)));
  lines.push(
    `| CPU of the 8 settings, ${shares.length.toLocaleString('en-US')} shares each | ${seconds.toFixed(1)} s |`,
  );
  return ['| beside CooRTweet | equal |', '|---|---|', ...lines].join('\n');
}

const figure = z.coerce.number();
const referenceSchema = z.object({
  time_window: figure,
  min_participation: figure,
  edge_weight: figure,
  pairs: figure,
  accounts: figure,
  contents: figure,
  objects: figure,
  edges_full: figure,
  nodes_full: figure,
  weight_threshold: figure,
  edges_sub: figure,
  nodes_sub: figure,
  components_sub: figure,
  largest_comp: figure,
  max_w: figure,
  mean_w: figure,
});

/** Which end of an edge is named first means nothing: the network has no direction. */
const edgeSchema = z
  .object({ from: z.string(), to: z.string(), weight: figure, avg_time_delta: figure, weight_threshold: figure })
  .transform(({ from, to, weight, avg_time_delta, weight_threshold }): Edge => {
    const [first = from, second = to] = [from, to].sort();
    const isCoordinated = weight_threshold === 1;
    return { from: first, to: second, weight, meanDeltaMs: avg_time_delta * 1000, isCoordinated };
  });

function isEqual(
  row: z.output<typeof referenceSchema>,
  shares: readonly Share[],
  pairsOf: (settings: CoSharingSettings) => CoShare[],
): boolean {
  const settings = { windowMs: row.time_window * 1000, minParticipation: row.min_participation };
  const { summary } = networkOf(pairsOf(settings), row.edge_weight);
  const { coordinated } = summary;
  const both: [number, number][] = [
    [summary.pairs, row.pairs],
    [summary.accounts, row.accounts],
    [summary.accounts, row.nodes_full],
    [summary.contents, row.contents],
    [summary.objects, row.objects],
    [summary.edges, row.edges_full],
    [summary.weightThreshold, row.weight_threshold],
    [coordinated.edges, row.edges_sub],
    [coordinated.accounts, row.nodes_sub],
    [coordinated.components, row.components_sub],
    [coordinated.largestComponent, row.largest_comp],
    [summary.maxWeight, row.max_w],
    [summary.meanWeight, row.mean_w],
  ];
  return shares.length > 0 && both.every(([ours, theirs]) => Math.abs(ours - theirs) < 1e-9);
}

function findPairs(shares: readonly Share[], settings: CoSharingSettings): CoShare[] {
  const sharing = createCoSharing(settings);
  return shares.flatMap((share) => sharing.add(share));
}

function memoised(find: (settings: CoSharingSettings) => CoShare[]) {
  const known = new Map<string, CoShare[]>();
  return (settings: CoSharingSettings): CoShare[] => {
    const key = JSON.stringify(settings);
    const pairs = known.get(key) ?? find(settings);
    known.set(key, pairs);
    return pairs;
  };
}

function pairLine({ older, newer, deltaMs }: CoShare): string {
  return [older.object, older.content, newer.content, deltaMs / 1000, older.account, newer.account].join(',');
}

function edgeLine({ from, to, weight, meanDeltaMs, isCoordinated }: Edge): string {
  return [from, to, weight, (meanDeltaMs / 1000).toFixed(9), isCoordinated].join(',');
}

function agreement(name: string, ours: readonly string[], theirs: readonly string[]): string {
  const left = new Map<string, number>();
  for (const line of theirs) left.set(line, (left.get(line) ?? 0) + 1);
  const equal = ours.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count > 0;
  }).length;
  return `| lines of \`${name}\` | ${equal} of ${theirs.length}, ${ours.length - equal} besides |`;
}

function table<R extends z.ZodType>(dataDir: string, file: string, row: R): z.output<R>[] {
  return z.array(row).parse(parse(textOf(dataDir, file), { columns: true }));
}

function textLines(dataDir: string, file: string): string[] {
  return textOf(dataDir, file).trimEnd().split('\n');
}

function textOf(dataDir: string, file: string): string {
  const bytes = readFileSync(join(dataDir, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

function noPosts(): never {
  throw new Error('the reference holds shares only');
}
