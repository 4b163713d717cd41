import type { z } from 'zod';
import type { Broker, ConsumeOptions, OutgoingRecord } from './broker.ts';
import { missingTopic } from './failures.ts';
import type { BrokerInspection, InspectOptions, TopicSpec } from './inspection.ts';
import { KafkaAdmin } from './kafka-admin.ts';
import { createKafkaClient } from './kafka-client.ts';
import { consumeFromKafka } from './kafka-consume.ts';
import { KafkaPublisher } from './kafka-publish.ts';
import { type BrokerLogger, silentLogger } from './logger.ts';
import { type KafkaSettings, kafkaSettingsSchema } from './settings.ts';

/**
 * Kafka as a {@link Broker}. Connects when it is first used.
 *
 * @example
 * const broker = createKafkaBroker({ brokers: ['127.0.0.1:9092'] }, logger);
 * await broker.publish('posts.raw', [{ key: 'instagram:1', value: JSON.stringify(post) }]);
 * await broker.close();
 */
export function createKafkaBroker(
  settings: z.input<typeof kafkaSettingsSchema>,
  logger: BrokerLogger = silentLogger,
): Broker {
  return new KafkaBroker(kafkaSettingsSchema.parse(settings), logger);
}

class KafkaBroker implements Broker {
  private readonly settings: KafkaSettings;
  private readonly logger: BrokerLogger;
  private readonly admin: KafkaAdmin;
  private readonly publisher: KafkaPublisher;

  constructor(settings: KafkaSettings, logger: BrokerLogger) {
    this.settings = settings;
    this.logger = logger;
    const client = createKafkaClient(settings, logger);
    this.admin = new KafkaAdmin(client);
    this.publisher = new KafkaPublisher(client, this.admin, settings);
  }

  async consume(options: ConsumeOptions): Promise<void> {
    const missing = await this.admin.missing(options.topics);
    if (missing.length > 0) throw missingTopic(missing);
    await consumeFromKafka(createKafkaClient(this.settings, this.logger), this.settings, options, this.logger);
  }

  publish(topic: string, records: readonly OutgoingRecord[]): Promise<void> {
    return this.publisher.publish(topic, records);
  }

  topics(): Promise<string[]> {
    return this.admin.topics();
  }

  createTopics(topics: readonly TopicSpec[]): Promise<string[]> {
    return this.admin.createTopics(topics);
  }

  inspect(options: InspectOptions): Promise<BrokerInspection> {
    return this.admin.inspect(options);
  }

  async close(): Promise<void> {
    await this.publisher.close();
    await this.admin.close();
  }
}
