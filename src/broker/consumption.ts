import { messageOf, SalmaqError } from '../errors.ts';
import type { BrokerRecord, ConsumeOptions, TopicPartition } from './broker.ts';
import { Gatherer } from './gatherer.ts';
import { GenerationLease, type NextOffset, nextOffsets } from './lease.ts';
import type { BrokerLogger } from './logger.ts';
import { Positions, partitionKey } from './positions.ts';

/** What a consumption needs of the broker it reads from. */
export interface ConsumptionSource {
  /**
   * Commits for the current generation; rejects when the broker did not take it. It may be tried again only while
   * `isCurrent` says so: a later generation would vouch for what it does not own.
   */
  commit(offsets: readonly NextOffset[], isCurrent: () => boolean): Promise<void>;
  /** Fetches from this offset next: without it, what was given back would wait for a newer record to come. */
  seek(next: NextOffset): void;
  /** Whether the coordinator heard of this member within the session timeout. */
  isSessionAlive(): boolean;
}

/** Records that one fetch returned of one partition. */
export interface FetchedRecords extends TopicPartition {
  /** The offset that was asked for. */
  from: bigint;
  /** The offset after the last one fetched, records that are never shown included. */
  next: bigint;
  records: readonly BrokerRecord[];
}

/** What became of fetched records: taken; to be fetched again, from `seek` if it is given; or nothing is taken now. */
export type Offered = { outcome: 'taken' } | { outcome: 'again'; seek?: bigint } | { outcome: 'closed' };

/**
 * One member's reading, apart from where the records come from: gathers, hands over one gathering at a time, commits,
 * and keeps track of what is still its own. The source tells it of rebalances; it alone holds state about them.
 */
export class Consumption {
  private readonly options: ConsumeOptions;
  private readonly source: ConsumptionSource;
  private readonly log: BrokerLogger;
  private readonly gatherer: Gatherer;
  private readonly positions = new Positions();
  /** A lease lasts for one generation: whatever is at work when it ends is fenced. */
  private generation = 0;
  private owned = new Set<string>();
  private isRevoking = false;
  private isClosed = false;
  private assigned: Promise<void> = Promise.resolve();
  /** What was handed over and is not settled yet. */
  private inHand: { records: readonly BrokerRecord[]; settled: Promise<void> } | undefined;
  private fail: (error: unknown) => void = () => {};
  private readonly failure: Promise<never>;

  constructor(options: ConsumeOptions, source: ConsumptionSource, log: BrokerLogger) {
    this.options = options;
    this.source = source;
    this.log = log;
    this.gatherer = new Gatherer(options.gather);
    this.failure = new Promise((_, reject) => {
      this.fail = reject;
    });
    this.failure.catch(() => {});
  }

  /** Hands gatherings over until closed and drained. Rejects as `onBatch` does, or with what {@link crash} was given. */
  async run(): Promise<void> {
    await Promise.race([this.handOverAll(), this.failure]);
  }

  /** Ends {@link run} with this error. */
  crash(error: unknown): void {
    this.endGeneration();
    this.gatherer.drop();
    this.gatherer.close();
    this.fail(error);
  }

  /** Ends {@link run} once all that is gathered has been handed over. Nothing more is taken. */
  close(): void {
    this.isClosed = true;
    this.gatherer.close();
  }

  /** Takes fetched records, waiting for room. */
  async offer(fetched: FetchedRecords): Promise<Offered> {
    const { topic, partition, from, next, records } = fetched;
    const generation = this.generation;
    const isOpen = () => !this.isClosed && !this.isRevoking && generation === this.generation;
    await this.assigned;
    if (!isOpen() || !this.owned.has(partitionKey(topic, partition))) return { outcome: 'closed' };
    const continuity = this.positions.judge(topic, partition, from, next);
    if (!continuity.take) return again(continuity.seek);
    if (continuity.skipped > 0n) {
      const skipped = Number(continuity.skipped);
      this.log.warn({ topic, partition, from: String(from), skipped }, 'records were removed before they were read');
    }
    const added = await this.gatherer.offer(records);
    if (!isOpen()) return { outcome: 'closed' };
    return added === records.length ? { outcome: 'taken' } : again(this.positions.of(topic, partition));
  }

  /** Tells of fetched records that are never shown, such as the end of a transaction. */
  skip({ topic, partition, from, next }: Omit<FetchedRecords, 'records'>): void {
    this.positions.skip(topic, partition, from, next);
  }

  /** Gives back what is gathered and takes nothing until {@link assign}: a rebalance is coming. */
  suspend(): void {
    this.isRevoking = true;
    this.giveBack(this.gatherer.drop());
  }

  /**
   * Prepares for a rebalance: gives back what is gathered, waits up to `withinMs` for what is at work to be finished and
   * committed, then ends the generation. What is still at work after that is fenced.
   */
  async revoke(withinMs: number): Promise<void> {
    this.suspend();
    const inHand = this.inHand;
    if (inHand !== undefined && !(await settledWithin(inHand.settled, withinMs))) {
      this.log.warn({ records: inHand.records.length }, 'a rebalance could not wait for the batch at work: fenced');
      this.giveBack(inHand.records);
    }
    this.endGeneration();
  }

  /** A new generation of the group, in which these partitions are owned. */
  assign(partitions: readonly TopicPartition[]): void {
    this.generation++;
    this.isRevoking = false;
    this.positions.retain(partitions);
    this.owned = new Set(partitions.map(({ topic, partition }) => partitionKey(topic, partition)));
    this.announce(partitions);
  }

  /** The member was expelled: nothing is owned any more, and others may already have read on. */
  lose(): void {
    if (this.owned.size === 0) return;
    this.endGeneration();
    this.gatherer.drop();
    this.positions.retain([]);
    this.announce([]);
  }

  /** Tells that the group has been left. */
  async left(): Promise<void> {
    this.endGeneration();
    await this.options.onAssignment?.([]);
  }

  private announce(partitions: readonly TopicPartition[]): void {
    // In order, whatever the callbacks take.
    this.assigned = this.assigned
      .then(() => this.options.onAssignment?.(partitions))
      .catch((error) => this.crash(error));
  }

  private endGeneration(): void {
    this.generation++;
    this.owned = new Set();
  }

  private async handOverAll(): Promise<void> {
    while (await this.gatherer.isReady()) {
      // Nothing may come between taking records and having them in hand, or a rebalance would overlook them.
      const records = this.gatherer.take();
      if (records.length === 0) continue;
      const settled = this.handOver(records);
      this.inHand = { records, settled };
      await settled;
      this.inHand = undefined;
    }
  }

  private async handOver(records: readonly BrokerRecord[]): Promise<void> {
    const generation = this.generation;
    const offsets = nextOffsets(records);
    const lease = new GenerationLease(
      offsets,
      ({ topic, partition }) =>
        generation === this.generation &&
        this.owned.has(partitionKey(topic, partition)) &&
        this.source.isSessionAlive(),
    );
    try {
      await this.options.onBatch({ records, lease });
      const held = offsets.filter(({ topic, partition }) => lease.isHeld(topic, partition));
      if (held.length > 0) await this.commit(held, () => generation === this.generation);
      if (held.length < offsets.length) lease.assertHeld();
    } catch (error) {
      if (!(error instanceof SalmaqError && error.code === 'SLM_FENCED')) throw error;
      this.log.warn({ records: records.length }, error.message);
      // The rebalance that ended the generation has given them back.
      if (generation !== this.generation) return;
      const dropped = this.gatherer.drop();
      this.giveBack(records);
      this.giveBack(dropped);
      for (const { topic, partition } of nextOffsets([...records, ...dropped])) {
        const offset = this.positions.of(topic, partition);
        if (offset !== undefined) this.source.seek({ topic, partition, offset });
      }
    }
  }

  private async commit(offsets: readonly NextOffset[], isCurrent: () => boolean): Promise<void> {
    try {
      await this.source.commit(offsets, isCurrent);
    } catch (cause) {
      const where = offsets.map(({ topic, partition, offset }) => `${topic}/${partition} at ${offset}`).join(', ');
      throw new SalmaqError('SLM_FENCED', `not committed, so read again: ${where}: ${messageOf(cause)}`, { cause });
    }
  }

  /** Makes sure that these are read again, whatever has been fetched since. */
  private giveBack(records: readonly BrokerRecord[]): void {
    const seen = new Set<string>();
    for (const { topic, partition, offset } of records) {
      const key = partitionKey(topic, partition);
      // Records of a partition are in order, so the first one is the oldest.
      if (seen.has(key)) continue;
      seen.add(key);
      this.positions.rewind(topic, partition, offset);
    }
  }
}

function again(seek: bigint | undefined): Offered {
  return seek === undefined ? { outcome: 'again' } : { outcome: 'again', seek };
}

async function settledWithin(work: Promise<void>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const settled = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([settled, late]);
  } finally {
    clearTimeout(timer);
  }
}
