import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrokerRecord, TopicPartition } from '../../../src/broker/broker.ts';
import { Consumption } from '../../../src/broker/consumption.ts';
import type { NextOffset } from '../../../src/broker/lease.ts';
import { silentLogger } from '../../../src/broker/logger.ts';
import { SalmaqError } from '../../../src/errors.ts';

const LENGTH = 60;
const PARTITIONS = [0, 1, 2];

/** What may happen to a member, in any order. A `late` fetch was sent before the last rebalance. */
const steps = { fetch: 12, late: 2, rebalance: 2, expel: 1, freeze: 2, pass: 3 };
const step = fc.record({
  does: fc.oneof(...Object.entries(steps).map(([does, weight]) => ({ weight, arbitrary: fc.constant(does) }))),
  partition: fc.constantFrom(...PARTITIONS),
  count: fc.integer({ min: 1, max: 9 }),
});
const outcome = fc.constantFrom('ok', 'ok', 'ok', 'slow', 'stuck', 'fenced', 'uncommitted', 'checks', 'checks');

describe('A member of a group', () => {
  it('never commits past a record that it has not handed over, whatever happens to it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 5, maxLength: 60 }),
        fc.array(outcome, { minLength: 1, maxLength: 30 }),
        async (steps, outcomes) => {
          const world = new World(outcomes);
          for (const { does, partition, count } of steps) await world.play(does, partition, count);
          await world.finish();
          expect(world.losses).toEqual([]);
          for (const partition of PARTITIONS) expect(world.committed.get(partition)).toBe(BigInt(LENGTH));
          expect(world.seen.size).toBe(LENGTH * PARTITIONS.length);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** A broker that behaves as badly as kafkajs may, and a ledger of what was handed over and what was committed. */
class World {
  readonly committed = new Map<number, bigint>(PARTITIONS.map((partition) => [partition, 0n]));
  readonly seen = new Set<string>();
  readonly losses: string[] = [];
  private readonly outcomes: readonly string[];
  private readonly positions = new Map<number, bigint>();
  /** Where a fetch started that was sent before the last rebalance and may still return. */
  private readonly late = new Map<number, bigint>();
  private readonly offers = new Map<number, Promise<void>>();
  private readonly consumption: Consumption;
  private readonly run: Promise<void>;
  private readonly stop = new AbortController();
  private owned: readonly TopicPartition[] = [];
  private batches = 0;
  private isAlive = true;
  private isFair = false;
  private failCommit = false;

  constructor(outcomes: readonly string[]) {
    this.outcomes = outcomes;
    this.consumption = new Consumption(
      {
        topics: ['t'],
        groupId: 'g',
        fromBeginning: true,
        gather: { maxRecords: 10, maxBytes: 1e6, maxWaitMs: 0 },
        signal: this.stop.signal,
        onBatch: async ({ records, lease }) => {
          const how = this.isFair ? 'ok' : this.outcomes[this.batches++ % this.outcomes.length];
          if (how === 'slow') await turns(12);
          // Longer than a rebalance waits.
          if (how === 'stuck') {
            await new Promise((resolve) => setTimeout(resolve, 4));
            lease.assertHeld();
          }
          if (how === 'fenced') throw new SalmaqError('SLM_FENCED', 'for the test');
          if (how === 'checks') {
            await turns(3);
            // Leaves out what is not ours any more, as a pipeline may.
            for (const record of records) if (lease.isHeld('t', record.partition)) this.hand(record);
            await turns(8);
            return;
          }
          this.failCommit = how === 'uncommitted';
          for (const record of records) this.hand(record);
        },
      },
      { commit: this.commit, seek: this.seek, isSessionAlive: () => this.isAlive },
      silentLogger,
    );
    this.run = this.consumption.run();
    this.join(PARTITIONS.length);
  }

  async play(does: string, partition: number, count: number): Promise<void> {
    if (does === 'fetch') await this.fetch(partition, this.positions.get(partition), count);
    if (does === 'late') {
      const from = this.late.get(partition);
      this.late.delete(partition);
      await this.fetch(partition, from, count);
    }
    if (does === 'rebalance') {
      for (const [partition, position] of this.positions) this.late.set(partition, position);
      await this.consumption.revoke(0);
      // Joining takes a request or two.
      await turns(10);
      this.join(count % (PARTITIONS.length + 1));
    }
    if (does === 'expel') {
      for (const [partition, position] of this.positions) this.late.set(partition, position);
      this.consumption.lose();
      await turns(10);
      this.join(PARTITIONS.length);
    }
    if (does === 'freeze') {
      this.isAlive = false;
      await turns(count);
      this.isAlive = true;
    }
    if (does === 'pass') await turns(count);
  }

  /** From now on all goes well: everything must arrive. */
  async finish(): Promise<void> {
    this.isFair = true;
    this.isAlive = true;
    if (this.owned.length < PARTITIONS.length) {
      await this.consumption.revoke(1_000);
      this.join(PARTITIONS.length);
    }
    for (let round = 0; round < 400 && this.seen.size + this.missing() > 0; round++) {
      if (this.missing() === 0) break;
      for (const partition of PARTITIONS) await this.fetch(partition, this.positions.get(partition), 9);
      await turns(5);
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    this.consumption.close();
    await this.run;
  }

  private readonly seek = ({ partition, offset }: NextOffset): void => {
    this.positions.set(partition, offset);
  };

  private missing(): number {
    return PARTITIONS.filter((partition) => this.committed.get(partition) !== BigInt(LENGTH)).length;
  }

  private hand(record: BrokerRecord): void {
    this.seen.add(`${record.partition}/${record.offset}`);
  }

  private readonly commit = async (offsets: readonly NextOffset[]): Promise<void> => {
    await turns(1);
    if (this.failCommit) {
      this.failCommit = false;
      throw new Error('the coordinator is loading');
    }
    for (const { partition, offset } of offsets) {
      for (let at = 0n; at < offset; at++) {
        if (!this.seen.has(`${partition}/${at}`)) this.losses.push(`${partition}/${at} before ${offset}`);
      }
      this.committed.set(partition, offset);
    }
  };

  private join(count: number): void {
    this.owned = PARTITIONS.slice(0, count).map((partition) => ({ topic: 't', partition }));
    this.positions.clear();
    for (const { partition } of this.owned) this.positions.set(partition, this.committed.get(partition) ?? 0n);
    this.consumption.assign(this.owned);
  }

  private async fetch(partition: number, from: bigint | undefined, count: number): Promise<void> {
    // kafkajs keeps one batch of a partition under way.
    if (from === undefined || this.offers.has(partition)) return turns(1);
    const to = Math.min(Number(from) + count, LENGTH);
    const records = Array.from({ length: to - Number(from) }, (_, i) => recordAt(partition, from + BigInt(i)));
    if (records.length === 0) return turns(1);
    const offered = this.consumption
      .offer({ topic: 't', partition, from, next: BigInt(to), records })
      .then((result) => {
        if (result.outcome === 'taken') this.positions.set(partition, BigInt(to));
        if (result.outcome === 'again' && result.seek !== undefined) this.positions.set(partition, result.seek);
      })
      .finally(() => this.offers.delete(partition));
    this.offers.set(partition, offered);
    await turns(2);
  }
}

function recordAt(partition: number, offset: bigint): BrokerRecord {
  return { topic: 't', partition, offset, key: null, value: null, timestampMs: 0, headers: {} };
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await Promise.resolve();
}
