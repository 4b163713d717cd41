import { openAppealExports } from './appeal-exports.ts';
import type { Assembly } from './assembly.ts';
import { readFiles, type SourceFile, sizesOf } from './source-files.ts';

/** What a replay did. */
export interface Replayed {
  records: number;
  posts: number;
  copies: number;
  appeals: number;
  refused: number;
}

/**
 * Runs files through the pipeline, one batch after another, into its store.
 *
 * @param onProgress called after each batch with bytes read and bytes in all.
 * @param appealsFormat name of the mapping that exports of appeals are read with; their header tells without it.
 */
export async function replayFiles(
  { pipeline, config, rooms, clock }: Assembly,
  files: readonly SourceFile[],
  onProgress: (read: number, total: number, done: Replayed) => void = () => {},
  appealsFormat?: string,
): Promise<Replayed> {
  const exports = openAppealExports(config, rooms, appealsFormat);
  const sizes = await sizesOf(files);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const done: Replayed = { records: 0, posts: 0, copies: 0, appeals: 0, refused: 0 };
  for await (const { file, records, bytesRead } of readFiles(files, {
    observedAtMs: clock(),
    rows: config.batch.rows,
    exports,
  })) {
    const outcome = await pipeline.process({ posts: [], appeals: [], [file.kind]: records });
    done.records += records.length;
    done.posts += outcome.posts;
    done.copies += outcome.copies;
    done.appeals += outcome.appeals;
    done.refused += outcome.refused.length;
    const before = sizes.slice(0, files.indexOf(file)).reduce((sum, size) => sum + size, 0);
    onProgress(before + bytesRead, total, done);
  }
  return done;
}
