import { type Signal, VERDICTS } from '../weigh/signal.ts';
import type { AlertChange } from './alert.ts';
import type { CellWindow } from './cell.ts';
import { closeBelow, type Subscription } from './subscription.ts';

/** What a subscriber was last told of a cell, and the window that last confirmed it. */
export interface Told {
  isOpen: boolean;
  label: string;
  score: number;
  changedAtMs: number;
  /** The id of the signal that last bore the alert out. */
  signalId: string;
}

/** A signal of the cell, with its id read. */
export interface Weighed {
  signal: Signal;
  window: CellWindow;
}

/** What follows: a message, a later window that bears out what was told, or nothing. */
export type Decision = { kind: 'tell'; change: AlertChange; signal: Signal } | { kind: 'confirm'; signal: Signal };

const MINUTE_MS = 60_000;
const LABELS: readonly string[] = VERDICTS;

/**
 * Decides what a subscriber is told of one cell.
 *
 * An alert opens at `minScore` and closes under `closeBelow`, or when its label leaves the subscription. A window that is
 * still filling may raise an alert but neither ease nor close it, unless it is the very window that last confirmed it:
 * a day that has just begun says little of the day before. Two messages of a cell are `quietMinutes` apart, except for an
 * emergency.
 *
 * @param weighed the cell's signals in fresh windows not before the one last told of, oldest first.
 */
export function decide(
  subscription: Subscription,
  told: Told | undefined,
  weighed: readonly Weighed[],
  nowMs: number,
): Decision | undefined {
  const decision = told?.isOpen ? decideOpen(subscription, told, weighed, nowMs) : decideNew(subscription, weighed);
  if (decision === undefined || decision.kind === 'confirm' || told === undefined) return decision;
  const isQuiet = nowMs < told.changedAtMs + subscription.hysteresis.quietMinutes * MINUTE_MS;
  const isRaised = decision.change === 'opened' || decision.change === 'escalated';
  return !isQuiet || (isRaised && isEmergency(decision.signal)) ? decision : undefined;
}

function decideNew(subscription: Subscription, weighed: readonly Weighed[]): Decision | undefined {
  const found = weighed.findLast(({ signal }) => holds(subscription, signal, subscription.minScore));
  return found && { kind: 'tell', change: 'opened', signal: found.signal };
}

function decideOpen(
  subscription: Subscription,
  told: Told,
  weighed: readonly Weighed[],
  nowMs: number,
): Decision | undefined {
  const judged = weighed.map(({ signal, window }) => ({
    signal,
    isDecisive: window.toMs <= nowMs || signal.id === told.signalId,
    change: holds(subscription, signal, closeBelow(subscription)) ? shift(subscription, told, signal) : 'closed',
  }));
  const confirming = judged.findLast(({ change }) => change === undefined || change === 'escalated');
  if (confirming) {
    const { signal } = confirming;
    return confirming.change === 'escalated'
      ? { kind: 'tell', change: 'escalated', signal }
      : { kind: 'confirm', signal };
  }
  const against = judged.findLast(({ isDecisive }) => isDecisive);
  return against && { kind: 'tell', change: against.change ?? 'closed', signal: against.signal };
}

function holds({ verdicts }: Subscription, signal: Signal, leastScore: number): boolean {
  const { label, score } = signal.verdict;
  return verdicts.includes(label) && (isEmergency(signal) || score >= leastScore);
}

/** How a signal stands to what was told: labels weigh as the contract lists them, then scores, by a step or more. */
function shift({ hysteresis }: Subscription, told: Told, { verdict }: Signal): AlertChange | undefined {
  const heavier = weightOf(verdict.label) - weightOf(told.label);
  if (heavier !== 0) return heavier > 0 ? 'escalated' : 'eased';
  if (verdict.score - told.score >= hysteresis.scoreStep) return 'escalated';
  if (told.score - verdict.score >= hysteresis.scoreStep) return 'eased';
  return undefined;
}

function weightOf(label: string): number {
  return -LABELS.indexOf(label);
}

function isEmergency({ verdict }: Signal): boolean {
  return verdict.label === 'emergency';
}
