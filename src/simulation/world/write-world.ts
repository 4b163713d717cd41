import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { messageOf, SalmaqError } from '../../errors.ts';
import { type Frame, STRATA } from '../../weigh/frame.ts';
import { appealLine, postLine } from '../ndjson.ts';
import type { World } from './generate.ts';

/** Files of a world, in the folder it is written to. */
export const WORLD_FILES = {
  posts: 'posts.ndjson',
  appeals: 'appeals.ndjson',
  population: 'population.csv',
  truth: 'truth.json',
  postTruths: 'truth-posts.ndjson',
} as const;

const CHUNK = 500;

/** Writes a world into a folder, which is created. Records are written as they are made. Rejects with `SLM_INPUT`. */
export async function writeWorld(world: World, frame: Frame, dir: string): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    await writeFiles(world, frame, dir);
  } catch (cause) {
    throw new SalmaqError('SLM_INPUT', `${dir}: cannot be written: ${messageOf(cause)}`, {
      hint: 'give another folder with --out',
      cause,
    });
  }
}

async function writeFiles(world: World, frame: Frame, dir: string): Promise<void> {
  const path = (file: keyof typeof WORLD_FILES) => join(dir, WORLD_FILES[file]);
  await writeLines(path('posts'), world.posts(), postLine);
  await writeLines(path('appeals'), world.appeals, appealLine);
  await writeLines(path('postTruths'), world.postTruths(), (truth) => `${JSON.stringify(truth)}\n`);
  await writeLines(path('population'), populationRows(frame), (row) => `${row.join(',')}\n`);
  await writeLines(path('truth'), [world.truth], (truth) => `${JSON.stringify(truth, null, 1)}\n`);
}

function* populationRows(frame: Frame): Generator<readonly (string | number)[]> {
  yield ['region', 'settlement', 'language', 'residents'];
  for (const [region, residents] of frame.regions) {
    for (const [i, { settlement, language }] of STRATA.entries()) {
      yield [region, settlement, language, residents[i] ?? 0];
    }
  }
}

async function writeLines<T>(path: string, records: Iterable<T>, toLine: (record: T) => string): Promise<void> {
  await pipeline(Readable.from(chunksOf(records, toLine)), createWriteStream(path));
}

function* chunksOf<T>(records: Iterable<T>, toLine: (record: T) => string): Generator<string> {
  let lines = '';
  let held = 0;
  for (const record of records) {
    lines += toLine(record);
    if (++held < CHUNK) continue;
    yield lines;
    lines = '';
    held = 0;
  }
  yield lines;
}
