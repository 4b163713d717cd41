import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { messageOf, SalmaqError } from '../errors.ts';
import { print, printJson, table, tell } from '../output.ts';
import { openRooms } from '../rooms.ts';
import { readShares } from '../shares.ts';
import { createCoSharing } from '../weigh/coordination/co-sharing.ts';
import { type CoordinationSummary, type Edge, networkOf } from '../weigh/coordination/network.ts';
import type { CoShare } from '../weigh/coordination/share.ts';
import { readConfig } from './options.ts';

export interface CoordinationOptions {
  input: string;
  window: number;
  minParticipation: number;
  edgeWeight: number;
  pairs?: string;
  edges?: string;
  pipeline: string;
  json?: boolean;
}

/** Refused records told one by one: the first show what is wrong. */
const MOST_TOLD = 10;

/** More pairs than this would not fit into the memory of a process. */
const MOST_PAIRS = 5_000_000;

/**
 * `salmaq coordination`: which accounts share the same objects at the same time, in a file of one's own. Prints totals; accounts are
 * named only in the tables that are asked for.
 */
export async function coordinationCommand(options: CoordinationOptions): Promise<void> {
  const { input, window, minParticipation, edgeWeight } = options;
  const sharing = createCoSharing({ windowMs: window * 1000, minParticipation });
  const pairs: CoShare[] = [];
  let shares = 0;
  let refused = 0;
  const copies = () => openRooms(readConfig(options.pipeline)).copies;
  for await (const batch of readShares(input, copies, Date.now())) {
    shares += batch.shares.length;
    for (const { line, reason } of batch.refused) {
      if (refused++ < MOST_TOLD) tell(`${input}:${line}: ${reason}`);
    }
    for (const share of batch.shares) {
      for (const pair of sharing.add(share)) pairs.push(pair);
      if (sharing.candidates > MOST_PAIRS) {
        throw new SalmaqError(
          'SLM_INPUT',
          `${input}: more than ${MOST_PAIRS.toLocaleString('en-US')} pairs within the window`,
          {
            hint: 'take a shorter --window',
          },
        );
      }
    }
  }
  if (refused > 0) tell(`${refused.toLocaleString('en-US')} records were refused: they are no shares and no posts`);
  if (shares === 0) throw new SalmaqError('SLM_INPUT', `${input}: no shares`, { hint: 'see docs/coordination.md' });

  const { edges, summary } = networkOf(pairs, edgeWeight);
  if (options.pairs !== undefined) await writeLines(options.pairs, pairLines(pairs));
  if (options.edges !== undefined) await writeLines(options.edges, edgeLines(edges));
  if (options.json) await printJson([{ window, minParticipation, edgeWeight, shares, refused, ...summary }]);
  else await print(`${summaryTable(shares, summary)}\n`);
}

function summaryTable(shares: number, { coordinated, ...all }: CoordinationSummary): string {
  return table(
    ['', ''],
    [
      ['shares', shares],
      ['pairs that shared within the window', all.pairs],
      ['– accounts', all.accounts],
      ['– posts', all.contents],
      ['– objects', all.objects],
      ['edges', all.edges],
      ['– weight: largest', all.maxWeight],
      ['– weight: mean', all.meanWeight],
      ['– weight: threshold', all.weightThreshold],
      ['coordinated edges', coordinated.edges],
      ['– accounts', coordinated.accounts],
      ['– components', coordinated.components],
      ['– accounts of the largest', coordinated.largestComponent],
    ],
  ).trimStart();
}

function* pairLines(pairs: readonly CoShare[]): Generator<string> {
  yield 'object_id,content_id,content_id_y,time_delta,account_id,account_id_y';
  for (const { older, newer, deltaMs } of pairs) {
    yield csv([older.object, older.content, newer.content, deltaMs / 1000, older.account, newer.account]);
  }
}

function* edgeLines(edges: readonly Edge[]): Generator<string> {
  yield 'from,to,weight,avg_time_delta,weight_threshold';
  for (const { from, to, weight, meanDeltaMs, isCoordinated } of edges) {
    yield csv([from, to, weight, Number((meanDeltaMs / 1000).toPrecision(15)), isCoordinated ? 1 : 0]);
  }
}

function csv(cells: readonly (string | number)[]): string {
  return cells
    .map(String)
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(path);
  try {
    for (const line of lines) if (!file.write(`${line}\n`)) await once(file, 'drain');
    await finished(file.end());
  } catch (cause) {
    throw new SalmaqError('SLM_USAGE', `${path}: ${messageOf(cause)}`, { hint: 'check the path', cause });
  }
}
