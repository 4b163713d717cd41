import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Broker, BrokerRecord, ConsumeOptions, TopicPartition } from '../../src/broker/broker.ts';
import { isRecordTooLarge } from '../../src/broker/failures.ts';
import { SalmaqError } from '../../src/errors.ts';
import { KAFKA_VERSIONS, uniqueName } from '../support/kafka.ts';
import { type BrokerHarness, kafkaHarness, memoryHarness, REBALANCE_TIMEOUT_MS } from './broker-harness.ts';

const harnesses: BrokerHarness[] = [memoryHarness(), ...KAFKA_VERSIONS.map(kafkaHarness)];

describe.each(harnesses)('The broker: $name', (harness) => {
  let broker: Broker;
  const others: Broker[] = [];

  beforeAll(async () => {
    await harness.start();
    broker = harness.connect();
  }, 120_000);
  afterAll(async () => {
    for (const client of [broker, ...others]) await client.close();
  });

  async function newTopic(partitions = 3): Promise<string> {
    const topic = uniqueName('topic');
    expect(await broker.createTopics([{ topic, partitions }])).toEqual([topic]);
    return topic;
  }

  /** Starts a member that keeps a ledger of what it was handed. */
  function member(topic: string, groupId: string, options: Partial<ConsumeOptions> = {}): Member {
    const client = harness.connect();
    others.push(client);
    return consumeInto(client, topic, groupId, options);
  }

  it('delivers every record exactly once across an orderly stop and restart', async () => {
    const topic = await newTopic();
    const group = uniqueName('group');
    await publishNumbers(broker, topic, 0, 1_000);
    const first = member(topic, group);
    await first.saw(300);
    await first.stop();
    await publishNumbers(broker, topic, 1_000, 2_000);
    const second = member(topic, group);
    await second.saw(2_000 - first.numbers().length);
    await second.stop();
    expect([...first.numbers(), ...second.numbers()].sort(byNumber)).toEqual(range(0, 2_000));
  });

  it('keeps the order of a partition, and what a record carries', async () => {
    const topic = await newTopic();
    await broker.publish(topic, [
      { key: 'ключ', value: 'мәні', headers: { origin: 'тест' }, timestampMs: 1_700_000_000_123 },
      { key: 'ключ', value: null },
      { key: 'ключ', value: '' },
    ]);
    const reader = member(topic, uniqueName('group'));
    await reader.saw(3);
    await reader.stop();
    const [first, tombstone, empty] = reader.records;
    expect(text(first?.key)).toBe('ключ');
    expect(text(first?.value)).toBe('мәні');
    expect(text(first?.headers['origin'])).toBe('тест');
    expect(first?.timestampMs).toBe(1_700_000_000_123);
    expect(first?.offset).toBe(0n);
    expect(tombstone?.value).toBeNull();
    expect(empty?.value?.length).toBe(0);
  });

  it('gathers records of many fetches and partitions up to the limit, and a few after the wait', async () => {
    const topic = await newTopic();
    await publishNumbers(broker, topic, 0, 2_500);
    const sizes: number[] = [];
    const partitions = new Set<number>();
    const reader = member(topic, uniqueName('group'), {
      gather: { maxRecords: 1_000, maxBytes: 1e9, maxWaitMs: 1_500 },
      onBatch: async ({ records }) => {
        sizes.push(records.length);
        for (const { partition } of records) partitions.add(partition);
      },
    });
    await reader.saw(2_500);
    await reader.stop();
    expect(sizes).toEqual([1_000, 1_000, 500]);
    expect(partitions.size).toBe(3);
  });

  it('commits nothing of a batch that was rejected, and delivers it again', async () => {
    const topic = await newTopic(1);
    const group = uniqueName('group');
    await publishNumbers(broker, topic, 0, 100);
    const failing = member(topic, group, {
      gather: { maxRecords: 40, maxBytes: 1e9, maxWaitMs: 100 },
      onBatch: async ({ records }) => {
        if (records.some(({ offset }) => offset >= 40n)) throw new Error('the disk is full');
      },
    });
    await expect(failing.done).rejects.toThrow(/^the disk is full$/);
    const second = member(topic, group);
    await second.saw(60);
    await second.stop();
    expect(second.numbers()).toEqual(range(40, 100));
  });

  it('drains on abort: what was gathered is handed over and committed', async () => {
    const topic = await newTopic();
    const group = uniqueName('group');
    await publishNumbers(broker, topic, 0, 30);
    const reader = member(topic, group, { gather: { maxRecords: 20, maxBytes: 1e9, maxWaitMs: 60_000 } });
    await reader.saw(20);
    await sleep(500);
    const before = performance.now();
    await reader.stop();
    expect(performance.now() - before).toBeLessThan(5_000);
    expect(reader.numbers().length).toBe(30);
    const { lag } = await broker.inspect({ topics: [topic], groupId: group });
    expect(lag.map(({ lag }) => lag)).toEqual([0n, 0n, 0n]);
  });

  it('loses nothing when members come and go, and says who owns what', async () => {
    const topic = await newTopic(4);
    const group = uniqueName('group');
    await publishNumbers(broker, topic, 0, 2_000);
    const slow: Partial<ConsumeOptions> = { gather: { maxRecords: 50, maxBytes: 1e9, maxWaitMs: 50 } };
    const first = member(topic, group, { ...slow, onBatch: () => sleep(20) });
    await first.saw(500);
    const second = member(topic, group, { ...slow, onBatch: () => sleep(20) });
    await expect.poll(() => second.owned.length, { timeout: 20_000 }).toBe(2);
    // However long it took to join, there is enough left for both.
    await publishNumbers(broker, topic, 2_000, 4_000);
    await second.saw(500);
    expect([first.owned.length, second.owned.length]).toEqual([2, 2]);
    expect(partitionsOf([...first.owned, ...second.owned])).toEqual([0, 1, 2, 3]);
    await first.stop();
    expect(first.owned).toEqual([]);
    await publishNumbers(broker, topic, 4_000, 4_400);
    await expect.poll(() => second.owned.length, { timeout: 20_000 }).toBe(4);
    const all = () => [...first.numbers(), ...second.numbers()];
    await expect.poll(() => new Set(all()).size, { timeout: 40_000 }).toBe(4_400);
    await second.stop();
    // Each rebalance was orderly, so nothing came twice either.
    expect(all().sort(byNumber)).toEqual(range(0, 4_400));
  });

  it('can be stopped while it waits to join, and does not keep partitions from the others', async () => {
    const topic = await newTopic(2);
    const group = uniqueName('group');
    await publishNumbers(broker, topic, 0, 10);
    let batches = 0;
    const busy = member(topic, group, {
      onBatch: async () => {
        batches++;
        await sleep(2_000);
      },
    });
    await expect.poll(() => batches, { timeout: 20_000 }).toBe(1);
    const passing = member(topic, group);
    await sleep(700);
    await passing.stop();
    await publishNumbers(broker, topic, 10, 20);
    await busy.saw(20);
    expect(busy.owned.length).toBe(2);
    await busy.stop();
    expect(busy.numbers().sort(byNumber)).toEqual(range(0, 20));
  });

  it('fences a batch that a rebalance could not wait for: it is not committed, and is delivered again', async () => {
    const topic = await newTopic(2);
    const group = uniqueName('group');
    await publishNumbers(broker, topic, 0, 100);
    let isHeldAfter: boolean | undefined;
    let fenced: unknown;
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let batches = 0;
    const stuck = member(topic, group, {
      onBatch: async ({ records, lease }) => {
        if (batches++ > 0) return;
        const [{ partition } = { partition: -1 }] = records;
        expect(lease.isHeld(topic, partition)).toBe(true);
        lease.assertHeld();
        await released;
        isHeldAfter = lease.isHeld(topic, partition);
        try {
          lease.assertHeld();
        } catch (error) {
          fenced = error;
          throw error;
        }
      },
    });
    await expect.poll(() => batches, { timeout: 20_000 }).toBe(1);
    const other = member(topic, group);
    await expect.poll(() => other.owned.length, { timeout: 4 * REBALANCE_TIMEOUT_MS }).toBe(1);
    release();
    await expect.poll(() => fenced, { timeout: 10_000 }).toMatchObject({ code: 'SLM_FENCED' });
    expect(isHeldAfter).toBe(false);
    await expect.poll(() => new Set([...stuck.numbers(), ...other.numbers()]).size, { timeout: 30_000 }).toBe(100);
    await stuck.stop();
    await other.stop();
    const { lag } = await broker.inspect({ topics: [topic], groupId: group });
    expect(lag.map(({ lag }) => lag)).toEqual([0n, 0n]);
  });

  it.each([30, 1_000])('delivers a batch of %i again after it was given up as fenced', async (maxRecords) => {
    const topic = await newTopic(2);
    await publishNumbers(broker, topic, 0, 200);
    let isFirst = true;
    const reader = member(topic, uniqueName('group'), {
      gather: { maxRecords, maxBytes: 1e9, maxWaitMs: 500 },
      onBatch: async () => {
        if (!isFirst) return;
        isFirst = false;
        throw new SalmaqError('SLM_FENCED', 'for the test');
      },
    });
    await reader.saw(200);
    await reader.stop();
    expect(reader.numbers().sort(byNumber)).toEqual(range(0, 200));
  });

  it('waits while the store is slow: at most two gatherings are out, and nothing is dropped', async () => {
    const topic = await newTopic(2);
    await publishNumbers(broker, topic, 0, 3_000);
    let atWork = 0;
    let mostAtWork = 0;
    const sizes: number[] = [];
    const reader = member(topic, uniqueName('group'), {
      gather: { maxRecords: 1_000, maxBytes: 8_000, maxWaitMs: 50 },
      onBatch: async ({ records }) => {
        mostAtWork = Math.max(mostAtWork, ++atWork);
        sizes.push(records.reduce((sum, { key, value }) => sum + (key?.length ?? 0) + (value?.length ?? 0), 0));
        // Longer than the session timeout once.
        await sleep(sizes.length === 1 ? 7_500 : 5);
        atWork--;
      },
    });
    await reader.saw(3_000);
    await reader.stop();
    expect(mostAtWork).toBe(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8_000);
    expect(reader.numbers().sort(byNumber)).toEqual(range(0, 3_000));
  });

  it('starts a new group after the newest record unless told otherwise', async () => {
    const topic = await newTopic(1);
    await publishNumbers(broker, topic, 0, 10);
    const reader = member(topic, uniqueName('group'), { fromBeginning: false });
    await expect.poll(() => reader.owned.length, { timeout: 20_000 }).toBe(1);
    await sleep(1_000);
    await publishNumbers(broker, topic, 10, 20);
    await reader.saw(10);
    await reader.stop();
    expect(reader.numbers()).toEqual(range(10, 20));
  });

  it('names a missing topic, and never creates it by asking', async () => {
    const topic = uniqueName('missing');
    const failure = { code: 'SLM_BROKER', message: expect.stringContaining(topic) };
    await expect(member(topic, uniqueName('group')).done).rejects.toMatchObject(failure);
    await expect(broker.publish(topic, [{ value: 'x' }])).rejects.toMatchObject(failure);
    await expect(broker.publish(topic, [{ value: 'x' }])).rejects.toMatchObject({
      hint: expect.stringContaining('doctor'),
    });
    expect(await broker.topics()).not.toContain(topic);
    const { topics } = await broker.inspect({ topics: [topic] });
    expect(topics).toEqual([{ topic, exists: false, partitions: 0, maxMessageBytes: null }]);
  });

  it('creates the topics that are missing, and tells of each', async () => {
    const topic = uniqueName('topic');
    const spec = { topic, partitions: 2, config: { 'max.message.bytes': '50000' } };
    expect(await broker.createTopics([spec])).toEqual([topic]);
    expect(await broker.createTopics([spec])).toEqual([]);
    expect(await broker.topics()).toContain(topic);
    const inspection = await broker.inspect({ topics: [topic], groupId: uniqueName('group') });
    expect(inspection.topics).toEqual([{ topic, exists: true, partitions: 2, maxMessageBytes: 50_000 }]);
    expect(inspection.lag.map(({ committed, lag }) => [committed, lag])).toEqual([
      [null, 0n],
      [null, 0n],
    ]);
  });

  it('refuses a record larger than the topic takes, and says so; others go through', async () => {
    const topic = uniqueName('topic');
    await broker.createTopics([{ topic, partitions: 1, config: { 'max.message.bytes': '50000' } }]);
    const failure = await broker.publish(topic, [{ value: randomText(100_000) }]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'SLM_BROKER' });
    expect(isRecordTooLarge(failure)).toBe(true);
    // Together they are larger than the topic takes at once.
    const texts = Array.from({ length: 10 }, () => randomText(20_000));
    await broker.publish(
      topic,
      texts.map((value) => ({ value })),
    );
    const reader = member(topic, uniqueName('group'));
    await reader.saw(10);
    await reader.stop();
    expect(reader.records.map(({ value }) => text(value)).sort()).toEqual(texts.sort());
    expect(isRecordTooLarge(new Error('x'))).toBe(false);
  });

  it('rejects when reading fails for good', async () => {
    const topic = await newTopic(1);
    await publishNumbers(broker, topic, 0, 10);
    const reader = member(topic, uniqueName('group'));
    await reader.saw(10);
    await harness.deleteTopic(topic);
    await expect(reader.done).rejects.toMatchObject({ code: 'SLM_BROKER' });
  });
});

interface Member {
  /** What was handed over in batches that resolved. */
  records: BrokerRecord[];
  owned: readonly TopicPartition[];
  done: Promise<void>;
  numbers(): number[];
  saw(count: number): Promise<void>;
  stop(): Promise<void>;
}

function consumeInto(client: Broker, topic: string, groupId: string, options: Partial<ConsumeOptions>): Member {
  const stop = new AbortController();
  const records: BrokerRecord[] = [];
  const member: Member = {
    records,
    owned: [],
    done: Promise.resolve(),
    numbers: () => records.map(({ value }) => Number(text(value))),
    saw: async (count) => {
      const seen = expect.poll(() => records.length, { timeout: 40_000, interval: 20 }).toBeGreaterThanOrEqual(count);
      await Promise.race([seen, member.done]);
    },
    stop: async () => {
      stop.abort();
      await member.done;
    },
  };
  member.done = client.consume({
    topics: [topic],
    groupId,
    fromBeginning: true,
    gather: { maxRecords: 250, maxBytes: 1e9, maxWaitMs: 100 },
    signal: stop.signal,
    ...options,
    onBatch: async (batch) => {
      await options.onBatch?.(batch);
      records.push(...batch.records);
    },
    onAssignment: (owned) => {
      member.owned = owned;
    },
  });
  member.done.catch(() => {});
  return member;
}

async function publishNumbers(broker: Broker, topic: string, from: number, to: number): Promise<void> {
  await broker.publish(
    topic,
    range(from, to).map((n) => ({ key: `k${n % 97}`, value: String(n) })),
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i);
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function partitionsOf(owned: readonly TopicPartition[]): number[] {
  return owned.map(({ partition }) => partition).sort(byNumber);
}

function text(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString();
}

/** Text that gzip cannot make much smaller. */
function randomText(length: number): string {
  let text = '';
  while (text.length < length) text += Math.random().toString(36).slice(2);
  return text.slice(0, length);
}
