import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from './store-error.ts';

export interface RetrySettings {
  /** After so long nothing is tried again, and the last error is thrown. */
  deadlineMs: number;
  /** The first pause; each next one is twice as long, up to 5 s. */
  firstPauseMs: number;
}

const LONGEST_PAUSE_MS = 5_000;

/**
 * Runs `work`, again and again with growing pauses while its error is one that passes by itself. Only for what is
 * harmless when done twice, as every insert here is. `onRetry` hears of each failure that is not the last.
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  settings: RetrySettings,
  onRetry: (error: unknown, pauseMs: number) => void = () => undefined,
): Promise<T> {
  const start = performance.now();
  for (let pauseMs = settings.firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isTransient(error) || performance.now() - start + pauseMs > settings.deadlineMs) throw error;
      onRetry(error, pauseMs);
      await sleep(pauseMs);
    }
  }
}
