import type { BrokerRecord, GatherLimits } from './broker.ts';

/**
 * Gathers records from many fetches into few large handings-over. Whoever offers more than fits waits until the
 * gathering has been taken, which is what bounds memory and holds reading back.
 */
export class Gatherer {
  private readonly limits: GatherLimits;
  private records: BrokerRecord[] = [];
  private bytes = 0;
  private firstAtMs = 0;
  private isClosed = false;
  /** Counts {@link drop}s, so that an offer that waited through one sees it. */
  private drops = 0;
  private waiting: (() => void)[] = [];
  /** Of each offer that waits for room, the first record that is not added yet. */
  private readonly held = new Set<BrokerRecord>();

  constructor(limits: GatherLimits) {
    this.limits = limits;
  }

  /** Adds records, waiting for room. Resolves to how many were added: fewer after {@link drop} or {@link close}. */
  async offer(records: readonly BrokerRecord[]): Promise<number> {
    const drops = this.drops;
    let added = 0;
    while (added < records.length) {
      if (this.isClosed || this.drops !== drops) return added;
      const before = added;
      added = this.fill(records, before);
      // Only then: offers that wait side by side would wake one another for ever.
      if (added > before) this.wake();
      const next = records[added];
      if (next === undefined) break;
      this.held.add(next);
      await this.change();
      this.held.delete(next);
    }
    return added;
  }

  /** Resolves to true when a gathering is to be taken, to false when closed and emptied. */
  async isReady(): Promise<boolean> {
    for (;;) {
      if (this.records.length > 0) {
        const waitMs = this.firstAtMs + this.limits.maxWaitMs - performance.now();
        if (this.isClosed || this.isFull() || waitMs <= 0) return true;
        await this.change(waitMs);
      } else if (this.isClosed) {
        return false;
      } else {
        await this.change();
      }
    }
  }

  /** Takes the gathering and makes room for the next one. Empty when it has been dropped meanwhile. */
  take(): BrokerRecord[] {
    return this.empty();
  }

  /**
   * Throws away what is gathered and ends the offers under way. Returns what was gathered and then, of each offer, the
   * first record that was not added: nothing from there on counts as taken.
   */
  drop(): BrokerRecord[] {
    this.drops++;
    return [...this.empty(), ...this.held];
  }

  /** No more is added; what is there can still be taken. */
  close(): void {
    this.isClosed = true;
    this.wake();
  }

  private fill(records: readonly BrokerRecord[], from: number): number {
    let i = from;
    if (this.records.length === 0) this.firstAtMs = performance.now();
    for (; i < records.length && !this.isFull(); i++) {
      const record = records[i];
      if (record === undefined) break;
      const size = (record.key?.length ?? 0) + (record.value?.length ?? 0);
      if (this.records.length > 0 && this.bytes + size > this.limits.maxBytes) {
        // Counts as full, for what comes next does not fit.
        this.bytes = this.limits.maxBytes;
        break;
      }
      this.records.push(record);
      this.bytes += size;
    }
    return i;
  }

  private isFull(): boolean {
    return this.records.length >= this.limits.maxRecords || this.bytes >= this.limits.maxBytes;
  }

  private empty(): BrokerRecord[] {
    const records = this.records;
    this.records = [];
    this.bytes = 0;
    this.wake();
    return records;
  }

  private change(withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(resolve, withinMs);
      this.waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resume of waiting) resume();
  }
}
