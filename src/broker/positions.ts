import type { TopicPartition } from './broker.ts';

/** The key of a partition in a map. No topic name contains a slash. */
export function partitionKey(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** What to do with records that start at an offset: take them, or fetch again, from `seek` if it is given. */
export type Continuity = { take: true; skipped: bigint } | { take: false; seek?: bigint };

/**
 * The offset expected next in each partition. It guards against the gap that loses records: fetches that were under way
 * when records were given back, or in a former generation of the group, return records past those that are to be read
 * again.
 */
export class Positions {
  private readonly expected = new Map<string, bigint>();
  /** Partitions that were given up: fetches of then may still be under way when they are ours again. */
  private readonly doubted = new Set<string>();
  /** What was refused last in a partition, and what was expected then. */
  private readonly refused = new Map<string, { expected: bigint | undefined; from: bigint }>();

  /**
   * Judges records fetched from offset `from`, that end before offset `next`; taking them moves the position.
   *
   * Records that do not start where they should are refused once. When fetching again from the right offset yields the
   * same, the records between are gone from the log (retention), and `skipped` says how many. In a partition that was
   * given up before, nobody here knows where to start: an offset has to be seen twice.
   */
  judge(topic: string, partition: number, from: bigint, next: bigint): Continuity {
    const key = partitionKey(topic, partition);
    const expected = this.expected.get(key);
    if (expected === undefined ? this.doubted.has(key) : expected !== from) {
      const before = this.refused.get(key);
      if (before?.expected !== expected || before?.from !== from) {
        this.refused.set(key, { expected, from });
        return expected === undefined ? { take: false } : { take: false, seek: expected };
      }
    }
    this.refused.delete(key);
    this.doubted.delete(key);
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

  /** Gives up all partitions but these. */
  retain(partitions: readonly TopicPartition[]): void {
    const kept = new Set(partitions.map(({ topic, partition }) => partitionKey(topic, partition)));
    for (const key of this.expected.keys()) {
      if (kept.has(key)) continue;
      this.expected.delete(key);
      this.refused.delete(key);
      this.doubted.add(key);
    }
  }
}
