import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BrokerRecord } from '../../../src/broker/broker.ts';
import { Gatherer } from '../../../src/broker/gatherer.ts';

function record(partition: number, offset: number, bytes: number): BrokerRecord {
  const value = new Uint8Array(bytes);
  return { topic: 't', partition, offset: BigInt(offset), key: null, value, timestampMs: 0, headers: {} };
}

describe('A gathering', () => {
  it('holds every record offered once, in order within a partition, and never more than the limits', async () => {
    const offers = fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 40 }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        offers,
        fc.integer({ min: 1, max: 30 }),
        fc.integer({ min: 1, max: 200 }),
        async (sizes, maxRecords, maxBytes) => {
          const gatherer = new Gatherer({ maxRecords, maxBytes, maxWaitMs: 0 });
          const batches = sizes.map((batch, partition) =>
            batch.map((bytes, offset) => record(partition, offset, bytes)),
          );
          // All at once, as the partitions of one fetch are.
          const offered = Promise.all(batches.map((batch) => gatherer.offer(batch))).then((added) => {
            gatherer.close();
            return added;
          });
          const taken: BrokerRecord[] = [];
          while (await gatherer.isReady()) {
            const gathering = gatherer.take();
            const bytes = gathering.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
            expect(gathering.length).toBeLessThanOrEqual(maxRecords);
            if (gathering.length > 1) expect(bytes).toBeLessThanOrEqual(maxBytes);
            taken.push(...gathering);
          }
          expect(await offered).toEqual(sizes.map((batch) => batch.length));
          for (const [partition, batch] of batches.entries()) {
            expect(taken.filter((entry) => entry.partition === partition)).toEqual(batch);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is handed over after the wait although it is not full, counted from its first record', async () => {
    const gatherer = new Gatherer({ maxRecords: 100, maxBytes: 1e6, maxWaitMs: 120 });
    const before = performance.now();
    const ready = gatherer.isReady();
    await gatherer.offer([record(0, 0, 1)]);
    await sleep(60);
    await gatherer.offer([record(0, 1, 1)]);
    expect(await ready).toBe(true);
    expect(performance.now() - before).toBeGreaterThanOrEqual(118);
    expect(gatherer.take().length).toBe(2);
  });

  it('ends an offer that waits for room when what is gathered is dropped', async () => {
    const gatherer = new Gatherer({ maxRecords: 2, maxBytes: 1e6, maxWaitMs: 1e6 });
    const waiting = gatherer.offer([record(0, 0, 1), record(0, 1, 1), record(0, 2, 1)]);
    expect(gatherer.drop().map(({ offset }) => offset)).toEqual([0n, 1n, 2n]);
    expect(await waiting).toBe(2);
    expect(await gatherer.offer([record(0, 0, 1)])).toBe(1);
  });

  it('hands over the rest when closed, and then says that it is empty', async () => {
    const gatherer = new Gatherer({ maxRecords: 2, maxBytes: 1e6, maxWaitMs: 1e6 });
    await gatherer.offer([record(0, 0, 1)]);
    gatherer.close();
    expect(await gatherer.offer([record(0, 1, 1)])).toBe(0);
    expect(await gatherer.isReady()).toBe(true);
    expect(gatherer.take().length).toBe(1);
    expect(await gatherer.isReady()).toBe(false);
  });
});
