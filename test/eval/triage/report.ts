import { HELD_OUT_KINDS, ISSUE_KINDS } from '../../../src/simulation/world/kinds.ts';
import { VERDICTS } from '../../../src/weigh/signal.ts';
import { auc, calibrationError, mean, median, ndcg, share, spearman } from './measures.ts';
import type { Judged } from './run-world.ts';

/** One world of one seed, judged. */
export type Run = readonly Judged[];

const METHODS: Readonly<Record<string, (one: Judged) => number>> = {
  score: scoreOf,
  volume: ({ baselines }) => baselines.volume,
  engagement: ({ baselines }) => baselines.engagement,
  followers: ({ baselines }) => baselines.followers,
  authors: ({ baselines }) => baselines.authors,
  spike: ({ baselines }) => baselines.spike,
  appeals: ({ baselines }) => baselines.appeals,
};

/** Rank by rank: each method beside the truth, the mean over the seeds. */
export function rankingTable(worlds: ReadonlyMap<string, readonly Run[]>): string {
  const lines = [...worlds].flatMap(([world, runs]) =>
    Object.entries(METHODS).map(([name, method]) => {
      const gains = (run: Run) => run.map(({ truth }) => truth.affectedShare);
      const rho = runs.map((run) => spearman(run.map(method), gains(run)));
      const gain = runs.map((run) => ndcg(run.map(method), gains(run), 10));
      return `| ${world} | ${name} | ${withError(rho)} | ${figure(Math.min(...rho))} | ${withError(gain)} |`;
    }),
  );
  return ['| world | ranked by | Spearman | its least | nDCG@10 |', '|---|---|---:|---:|---:|', ...lines].join('\n');
}

/** What the labels and intervals are worth, over all issues of all seeds of a world. */
export function verdictTable(worlds: ReadonlyMap<string, readonly Run[]>): string {
  const columns = [...worlds].map(([world, runs]) => [world, runs.flat()] as const);
  const pooled = [...columns, ['all', [...worlds.values()].flat(2)] as const];
  const rows = Object.entries(FIGURES).map(
    ([name, measure]) => `| ${name} | ${pooled.map(([, issues]) => figure(measure(issues))).join(' | ')} |`,
  );
  return [
    `| figure | ${pooled.map(([world]) => world).join(' | ')} |`,
    `|---|${pooled.map(() => '---:').join('|')}|`,
    ...rows,
  ].join('\n');
}

/** What becomes of each kind of issue, over all seeds and worlds. */
export function kindTable(worlds: ReadonlyMap<string, readonly Run[]>): string {
  const all = [...worlds.values()].flat(2);
  const rows = ISSUE_KINDS.flatMap((kind) => {
    const issues = all.filter(({ truth }) => truth.kind === kind);
    if (issues.length === 0) return [];
    const name = HELD_OUT_KINDS.includes(kind) ? `${kind} (held out)` : kind;
    const figures = [
      issues.length,
      mean(issues.map(({ truth }) => truth.windows[0].posts)),
      mean(issues.map(({ truth }) => truth.windows[0].appeals)),
      share(issues, ({ truth }) => truth.widespread),
      mean(issues.map(scoreOf)),
    ];
    const labels = VERDICTS.map((label) => share(issues, (one) => labelOf(one) === label).toFixed(2));
    return [`| ${[name, ...figures.map(figure), ...labels].join(' | ')} |`];
  });
  const columns = ['kind', 'issues', 'posts', 'appeals', 'widespread', 'mean score', ...VERDICTS];
  return [`| ${columns.join(' | ')} |`, `|---|${'---:|'.repeat(columns.length - 1)}`, ...rows].join('\n');
}

const FIGURES: Readonly<Record<string, (issues: readonly Judged[]) => number>> = {
  issues: (issues) => issues.length,
  'widespread, share of issues': (issues) => share(issues, ({ truth }) => truth.widespread),
  'amplified and not widespread, share of systemic + emerging': (issues) =>
    share(
      issues.filter((one) => ['systemic', 'emerging'].includes(labelOf(one))),
      ({ truth }) => truth.amplified && !truth.widespread,
    ),
  'not widespread, share of systemic + emerging': (issues) =>
    share(
      issues.filter((one) => ['systemic', 'emerging'].includes(labelOf(one))),
      ({ truth }) => !truth.widespread,
    ),
  'recall of systemic: systemic or emerging': (issues) => recall(issues, 'systemic', ['systemic', 'emerging']),
  'recall of systemic: systemic': (issues) => recall(issues, 'systemic', ['systemic']),
  'recall of emerging': (issues) => recall(issues, 'emerging', ['systemic', 'emerging']),
  'recall of silent': (issues) => recall(issues, 'silent', ['silent']),
  'recall of emergency': (issues) => recall(issues, 'emergency', ['emergency']),
  'recall of amplified': (issues) => recall(issues, 'amplified', ['amplified']),
  'score: calibration error': (issues) =>
    calibrationError(
      issues.map(scoreOf),
      issues.map(({ truth }) => truth.widespread),
    ),
  'score: AUC of widespread': (issues) =>
    auc(
      issues.map(scoreOf),
      issues.map(({ truth }) => truth.widespread),
    ),
  'amplification: AUC (5 posts or more)': (issues) => {
    const loud = issues.filter(({ truth }) => truth.windows[0].posts >= 5);
    return auc(
      loud.map(({ signal }) => signal?.amplification.probability ?? 0),
      loud.map(({ truth }) => truth.amplified),
    );
  },
  'rate: 90 % interval holds the standardised truth': (issues) => share(rated(issues), holdsRate(standardised)),
  'rate: 90 % interval holds the complainers counted': (issues) => share(rated(issues), holdsRate(counted)),
  'reach: 90 % band holds the persons exposed': (issues) =>
    share(reached(issues), ({ truth, signal }) => {
      const { low, high } = signal?.reach.net ?? { low: 0, high: 0 };
      const { exposed } = truth.windows[0];
      return exposed >= low && exposed <= high;
    }),
  'reach: median of |mid / truth − 1|': (issues) => median(reached(issues).map((one) => Math.abs(reachError(one)))),
  'reach: median of mid / truth − 1': (issues) => median(reached(issues).map(reachError)),
  'posts of the week found in their cell': (issues) =>
    mean(
      issues
        .filter(({ truth }) => truth.windows[0].posts >= 10)
        .map(({ truth, baselines }) => baselines.volume / truth.windows[0].posts),
    ),
};

export function scoreOf({ signal }: Judged): number {
  return signal?.verdict.score ?? 0;
}

function labelOf({ signal }: Judged): string {
  return signal?.verdict.label ?? 'insufficient';
}

function recall(issues: readonly Judged[], label: string, found: readonly string[]): number {
  return share(
    issues.filter(({ truth }) => truth.label === label),
    (one) => found.includes(labelOf(one)),
  );
}

/** Issues whose expected complainers are known and enough to speak of. */
function rated(issues: readonly Judged[]): Judged[] {
  return issues.filter(({ truth }) => !truth.amplified && (truth.windows[0].expectedComplainers ?? 0) >= 2);
}

function standardised({ truth }: Judged): number {
  return truth.windows[0].standardisedRate ?? 0;
}

function counted({ truth }: Judged): number {
  return (truth.windows[0].complainers / truth.residents) * 100_000;
}

function holdsRate(rate: (one: Judged) => number): (one: Judged) => boolean {
  return (one) => {
    const { low, high } = one.signal?.representativeness.rate ?? { low: 0, high: 0 };
    return rate(one) >= low && rate(one) <= high;
  };
}

function reached(issues: readonly Judged[]): Judged[] {
  return issues.filter(({ truth }) => truth.windows[0].posts >= 5 && truth.windows[0].exposed > 0);
}

function reachError({ truth, signal }: Judged): number {
  return (signal?.reach.net.mid ?? 0) / truth.windows[0].exposed - 1;
}

/** The mean over the seeds ± its standard error. */
function withError(values: readonly number[]): string {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return `${figure(centre)} ± ${Math.sqrt(squares / (values.length - 1) / values.length).toFixed(3)}`;
}

function figure(value: number): string {
  return Number.isInteger(value) && Math.abs(value) > 1 ? String(value) : value.toFixed(3);
}
