import type { CellWindow } from '../../../src/alerts/cell.ts';
import { awaitedSignalIds, type NextAlerts, nextAlerts } from '../../../src/alerts/next-alerts.ts';
import { type Subscription, subscriptionSchema } from '../../../src/alerts/subscription.ts';
import type { AlertRow } from '../../../src/store/rows.ts';
import type { Signal, VerdictLabel } from '../../../src/weigh/signal.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const MIDNIGHT = Date.parse('2026-03-02T00:00:00Z');

const LENGTH_MS = { PT1H: HOUR_MS, P1D: DAY_MS, P7D: 7 * DAY_MS };

export interface SignalSketch {
  label?: VerdictLabel;
  score?: number;
  agency?: string | null;
  region?: string | null;
  theme?: string | null;
  fromMs?: number;
  duration?: keyof typeof LENGTH_MS;
  rule?: string;
}

/** A whole signal from the little that alerts look at. */
export function signal(sketch: SignalSketch = {}): Signal {
  const { label = 'systemic', score = 0.8, agency = 'akimat_almaty', region = 'KZ-75', theme = 'water' } = sketch;
  const { fromMs = MIDNIGHT, duration = 'P1D', rule = 'r1' } = sketch;
  const time = (ms: number) => new Date(ms).toISOString().replace('.000Z', 'Z');
  return {
    id: [agency, region, theme, time(fromMs), duration].map((part) => part ?? '-').join('/'),
    agency,
    region,
    theme,
    window: { from: time(fromMs), to: time(fromMs + LENGTH_MS[duration]) },
    volume: { posts: 100, statements: 40, authors: 30 },
    voices: { effective: 20, hhi: 0.05, gini: 0.4, top10Share: 0.5 },
    reach: { gross: 5000, net: { low: 500, mid: 1000, high: 2000 } },
    amplification: { probability: 0.1, copyShare: 0.1, coordinatedShare: 0 },
    representativeness: {
      index: 0.4,
      coverage: 0.5,
      effectiveSample: 20,
      designEffect: 2,
      rate: { per100k: 10, low: 5, high: 20 },
      worthRandomSample: { low: 2, mid: 8, high: 40 },
    },
    appeals: { count: 14, ratio: { value: 2, low: 1, high: 4 } },
    verdict: { label, score, rule, reasons: [], wouldChangeIf: [] },
  };
}

export function weighQuiet(_id: string, { agency, region, theme, fromMs, duration }: CellWindow): Signal {
  return signal({ label: 'insufficient', score: 0.01, agency, region, theme, fromMs, duration });
}

export function subscription(settings: Record<string, unknown> = {}): Subscription {
  return subscriptionSchema.parse({ name: 'everything', ...settings });
}

/** A worker's side of the alerts: the table `signals`, the table `alerts`, and what was published. */
export function createWorker(subscriptions: readonly Subscription[]) {
  const weighed = new Map<string, Signal>();
  const stored = new Map<string, AlertRow>();
  let states: AlertRow[] = [];
  const published: NextAlerts['messages'] = [];
  return {
    published,
    states: () => states,
    weighed: () => [...weighed.values()],
    /** What a restart finds in the table. */
    restart(): void {
      states = [...stored.values()];
    },
    /** One turn; `crash` publishes and then loses what was to be stored. */
    turn(nowMs: number, signals: readonly Signal[], crash = false): NextAlerts['messages'] {
      for (const one of signals) weighed.set(one.id, one);
      const awaited = awaitedSignalIds(subscriptions, states, nowMs).flatMap((id) => weighed.get(id) ?? []);
      const next = nextAlerts(subscriptions, [...awaited, ...signals], states, { nowMs, weighQuiet });
      published.push(...next.messages);
      if (crash) return next.messages;
      for (const row of next.changed) stored.set(`${row.subscription} ${row.cell}`, row);
      states = next.states;
      return next.messages;
    },
  };
}
