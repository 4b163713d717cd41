import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/root.ts';

/** Writes the sample's appeals of its last ten days and returns the file: each day more is a dozen windows to weigh. */
export function writeRecentAppeals(folder: string): string {
  const file = join(folder, 'recent-appeals.ndjson');
  const lines = readFileSync(join(PACKAGE_ROOT, 'fixtures/appeals.ndjson'), 'utf8').split('\n');
  writeFileSync(file, lines.filter((line) => line !== '' && JSON.parse(line).receivedAt >= '2026-02-20').join('\n'));
  return file;
}
