import type { RefusalReason } from '../post/validate.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { PastVerdict } from '../weigh/past-verdict.ts';
import type { Signal, VerdictLabel, Window } from '../weigh/signal.ts';
import type { StratumSilence } from '../weigh/silence.ts';

export const STANDING_WINDOWS = ['PT1H', 'P1D', 'P7D'] as const;

/** Which signals are asked for. `null` means the cells in which that could not be resolved; absent means all. */
export interface SignalFilter {
  agency?: string | null;
  region?: string | null;
  theme?: string | null;
  label?: VerdictLabel;
  minScore?: number;
  /** At most so many, best score first. */
  limit: number;
}

export type StandingWindow = (typeof STANDING_WINDOWS)[number];
export type RecordKind = 'post' | 'appeal';

/** A record that was not taken in: its place in the request, why, and what is wrong with it. */
export interface RefusedRecord {
  index: number;
  reason: RefusalReason;
  message: string;
}

/** What the HTTP API stands on. The rules live behind it. */
export interface ApiDeps {
  version: string;
  /** The signals of the newest standing window of a kind that has been weighed. */
  latestSignals(window: StandingWindow, filter: SignalFilter): Promise<readonly Signal[]>;
  /** Weighs a window now. */
  evaluate(window: Window, filter: SignalFilter): Promise<readonly Signal[]>;
  signalById(id: string): Promise<Signal | undefined>;
  /** How the verdict of a standing window's cell came to be what it is: the newest `limit` steps, oldest first; none where it was never weighed. */
  history(id: string, limit: number): Promise<readonly PastVerdict[]>;
  /** Who is heard less than their number in a window, quietest first. */
  silence(window: Window): Promise<readonly StratumSilence[]>;
  /**
   * Takes records in, each the bytes of one JSON object, and resolves when ClickHouse has acknowledged them; those it
   * answers with went to the dead letters. Rejects when they could not be stored: the client sends them again.
   */
  ingest(kind: RecordKind, records: readonly Uint8Array[]): Promise<readonly RefusedRecord[]>;
  /** What must work before traffic comes: name → rejects while it does not. */
  checks: Readonly<Record<string, () => Promise<void>>>;
  metrics: Metrics;
  log: Pick<Logger, 'error'>;
}
