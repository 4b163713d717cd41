import type { CopyIndex, CopySettings } from './copies/copies.ts';
import { fingerprintsOfOthers, readFingerprints } from './store/queries/fingerprints.ts';
import { postTimes } from './store/queries/totals.ts';
import type { Store } from './store/store.ts';

/** Reads what others write with this much overlap, since their clocks and their inserts are not ours. */
const OVERLAP_MS = 10_000;
const MEET_EVERY_MS = 1_000;

/** ClickHouse as the memory that the copy indexes of all workers, and of the next start, share. */
export interface CopyMemory {
  /** Fills the index with the last window of the store; resolves to the posts read. */
  restore(): Promise<number>;
  /** Takes in what other workers have stored since the last time; asks at most once a second. */
  meetPeers(): Promise<void>;
}

export function createCopyMemory(
  store: Store,
  index: CopyIndex,
  { windowMs, slackMs }: Pick<CopySettings, 'windowMs' | 'slackMs'>,
  worker: string,
): CopyMemory {
  let publishedFrom = 0;
  let ingestedFrom = 0;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  return {
    async restore() {
      const [times] = await store.query(postTimes, {});
      if (times === undefined) return 0;
      publishedFrom = Math.max(0, times.lastMs - windowMs - slackMs);
      ingestedFrom = times.ingestedMs;
      let restored = 0;
      for await (const rows of readFingerprints(store, Math.max(publishedFrom, times.firstMs), times.lastMs + 1)) {
        index.restore(rows);
        restored += rows.length;
      }
      return restored;
    },

    async meetPeers() {
      const nowMs = performance.now();
      if (nowMs - askedAtMs < MEET_EVERY_MS) return;
      askedAtMs = nowMs;
      const rows = await store.query(fingerprintsOfOthers, {
        publishedFrom,
        ingestedFrom: Math.max(0, ingestedFrom - OVERLAP_MS),
        worker,
      });
      for (const { ingestedAtMs, publishedAtMs } of rows) {
        ingestedFrom = Math.max(ingestedFrom, ingestedAtMs);
        publishedFrom = Math.max(publishedFrom, publishedAtMs - windowMs - slackMs);
      }
      index.restore(rows);
    },
  };
}
