import kafkajs from 'kafkajs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Broker, BrokerRecord } from '../../src/broker/broker.ts';
import { createKafkaBroker } from '../../src/broker/kafka.ts';
import { KAFKA_VERSIONS, startKafka, uniqueName } from '../support/kafka.ts';

// What only Kafka has: compressions, TLS, SASL, unreachable brokers.
describe.each(KAFKA_VERSIONS)('Apache Kafka %s', (version) => {
  beforeAll(() => startKafka(version), 120_000);

  it.each(['gzip', 'snappy', 'lz4', 'zstd'])('is read when the records are compressed with %s', async (codec) => {
    const { brokers } = await startKafka(version);
    const broker = createKafkaBroker({ brokers });
    const topic = uniqueName(codec);
    // A topic with a compression of its own makes the broker pack records anew, with Java's codecs.
    await broker.createTopics([{ topic, partitions: 1, config: { 'compression.type': codec } }]);
    const values = Array.from({ length: 3_000 }, (_, i) =>
      JSON.stringify({ i, text: `Жылу жоқ, су жоқ! ${i % 7}`.repeat(9) }),
    );
    await broker.publish(
      topic,
      values.map((value) => ({ value })),
    );
    const records = await readAll(broker, topic, values.length);
    expect(records.map(textOf)).toEqual(values);
    await broker.close();
  });

  it.each([
    ['snappy', kafkajs.CompressionTypes.Snappy],
    ['lz4', kafkajs.CompressionTypes.LZ4],
  ])('takes what is written with our %s', async (codec, compression) => {
    const { brokers } = await startKafka(version);
    const broker = createKafkaBroker({ brokers });
    const topic = uniqueName(codec);
    // Stored uncompressed, so Java's codec has to have understood ours.
    await broker.createTopics([{ topic, partitions: 1, config: { 'compression.type': 'uncompressed' } }]);
    const values = Array.from({ length: 1_500 }, (_, i) => `қар күрелмеген ${i} `.repeat(11));
    const producer = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    await producer.send({ topic, compression, messages: values.map((value) => ({ value })) });
    await producer.disconnect();
    expect((await readAll(broker, topic, values.length)).map(textOf)).toEqual(values);
    await broker.close();
  });

  it.runIf(process.env['KAFKA_BROKERS'] === undefined).each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'is reached over TLS with SASL %s, and not with a wrong password',
    async (mechanism) => {
      const { secure } = await startKafka(version);
      if (secure === undefined) throw new Error('the broker has no secure listener');
      const { brokers, caFile, username, password } = secure;
      const settings = { brokers, ssl: { ca: caFile }, sasl: { mechanism, username, password } };
      const broker = createKafkaBroker(settings);
      const topic = uniqueName('secure');
      await broker.createTopics([{ topic, partitions: 1 }]);
      await broker.publish(topic, [{ value: 'құпия' }]);
      expect((await readAll(broker, topic, 1)).map(textOf)).toEqual(['құпия']);
      await broker.close();

      const wrong = createKafkaBroker({ ...settings, sasl: { mechanism, username, password: 'wrong' } });
      await expect(wrong.topics()).rejects.toMatchObject({
        code: 'SLM_BROKER',
        hint: expect.stringContaining('kafka.sasl'),
      });
      const distrusting = createKafkaBroker({ ...settings, ssl: true, retries: 1 });
      await expect(distrusting.topics()).rejects.toMatchObject({
        code: 'SLM_BROKER',
        hint: expect.stringContaining('kafka.ssl'),
      });
    },
  );
});

it('says what to check when no broker can be reached', async () => {
  const broker = createKafkaBroker({ brokers: ['127.0.0.1:9'], retries: 1 });
  const failure = { code: 'SLM_BROKER', hint: expect.stringContaining('kafka.brokers') };
  await expect(broker.topics()).rejects.toMatchObject(failure);
  const options = { groupId: 'g', fromBeginning: true, gather: { maxRecords: 1, maxBytes: 1, maxWaitMs: 1 } };
  const signal = new AbortController().signal;
  await expect(broker.consume({ ...options, topics: ['t'], signal, onBatch: async () => {} })).rejects.toMatchObject(
    failure,
  );
});

async function readAll(broker: Broker, topic: string, count: number): Promise<BrokerRecord[]> {
  const stop = new AbortController();
  const read: BrokerRecord[] = [];
  await broker.consume({
    topics: [topic],
    groupId: uniqueName('group'),
    fromBeginning: true,
    gather: { maxRecords: 1_000, maxBytes: 1e8, maxWaitMs: 50 },
    signal: stop.signal,
    onBatch: async ({ records }) => {
      read.push(...records);
      if (read.length >= count) stop.abort();
    },
  });
  return read;
}

function textOf({ value }: BrokerRecord): string {
  return Buffer.from(value ?? []).toString();
}
