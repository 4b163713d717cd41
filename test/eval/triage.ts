/**
 * `npm run eval:triage` simulates worlds, runs each through the whole pipeline and prints what the verdicts are worth beside
 * simple measures. `--seeds N` seeds from `--from` (9001 unless told), `--worlds benign,mixed`, `--posts N` a world;
 * `--dump FILE` writes one line an issue: seed, world, truth, baselines, evidence, signal. See docs/simulation.md.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { WORLD_END_MS } from '../../src/commands/simulate.ts';
import { WORLDS, type WorldName } from '../../src/simulation/world/kinds.ts';
import { kindTable, type Run, rankingTable, verdictTable } from './triage/report.ts';
import { runWorld } from './triage/run-world.ts';

/** Seeds below this are for fitting: their worlds lack the kinds of issue that are held out. */
const FIRST_EVALUATION_SEED = 9001;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '20' },
    from: { type: 'string', default: String(FIRST_EVALUATION_SEED) },
    worlds: { type: 'string', default: WORLDS.join(',') },
    posts: { type: 'string', default: '8000' },
    dump: { type: 'string' },
  },
});

const names = values.worlds.split(',').map(worldNamed);
const seeds = wholeNumber(values.seeds);
const from = wholeNumber(values.from);
const posts = wholeNumber(values.posts);
const dump = values.dump === undefined ? undefined : openSync(values.dump, 'w');
const runs = new Map<WorldName, Run[]>(names.map((name) => [name, []]));
for (const world of names) {
  for (let i = 0; i < seeds; i++) {
    const seed = from + i;
    const forFitting = seed < FIRST_EVALUATION_SEED;
    const { judged } = await runWorld({ world, seed, posts, endMs: WORLD_END_MS, forFitting });
    runs.get(world)?.push(judged);
    if (dump === undefined) continue;
    for (const one of judged) writeSync(dump, `${JSON.stringify({ seed, world, kind: one.truth.kind, ...one })}\n`);
  }
}
if (dump !== undefined) closeSync(dump);

console.log(`\n# Ranking by the share of residents affected (mean over ${seeds} seeds)\n\n${rankingTable(runs)}`);
console.log(`\n# Verdicts (all issues pooled)\n\n${verdictTable(runs)}`);
console.log(`\n# Kinds of issue: share of each label\n\n${kindTable(runs)}\n`);

function worldNamed(name: string): WorldName {
  return WORLDS.find((world) => world === name) ?? usage(`no world "${name}", only ${WORLDS.join(', ')}`);
}

function wholeNumber(text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : usage(`"${text}" is no whole number above 0`);
}

function usage(text: string): never {
  console.error(text);
  process.exit(2);
}
