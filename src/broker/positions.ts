import type { TopicPartition } from './broker.ts';

/** The key of a partition in a map. No topic name contains a slash. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** What to do with records that start at an offset: take them, or read again from another offset. */
export type Continuity = { take: true; skipped: bigint } | { take: false; seek: bigint };

/**
 * The offset expected next in each partition. It guards against the gap that loses records: fetches that were under way
 * when records were given back, or in a former generation of the group, return records past those that are to be read
 * again.
 */
export class Positions {
  private readonly expected = new Map<string, bigint>();
  /** Where a partition was sent back to, and had what offset instead. */
  private readonly sought = new Map<string, { from: bigint; got: bigint }>();

  /**
   * Judges records fetched from offset `from`, that end before offset `next`; taking them moves the position.
   *
   * Records that do not start where they should are refused once. When reading again from the right offset yields the
   * same, the records between are gone from the log (retention), and `skipped` says how many.
   */
  judge(topic: string, partition: number, from: bigint, next: bigint): Continuity {
    const key = partitionKey(topic, partition);
    const expected = this.expected.get(key);
    if (expected !== undefined && expected !== from) {
      const before = this.sought.get(key);
      if (before?.from !== expected || before.got !== from) {
        this.sought.set(key, { from: expected, got: from });
        return { take: false, seek: expected };
      }
    }
    this.sought.delete(key);
    this.expected.set(key, next);
    return { take: true, skipped: expected === undefined || from < expected ? 0n : from - expected };
  }

  /** Passes over records that are never shown, if they start where they should. */
  skip(topic: string, partition: number, from: bigint, next: bigint): void {
    const key = partitionKey(topic, partition);
    if (this.expected.get(key) === from) this.expected.set(key, next);
  }

  /** The offset expected next, if any record of the partition was seen. */
  of(topic: string, partition: number): bigint | undefined {
    return this.expected.get(partitionKey(topic, partition));
  }

  /** Moves back to the given offset, never forward: what was given back is to be read again. */
  rewind(topic: string, partition: number, offset: bigint): void {
    const key = partitionKey(topic, partition);
    const expected = this.expected.get(key);
    if (expected !== undefined && offset < expected) this.expected.set(key, offset);
  }

  /** Forgets all partitions but these. */
  retain(partitions: readonly TopicPartition[]): void {
    const kept = new Set(partitions.map(({ topic, partition }) => partitionKey(topic, partition)));
    for (const key of this.expected.keys()) {
      if (kept.has(key)) continue;
      this.expected.delete(key);
      this.sought.delete(key);
    }
  }
}
