import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../../src/root.ts';

const SOURCES = join(PACKAGE_ROOT, 'src');
const THINKING = ['post', 'appeals', 'language', 'mentions', 'copies', 'reach', 'weigh'];
/** What the rooms that think may import from outside: nothing that reads, writes or listens. */
const PURE_PACKAGES =
  /^(zod|ajv\/dist\/2020\.js|csv-parse\/sync|franc|natural\/lib\/natural\/stemmers\/.*|node:crypto|node:buffer)$/;
/** The one file of a thinking room that reads its model from disk at start. */
const LOADERS = new Set(['language/load.ts']);

const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCES, file), 'utf8');
  const found = text.matchAll(
    /^(?:import|export)\s+(?!type\s)[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? '');
}

function roomOf(file: string, imported: string): string {
  return relative(SOURCES, join(SOURCES, dirname(file), imported)).split('/')[0] ?? '';
}

describe('The rooms keep to themselves', () => {
  const thinking = files.filter((file) => THINKING.includes(file.split('/')[0] ?? '') && !LOADERS.has(file));

  it.each(thinking)('%s does no input or output', (file) => {
    for (const imported of importsOf(file)) {
      if (imported.startsWith('.')) {
        expect([...THINKING, 'errors.ts', 'random.ts'], `${file} imports ${imported}`).toContain(
          roomOf(file, imported),
        );
      } else {
        expect(imported, `${file} imports ${imported}`).toMatch(PURE_PACKAGES);
      }
    }
  });

  it('has one room that imports kafkajs, and one that imports ClickHouse', () => {
    const importers = (name: RegExp) => [
      ...new Set(
        files
          .filter((file) => importsOf(file).some((imported) => name.test(imported)))
          .map((file) => file.split('/')[0]),
      ),
    ];
    expect(importers(/^kafkajs/)).toEqual(['broker']);
    expect(importers(/^(chdb|@clickhouse)/)).toEqual(['store']);
  });
});
