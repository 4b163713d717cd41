import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import kafkajs from 'kafkajs';
import { registerCodecs } from './codecs.ts';
import type { BrokerLogger } from './logger.ts';
import type { KafkaSettings } from './settings.ts';

/** A kafkajs client, connected lazily. Each consumer wants one of its own: consumers of one client share offsets. */
export function createKafkaClient(settings: KafkaSettings, logger: BrokerLogger): kafkajs.Kafka {
  registerCodecs();
  return new kafkajs.Kafka({
    brokers: settings.brokers,
    clientId: settings.clientId,
    connectionTimeout: settings.connectionTimeoutMs,
    authenticationTimeout: settings.connectionTimeoutMs,
    requestTimeout: settings.requestTimeoutMs,
    // kafkajs has other defaults when NODE_ENV is "test", so all are said.
    retry: { retries: settings.retries, initialRetryTime: 300, maxRetryTime: 30_000, factor: 0.2, multiplier: 2 },
    ssl: typeof settings.ssl === 'boolean' ? settings.ssl : tlsOptions(settings.ssl),
    ...(settings.sasl === undefined ? {} : { sasl: settings.sasl }),
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => (entry) => log(entry, logger),
  });
}

function tlsOptions(ssl: Exclude<KafkaSettings['ssl'], boolean>): ConnectionOptions {
  return {
    rejectUnauthorized: ssl.rejectUnauthorized,
    ...(ssl.ca === undefined ? {} : { ca: [readFileSync(ssl.ca, 'utf8')] }),
    ...(ssl.cert === undefined ? {} : { cert: readFileSync(ssl.cert, 'utf8') }),
    ...(ssl.key === undefined ? {} : { key: readFileSync(ssl.key, 'utf8') }),
  };
}

/** What kafkajs calls an error it mostly tries again; what is final reaches us as a rejection. */
function log({ namespace, level, log: entry }: kafkajs.LogEntry, logger: BrokerLogger): void {
  const { message, timestamp: _timestamp, logger: _logger, ...details } = entry;
  // We replace a producer that has failed, which is what this warning is about.
  const isKnown = message.startsWith('Limiting retries for the idempotent producer');
  if (level <= kafkajs.logLevel.WARN && !isKnown) logger.warn({ kafkajs: namespace, ...details }, message);
  else logger.debug({ kafkajs: namespace, ...details }, message);
}
