import { SalmaqError } from '../errors.ts';
import type { BrokerRecord, Lease, TopicPartition } from './broker.ts';
import { partitionKey } from './positions.ts';

/** The offset of the next record to read. */
export interface NextOffset extends TopicPartition {
  offset: bigint;
}

/** Of each partition among the records, the offset after its last one. */
export function nextOffsets(records: readonly BrokerRecord[]): NextOffset[] {
  const last = new Map<string, NextOffset>();
  let current: NextOffset | undefined;
  for (const { topic, partition, offset } of records) {
    if (current === undefined || current.partition !== partition || current.topic !== topic) {
      const key = partitionKey(topic, partition);
      current = last.get(key) ?? { topic, partition, offset };
      last.set(key, current);
    }
    current.offset = offset;
  }
  return [...last.values()].map((entry) => ({ ...entry, offset: entry.offset + 1n }));
}

/**
 * The lease of one gathering. What it once called lost stays lost, even when the session recovers: the rows of that
 * partition may have been left out of the insert by then.
 */
export class GenerationLease implements Lease {
  private readonly partitions: readonly TopicPartition[];
  private readonly holds: (partition: TopicPartition) => boolean;
  private readonly lost = new Set<string>();

  constructor(partitions: readonly TopicPartition[], holds: (partition: TopicPartition) => boolean) {
    this.partitions = partitions;
    this.holds = holds;
  }

  isHeld(topic: string, partition: number): boolean {
    const key = partitionKey(topic, partition);
    if (this.lost.has(key)) return false;
    if (this.holds({ topic, partition })) return true;
    this.lost.add(key);
    return false;
  }

  assertHeld(): void {
    for (const { topic, partition } of this.partitions) {
      if (this.isHeld(topic, partition)) continue;
      throw new SalmaqError('SLM_FENCED', `${topic}, partition ${partition}, is no longer ours`, {
        hint: 'give the batch up; another worker has taken the partition over, or will',
      });
    }
  }
}
