#!/usr/bin/env -S UV_THREADPOOL_SIZE=16 node
/**
 * The composition root: the command line. Each command loads only what it needs. The thread pool is widened above, since
 * four heavy queries of the embedded engine would fill it, and it cannot be widened once the process runs.
 */
import { join } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { messageOf, SalmaqError } from './errors.ts';
import { tell } from './output.ts';
import { PACKAGE_ROOT, VERSION } from './root.ts';
import { WORLDS } from './simulation/world/kinds.ts';

const DEFAULT_PIPELINE = join(PACKAGE_ROOT, 'pipelines', 'national.yaml');

const program = new Command('salmaq')
  .description('Weighs what social media say about state agencies against who is saying it.')
  .version(VERSION)
  .showHelpAfterError('(salmaq help <command> tells what is allowed)')
  .exitOverride();

const dataDir = () => new Option('--data-dir <dir>', 'directory of the embedded ClickHouse');
const json = () => new Option('--json', 'one JSON object per line');
const at = () => new Option('--at <time>', 'a fixed clock, such as 2026-03-01T12:00:00Z').argParser(time);
const pipeline = () =>
  new Option('--pipeline <file>', 'lists and settings').default(DEFAULT_PIPELINE, 'pipelines/national.yaml');
const clickhousePort = () =>
  new Option(
    '--clickhouse-port <port>',
    "serve the embedded engine on ClickHouse's HTTP interface, for Grafana or DBeaver",
  ).argParser(port);
const clickhouseWritable = () => new Option('--clickhouse-writable', 'let that interface write, not only read');

program
  .command('start')
  .description('the embedded default: sample data, signals and the API, no other service')
  .addOption(dataDir().default('.salmaq'))
  .addOption(new Option('--port <port>', 'port of the API').argParser(port))
  .addOption(clickhousePort())
  .addOption(clickhouseWritable())
  .addOption(at())
  .addOption(pipeline())
  .action(async (options) => (await import('./commands/start.ts')).startCommand(options));

program
  .command('run')
  .description('the production worker: Kafka in, ClickHouse and alert topics out')
  .argument('<pipeline.yaml>')
  .addOption(dataDir())
  .addOption(clickhousePort())
  .addOption(clickhouseWritable())
  .addOption(at())
  .action(async (file, options) => (await import('./commands/run.ts')).runCommand(file, options));

program
  .command('replay')
  .description('runs files through the very same pipeline into a data directory')
  .option('--posts <files...>', 'NDJSON, .gz is unpacked', [])
  .option('--appeals <files...>', 'NDJSON, CSV or JSON, .gz is unpacked; exports of official systems too', [])
  .option('--appeals-format <system>', 'read exports by this mapping of pipelines/appeals; their header tells without')
  .addOption(dataDir().makeOptionMandatory())
  .addOption(at())
  .addOption(pipeline())
  .addOption(json())
  .action(async (options) => (await import('./commands/replay.ts')).replayCommand(options));

program
  .command('signals')
  .description('the signals of a window, best score first')
  .addOption(dataDir())
  .requiredOption('--from <time>', 'start of the window', time)
  .requiredOption('--to <time>', 'end of the window, exclusive', time)
  .option('--limit <n>', 'most signals printed', count)
  .addOption(at())
  .addOption(pipeline())
  .addOption(json())
  .action(async (options) => (await import('./commands/signals.ts')).signalsCommand(options));

program
  .command('explain')
  .description('one signal: its evidence, its reasons and what would change it')
  .argument('<signal id>', 'as "salmaq signals --json" prints it')
  .addOption(dataDir())
  .addOption(new Option('--language <language>', 'of the text').choices(['kk', 'ru', 'en']).default('ru'))
  .addOption(at())
  .addOption(pipeline())
  .addOption(json())
  .action(async (id, options) => (await import('./commands/explain.ts')).explainCommand(id, options));

program
  .command('history')
  .description('how the verdict of a signal changed')
  .argument('<signal id>', 'as "salmaq signals --json" prints it, of a standing window')
  .addOption(dataDir())
  .option('--limit <n>', 'most verdicts printed, the newest', count)
  .addOption(pipeline())
  .addOption(json())
  .action(async (id, options) => (await import('./commands/history.ts')).historyCommand(id, options));

program
  .command('silence')
  .description('who is heard less than their number: region, settlement and language')
  .addOption(dataDir())
  .requiredOption('--from <time>', 'start of the window', time)
  .requiredOption('--to <time>', 'end of the window, exclusive', time)
  .option('--limit <n>', 'most strata printed, the quietest', count)
  .addOption(pipeline())
  .addOption(json())
  .action(async (options) => (await import('./commands/silence.ts')).silenceCommand(options));

program
  .command('enrich')
  .description('NDJSON posts on stdin to enriched posts on stdout')
  .option('--explain', 'add which characters matched which row, and which rule resolved it')
  .addOption(at())
  .addOption(pipeline())
  .addOption(json())
  .action(async (options) => (await import('./commands/enrich.ts')).enrichCommand(options));

program
  .command('language')
  .description('one text per stdin line to label<TAB>confidence per stdout line')
  .addOption(pipeline())
  .addOption(json())
  .action(async (options) => (await import('./commands/language.ts')).languageCommand(options));

program
  .command('coordination')
  .description('accounts that share the same objects at the same time, in a file of shares or posts; prints totals')
  .requiredOption('--input <file>', 'CSV or NDJSON, .gz is unpacked')
  .requiredOption('--window <seconds>', 'most seconds between two shares that go together', seconds)
  .option('--min-participation <n>', 'least shares of an account', count, 2)
  .option('--edge-weight <q>', 'quantile of the weights that an edge must be above', quantile, 0.5)
  .option('--pairs <file>', 'write the table of pairs to this file')
  .option('--edges <file>', 'write the table of edges to this file')
  .addOption(pipeline())
  .addOption(json())
  .action(async (options) => (await import('./commands/coordination.ts')).coordinationCommand(options));

program
  .command('simulate')
  .description('a simulated society with known truth: posts, appeals, population, truth')
  .addOption(new Option('--world <name>', 'what it is like').choices(WORLDS).default('mixed'))
  .option('--seed <n>', 'the same seed gives the same bytes', count, 1)
  .option('--posts <n>', 'how many post records', count, 10_000)
  .requiredOption('--out <dir>', 'folder to write to')
  .addOption(pipeline())
  .action(async (options) => (await import('./commands/simulate.ts')).simulateCommand(options));

program
  .command('migrate')
  .description('creates the tables, or brings them up to date')
  .argument('[pipeline.yaml]', 'whose store', DEFAULT_PIPELINE)
  .addOption(dataDir())
  .option('--print', 'print the statements instead of running them')
  .option('--cluster <name>', 'with --print: render them for a ClickHouse cluster')
  .action(async (file, options) => (await import('./commands/migrate.ts')).migrateCommand(file, options));

program
  .command('check')
  .description('checks a pipeline file, its lists and its subscriptions')
  .argument('<pipeline.yaml>')
  .addOption(json())
  .action(async (file, options) => (await import('./commands/check.ts')).checkCommand(file, options));

const dead = program.command('dead').description('the records that were refused');
dead
  .command('list')
  .description('with reason, origin and the original bytes')
  .argument('[pipeline.yaml]', 'whose store', DEFAULT_PIPELINE)
  .addOption(dataDir())
  .option('--reason <reason>', 'only these')
  .option('--limit <n>', 'most records printed', count)
  .option('--requeued', 'also those that were sent back')
  .addOption(json())
  .action(async (file, options) => (await import('./commands/dead.ts')).deadListCommand(file, options));
dead
  .command('requeue')
  .description('sends repaired ones back: those that are valid by now, or as edited in a file')
  .argument('[pipeline.yaml]', 'whose store and topics', DEFAULT_PIPELINE)
  .addOption(dataDir())
  .option('--input <file>', 'lines of "dead list --json" with "payload" mended')
  .option('--reason <reason>', 'only these')
  .addOption(at())
  .addOption(json())
  .action(async (file, options) => (await import('./commands/dead.ts')).deadRequeueCommand(file, options));

program
  .command('doctor')
  .description('checks Node, the lists, ClickHouse, Kafka and its topics')
  .argument('[pipeline.yaml]', 'which pipeline', DEFAULT_PIPELINE)
  .addOption(dataDir())
  .option('--fix', 'create missing topics and tables')
  .option('--partitions <n>', 'with --fix: partitions of a new topic', count)
  .option('--replication <n>', 'with --fix: replicas of a new topic', count)
  .addOption(json())
  .action(async (file, options) => (await import('./commands/doctor.ts')).doctorCommand(file, options));

function time(text: string): number {
  const ms = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  // `Date.parse` takes the 31st of February for the 3rd of March.
  const day = Date.parse(text.slice(0, 10));
  const isReal = ms >= 0 && new Date(day).toISOString().startsWith(text.slice(0, 10));
  if (!isReal) throw new InvalidArgumentError('must be a time since 1970 such as 2026-03-01T12:00:00Z');
  return ms;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('must be a whole number above 0');
  return Number(text);
}

function seconds(text: string): number {
  const value = /^\d{1,9}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(value)) throw new InvalidArgumentError('must be a number of seconds');
  return value;
}

function quantile(text: string): number {
  const value = /^[01](\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 1)) throw new InvalidArgumentError('must be from 0 to 1');
  return value;
}

function port(text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 65_535)) throw new InvalidArgumentError('must be a port, 0 for any free one');
  return value;
}

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): number {
  // Commander has told already; help and version end well.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof SalmaqError) {
    tell(`${error.code} ${error.message}${error.hint === undefined ? '' : `\n  → ${error.hint}`}`);
    return error.exitCode;
  }
  tell(error instanceof Error ? (error.stack ?? error.message) : messageOf(error));
  return 1;
}
