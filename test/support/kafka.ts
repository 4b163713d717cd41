import { inject } from 'vitest';
import type { SecureListener } from './kafka/secure.ts';

/** The Kafka versions that the contract suite runs against. `SALMAQ_KAFKA_VERSION` picks one, or others. */
export const KAFKA_VERSIONS: readonly string[] = process.env['KAFKA_BROKERS']
  ? ['KAFKA_BROKERS']
  : (process.env['SALMAQ_KAFKA_VERSION']?.split(',') ?? ['3.9.2', '4.3.1']);

/** The one that other suites use. */
export const KAFKA_VERSION: string = KAFKA_VERSIONS.at(-1) ?? '4.3.1';

/** A real broker to test against. Its topics are shared by the whole run: use names of your own, see {@link uniqueName}. */
export interface TestKafka {
  version: string;
  brokers: string[];
  /** The TLS listener with SASL; absent when the broker was given by `KAFKA_BROKERS`. */
  secure?: SecureListener;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test process asks the process of the run for a broker. */
    kafkaStarter: string;
  }
}

/**
 * The broker of this version, started on first use and shared by the run.
 *
 * @example
 * const { brokers } = await startKafka();
 */
export async function startKafka(version: string = KAFKA_VERSION): Promise<TestKafka> {
  const brokers = process.env['KAFKA_BROKERS'];
  if (brokers !== undefined) return { version, brokers: brokers.split(',') };
  const response = await fetch(`${inject('kafkaStarter')}/${version}`);
  const body = await response.text();
  if (!response.ok) throw new Error(body);
  return JSON.parse(body);
}

/** A topic or group name that no other test of the run has. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${crypto.randomUUID().slice(0, 8)}`;
}
