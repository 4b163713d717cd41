import type { Alert } from './alerts/alert.ts';
import { freshWindows } from './alerts/cell.ts';
import { type AlertSurroundings, awaitedSignalIds, nextAlerts } from './alerts/next-alerts.ts';
import { publishAlerts } from './alerts/publish.ts';
import { ALERT_WINDOWS, type Subscription } from './alerts/subscription.ts';
import type { Assembly } from './assembly.ts';
import type { Broker } from './broker/broker.ts';
import { readSignals } from './signals/read.ts';
import type { RoundMemory } from './signals/round-memory.ts';
import { weighDirty } from './signals/standing.ts';
import type { Weighing } from './signals/weighing.ts';
import { alertStates, lastEvaluation, signalsById } from './store/queries/weigher.ts';
import type { AlertRow } from './store/rows.ts';
import { createTurns } from './turns.ts';
import { noEvidence } from './weigh/evidence.ts';
import type { Signal } from './weigh/signal.ts';
import { weighCell } from './weigh/weigh-cell.ts';

/** More cells than any window has. */
const MOST_FRESH = 1_000_000;

/** Closed alerts are remembered for longer than the longest window that may still speak for them. */
const CLOSED_ALERTS_MS = 14 * 24 * 3_600_000;

/** Counts are stamped by the engine's clock, which is not ours. */
const OVERLAP_MS = 10_000;

export interface WeigherParts extends Pick<Assembly, 'store' | 'clock'> {
  weighing: Weighing;
  /** Who is told, and how; without them nobody is. */
  alerts?: { subscriptions: readonly Subscription[]; broker: Pick<Broker, 'publish'>; topicPrefix: string };
  onWeighed?: (signals: readonly Signal[], seconds: number) => void;
  onTold?: (messages: readonly Alert[]) => void;
  /** How long before the newest post hours are kept weighed one by one, in milliseconds. */
  hourlyForMs: number;
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

export function createWeigher(parts: WeigherParts): Weigher {
  const { store, clock, weighing, alerts, hourlyForMs, resume, onWeighed, onTold } = parts;
  const inTurn = createTurns();
  const memory: RoundMemory = { batches: new Map(), windows: new Map() };
  let sinceMs: number | undefined;
  let states: readonly AlertRow[] | undefined;

  return {
    weigh: () =>
      inTurn(weigh).catch((error: unknown) => {
        // What was not stored, or not told, is weighed again.
        memory.batches = new Map();
        memory.windows.clear();
        throw error;
      }),
  };

  async function weigh(): Promise<readonly Signal[]> {
    const startedAtMs = Date.now();
    sinceMs ??= resume ? ((await store.query(lastEvaluation, {}))[0]?.evaluatedMs ?? 0) : 0;
    const { signals } = await weighDirty(store, Math.max(0, sinceMs - OVERLAP_MS), weighing, {
      nowMs: clock(),
      hourlyForMs,
      memory,
    });
    onWeighed?.(signals, (Date.now() - startedAtMs) / 1_000);
    if (alerts !== undefined) await tell(signals, alerts);
    sinceMs = startedAtMs;
    return signals;
  }

  async function tell(signals: readonly Signal[], { subscriptions, broker, topicPrefix }: NonNullable<typeof alerts>) {
    if (subscriptions.length === 0) return;
    const isFirst = states === undefined;
    states ??= await store.query(alertStates, { closedSince: clock() - CLOSED_ALERTS_MS });
    const weighed = new Set(signals.map(({ id }) => id));
    const ids = awaitedSignalIds(subscriptions, states, clock()).filter((id) => !weighed.has(id));
    const awaited = ids.length === 0 ? [] : (await store.query(signalsById, { ids })).map(({ signal }) => signal);
    const missed = isFirst ? await freshSignals() : [];
    const next = nextAlerts(subscriptions, [...missed, ...awaited, ...signals], states, { nowMs: clock(), weighQuiet });
    await publishAlerts(next, broker, store, topicPrefix);
    states = next.states;
    onTold?.(next.messages);
  }

  /** What was weighed before this process began, and perhaps never told: it may have ended in between. */
  async function freshSignals(): Promise<Signal[]> {
    const windows = ALERT_WINDOWS.flatMap((duration) => freshWindows(duration, clock()));
    const reads = windows.map(({ fromMs, toMs }) =>
      readSignals(store, { fromMs, toMs, lengthMs: toMs - fromMs, limit: MOST_FRESH }),
    );
    return (await Promise.all(reads)).flat();
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
