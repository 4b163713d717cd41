import { type AlertSurroundings, awaitedSignalIds, nextAlerts } from './alerts/next-alerts.ts';
import { publishAlerts } from './alerts/publish.ts';
import type { Subscription } from './alerts/subscription.ts';
import type { Assembly } from './assembly.ts';
import type { Broker } from './broker/broker.ts';
import { readSignals } from './signals/read.ts';
import { weighDirty } from './signals/standing.ts';
import type { Weighing } from './signals/weighing.ts';
import { alertStates, lastEvaluation } from './store/queries/weigher.ts';
import type { AlertRow } from './store/rows.ts';
import { createTurns } from './turns.ts';
import { noEvidence } from './weigh/evidence.ts';
import type { Signal } from './weigh/signal.ts';
import { weighCell } from './weigh/weigh-cell.ts';

/** Closed alerts are remembered for longer than the longest window that may still speak for them. */
const CLOSED_ALERTS_MS = 14 * 24 * 3_600_000;

/** Rows become visible a while after they are stamped, and the clocks of other workers are not ours. */
const OVERLAP_MS = 10_000;

export interface WeigherParts extends Pick<Assembly, 'store' | 'clock'> {
  weighing: Weighing;
  /** Who is told, and how; without them nobody is. */
  alerts?: { subscriptions: readonly Subscription[]; broker: Pick<Broker, 'publish'>; topicPrefix: string };
  /** Goes on where the stored signals end, instead of weighing all there is at first. For a clock that runs. */
  resume: boolean;
}

export interface Weigher {
  /**
   * Weighs again the standing windows that rows written since the last time touch, stores their signals and publishes the
   * alerts that follow.
   */
  weigh(): Promise<readonly Signal[]>;
}

export function createWeigher({ store, clock, weighing, alerts, resume }: WeigherParts): Weigher {
  const inTurn = createTurns();
  let sinceMs: number | undefined;
  let states: readonly AlertRow[] | undefined;

  return { weigh: () => inTurn(weigh) };

  async function weigh(): Promise<readonly Signal[]> {
    const startedAtMs = Date.now();
    sinceMs ??= resume ? ((await store.query(lastEvaluation, {}))[0]?.evaluatedMs ?? 0) : 0;
    const { signals } = await weighDirty(store, Math.max(0, sinceMs - OVERLAP_MS), weighing, { nowMs: clock() });
    if (alerts !== undefined) await tell(signals, alerts);
    sinceMs = startedAtMs;
    return signals;
  }

  async function tell(signals: readonly Signal[], { subscriptions, broker, topicPrefix }: NonNullable<typeof alerts>) {
    if (subscriptions.length === 0) return;
    states ??= await store.query(alertStates, { closedSince: clock() - CLOSED_ALERTS_MS });
    const weighed = new Set(signals.map(({ id }) => id));
    const awaited = awaitedSignalIds(subscriptions, states, clock()).filter((id) => !weighed.has(id));
    const stored = await Promise.all(awaited.map((id) => readSignals(store, { id })));
    const next = nextAlerts(subscriptions, [...stored.flat(), ...signals], states, { nowMs: clock(), weighQuiet });
    await publishAlerts(next, broker, store, topicPrefix);
    states = next.states;
  }

  function weighQuiet(...[, cell]: Parameters<AlertSurroundings['weighQuiet']>): Signal {
    const { agency, region, theme, fromMs, toMs } = cell;
    return weighCell(
      noEvidence({ agency, region, theme, window: { fromMs, toMs } }),
      weighing.frame,
      weighing.settings,
    );
  }
}
