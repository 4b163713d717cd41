/**
 * `npm run eval -- DIR` prints the quality tables from a folder of evaluation data: `language/`, `gold-posts-dev.ndjson`,
 * `real-posts.ndjson.gz`, `coordination/`, `statistics/`. `npm run eval:language -- --data DIR` prints one of them from its own folder or file.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readPipeline } from '../../src/config/pipeline.ts';
import { readLists, readWeighing } from '../../src/rooms.ts';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { evaluateCoordination } from './coordination.ts';
import { evaluateCopies } from './copies.ts';
import { evaluateLanguage } from './language.ts';
import { evaluateMentions } from './mentions.ts';
import { evaluateStatistics } from './statistics.ts';

const tables: Record<string, { inFolder: string; evaluate: (path: string) => Promise<string> }> = {
  language: { inFolder: 'language', evaluate: evaluateLanguage },
  mentions: {
    inFolder: 'gold-posts-dev.ndjson',
    evaluate: (path) => {
      const config = readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), process.env);
      return evaluateMentions(path, readLists(config), config.mentions);
    },
  },
  copies: { inFolder: 'real-posts.ndjson.gz', evaluate: evaluateCopies },
  coordination: { inFolder: 'coordination', evaluate: evaluateCoordination },
  statistics: {
    inFolder: 'statistics',
    evaluate: (path) => {
      const config = readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), process.env);
      return evaluateStatistics(path, readWeighing(config).settings);
    },
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, data: { type: 'string' } },
});

if (values.only === undefined) {
  const folder = values.data ?? positionals[0];
  if (folder === undefined) usage('give the folder of the evaluation data: npm run eval -- DIR');
  for (const [name, { inFolder, evaluate }] of Object.entries(tables)) {
    const path = join(folder, inFolder);
    console.log(`\n# ${name} (${inFolder})\n`);
    console.log(existsSync(path) ? await evaluate(path) : `no ${inFolder} in this folder`);
  }
} else {
  const table = tables[values.only];
  const fallback = values.only === 'mentions' ? join(PACKAGE_ROOT, 'fixtures/gold-posts.ndjson') : undefined;
  const path = values.data ?? positionals[0] ?? fallback;
  if (table === undefined) usage(`--only must be one of ${Object.keys(tables).join(', ')}`);
  if (values.only === 'coordination') console.log(await evaluateCoordination(path));
  else if (path === undefined) usage('give the data: --data PATH');
  else console.log(await table.evaluate(path));
}

function usage(text: string): never {
  console.error(text);
  process.exit(2);
}
