/**
 * `npm run bench` prints what every room costs, in CPU of `JSON.parse` of the same records in the same run (B), since
 * seconds mean little on another machine. `-- --posts FILE` takes the texts from elsewhere, `--without-kafka` needs no Java;
 * `--copies 5000000` measures instead the copy index with so many posts, and restores the first million of them;
 * `--evaluation` measures instead how long a day of a million posts takes to be weighed, with `--week` also seven of them.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../../src/commands/options.ts';
import { table } from '../../src/output.ts';
import { PACKAGE_ROOT } from '../../src/root.ts';
import { measureCopyMemory, timeCrowd } from './copies.ts';
import { measureEvaluation } from './evaluation.ts';
import { benchLanguage } from './language.ts';
import { benchMentions } from './mentions.ts';
import { makeRecords, readPosts } from './records.ts';
import { timeStages } from './stages.ts';
import { measureInserts } from './store.ts';
import { type PathCost, timeKafkaPath, timePath } from './whole-path.ts';

const { values: args } = parseArgs({
  options: {
    posts: { type: 'string', default: join(PACKAGE_ROOT, 'fixtures/posts.ndjson') },
    count: { type: 'string', default: '30000' },
    'without-kafka': { type: 'boolean', default: false },
    evaluation: { type: 'boolean', default: false },
    week: { type: 'boolean', default: false },
    copies: { type: 'string' },
  },
});

/** Sizes of a record in bytes: as they come, and of the longer posts that the aims are stated for. */
const SIZES = [0, 945];
const COPY_MEMORY_POSTS = 200_000;
const CROWDS = [20_000, 80_000];
const MENTION_POSTS = 4_000;

if (args.evaluation) {
  const times = (await measureEvaluation(args.week ? 7 : 1)).map(({ window, posts, cells, ms, cpuMs, peakMb }) => [
    window,
    posts,
    cells,
    ms,
    cpuMs,
    peakMb,
  ]);
  console.log(table(['window', 'posts', 'cells', 'ms', 'CPU ms', 'peak MB'], times));
  process.exit();
}

const count = Number(args.count);
const nowMs = Date.now();
const config = readConfig(join(PACKAGE_ROOT, 'pipelines/national.yaml'));
const posts = readPosts(args.posts);

if (args.copies !== undefined) {
  tellOfCopies(Number(args.copies));
  process.exit();
}

for (const size of SIZES) {
  const records = makeRecords(posts, count, size, nowMs);
  const bytes = records.reduce((sum, { value }) => sum + value.length, 0);
  console.log(`\n${count} posts, ${Math.round(bytes / count)} bytes each`);
  const stages = timeStages(records, config, nowMs);
  const unit = stages[0]?.us ?? Number.NaN;
  // The first time warms what the second measures.
  await timePath(records, config, nowMs);
  const paths: [string, PathCost][] = [['record → acknowledged row', await timePath(records, config, nowMs)]];
  if (!args['without-kafka'] && size > 0) {
    paths.push(['Kafka record → acknowledged row', await timeKafkaPath(records, config, nowMs)]);
  }
  const rows = [...stages, ...paths.map(([name, { us }]) => ({ name, us }))];
  console.log(
    table(
      ['part', 'CPU µs per post', '× B'],
      rows.map(({ name, us }) => [name, us / count, us / unit]),
    ),
  );
  for (const [name, { postsPerSecond }] of paths) console.log(`${name}: ${Math.round(postsPerSecond)} posts/s`);
}

tellOfCopies(COPY_MEMORY_POSTS);
for (const size of SIZES) console.log(`\n${benchMentions(makeRecords(posts, MENTION_POSTS, size, nowMs), config)}`);
console.log(`\n${await benchLanguage(makeRecords(posts, count, 0, nowMs))}`);
const inserts = (await measureInserts()).map(({ rows, cpuUs, loopUs, batchMs }) => [rows, cpuUs, loopUs, batchMs]);
console.log(`\n${table(['rows an insert', 'CPU µs a row', 'on the event loop', 'ms an insert'], inserts)}`);

function tellOfCopies(count: number): void {
  const { posts: held, bytesPerPost, restored, restoreSeconds } = measureCopyMemory(posts, count, config.copies);
  const restoring = `${restored} restored in ${restoreSeconds.toFixed(2)} s`;
  console.log(`\ncopies of ${held} posts: ${bytesPerPost.toFixed(0)} bytes a post, ${restoring}`);
  for (const crowd of CROWDS) {
    console.log(
      `a crowd of ${crowd} half alike: ${timeCrowd(posts, crowd, config.copies).toFixed(1)} µs of CPU a post`,
    );
  }
}
