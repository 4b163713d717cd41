import type { AlertRow } from '../store/rows.ts';
import type { Signal } from '../weigh/signal.ts';
import { type Alert, alertId } from './alert.ts';
import { type CellWindow, cellKey, following, isFresh, lastComplete, parseSignalId, signalIdOf } from './cell.ts';
import { type Decision, decide, type Told, type Weighed } from './decide.ts';
import { type Subscription, UNRESOLVED } from './subscription.ts';

export interface NextAlerts {
  /** To be published, ordered by subscription and cell. */
  messages: Alert[];
  /** The state of every subscription and cell ever told of, for the next turn. */
  states: AlertRow[];
  /** Those of `states` that are new: to be stored once the messages are published. */
  changed: AlertRow[];
}

export interface AlertSurroundings {
  /** The injected clock. */
  nowMs: number;
  /** Weighs a cell in a window in which nothing was heard of it: its open alert closes with that signal. */
  weighQuiet: (id: string, cell: CellWindow) => Signal;
}

/**
 * One turn of the alerts: pure, the same for the same input in any order of signals.
 *
 * Publish `messages` first and store `changed` after: a crash in between publishes the same ids again.
 *
 * @param signals what was weighed in this turn, and what {@link awaitedSignalIds} asks for; in the first turn of a process
 *   all that is stored of {@link freshWindows}, since the one before may have died between weighing and telling. Of an id
 *   given twice the later counts. Windows that are long over are passed by.
 * @param states the rows of table `alerts`.
 */
export function nextAlerts(
  subscriptions: readonly Subscription[],
  signals: readonly Signal[],
  states: readonly AlertRow[],
  { nowMs, weighQuiet }: AlertSurroundings,
): NextAlerts {
  const byKey = new Map(states.map((state) => [stateKey(state.subscription, state.cell), state]));
  const byCell = gather(signals, nowMs);
  const cells = [...new Set([...byCell.keys(), ...states.map(({ cell }) => cell)])].sort().map(readCell);
  const messages: Alert[] = [];
  const changed: AlertRow[] = [];

  for (const subscription of [...subscriptions].sort(byName)) {
    for (const { cell } of cells.filter(aboutWhich(subscription))) {
      const key = stateKey(subscription.name, cell);
      const state = byKey.get(key);
      const told = state && toTold(state);
      const last = told && parseSignalId(told.signalId);
      const weighed = (byCell.get(cell) ?? []).filter(({ window }) => window.fromMs >= (last?.fromMs ?? -Infinity));
      const decision =
        decide(subscription, told, weighed, nowMs) ??
        (told?.isOpen && last && !isFresh(last, nowMs)
          ? decide(subscription, told, [quiet(lastComplete(last, nowMs))], nowMs)
          : undefined);
      const turn = decision && take(subscription, cell, state, decision);
      if (turn === undefined) continue;
      byKey.set(key, turn.state);
      changed.push(turn.state);
      if (turn.message) messages.push(turn.message);
    }
  }
  return { messages, states: [...byKey.values()], changed };

  function quiet(window: CellWindow): Weighed {
    return { window, signal: weighQuiet(signalIdOf(window), window) };
  }

  function take({ name }: Subscription, cell: string, state: AlertRow | undefined, decision: Decision) {
    const { signal } = decision;
    const version = nextVersion(state, nowMs);
    if (decision.kind === 'confirm') {
      if (state === undefined || state.signal_id === signal.id) return undefined;
      return { state: { ...state, signal_id: signal.id, version } };
    }
    const { change } = decision;
    const { label, score, rule } = signal.verdict;
    const previousId = state?.ce_id ?? '';
    const id = alertId({ subscription: name, cell, previousId, signalId: signal.id, change, label, rule });
    return {
      state: {
        subscription: name,
        cell,
        signal_id: signal.id,
        change,
        label,
        score,
        ce_id: id,
        changed_at: nowMs,
        version,
      },
      message: { id, timeMs: nowMs, value: { ...signal, subscription: name, change } },
    };
  }
}

/**
 * The signals that {@link nextAlerts} must see beside those just weighed: of every open alert, and of every one closed in
 * a window that still counts, the current window and the last that is over. Read them back from table `signals`; those
 * that are not there were quiet.
 */
export function awaitedSignalIds(
  subscriptions: readonly Subscription[],
  states: readonly AlertRow[],
  nowMs: number,
): string[] {
  const names = new Set(subscriptions.map(({ name }) => name));
  const ids = new Set<string>();
  for (const state of states) {
    const last = parseSignalId(state.signal_id);
    if (last === undefined || !names.has(state.subscription)) continue;
    if (state.change === 'closed' && !isFresh(last, nowMs)) continue;
    const complete = lastComplete(last, nowMs);
    for (const window of [complete, following(complete)]) {
      if (window.fromMs >= last.fromMs) ids.add(signalIdOf(window));
    }
  }
  return [...ids].sort();
}

/** Fresh signals of standing windows by cell, oldest window first. */
function gather(signals: readonly Signal[], nowMs: number): Map<string, Weighed[]> {
  const byId = new Map(signals.map((signal) => [signal.id, signal]));
  const byCell = new Map<string, Weighed[]>();
  for (const signal of byId.values()) {
    const window = parseSignalId(signal.id);
    if (window === undefined || !isFresh(window, nowMs)) continue;
    const cell = cellKey(window);
    const others = byCell.get(cell);
    if (others === undefined) byCell.set(cell, [{ signal, window }]);
    else others.push({ signal, window });
  }
  for (const weighed of byCell.values()) weighed.sort((a, b) => a.window.fromMs - b.window.fromMs);
  return byCell;
}

interface Cell {
  cell: string;
  agency: string;
  region: string;
  theme: string;
  duration: string;
}

function readCell(cell: string): Cell {
  const [agency = UNRESOLVED, region = UNRESOLVED, theme = UNRESOLVED, duration = ''] = cell.split('/');
  return { cell, agency, region, theme, duration };
}

function aboutWhich({ agencies, regions, themes, windows }: Subscription): (cell: Cell) => boolean {
  const durations: ReadonlySet<string> = new Set(windows);
  const [ofAgency, ofRegion, ofTheme] = [agencies, regions, themes].map((list) => list && new Set(list));
  return ({ agency, region, theme, duration }) =>
    durations.has(duration) &&
    (ofAgency?.has(agency) ?? true) &&
    (ofRegion?.has(region) ?? true) &&
    (ofTheme?.has(theme) ?? true);
}

function toTold({ change, label, score, changed_at, signal_id }: AlertRow): Told {
  return { isOpen: change !== 'closed', label, score, changedAtMs: changed_at, signalId: signal_id };
}

function nextVersion(state: AlertRow | undefined, nowMs: number): bigint {
  const now = BigInt(nowMs);
  return state !== undefined && state.version >= now ? state.version + 1n : now;
}

function stateKey(subscription: string, cell: string): string {
  return `${subscription} ${cell}`;
}

function byName(a: Subscription, b: Subscription): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
