import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { launchKafka, type RunningKafka } from './kafka/launch.ts';

/**
 * Starts real brokers for the run, each version once and only when a test asks for it, so that a run without broker
 * tests needs neither Java nor the time. They are stopped by process id when the run ends, however it ends.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = new Map<string, Promise<RunningKafka>>();
  const server = createServer(async (request, response) => {
    const version = (request.url ?? '').slice(1);
    const kafka = running.get(version) ?? launchKafka(version);
    running.set(version, kafka);
    try {
      const { brokers, secure } = await kafka;
      response.end(JSON.stringify({ version, brokers, secure }));
    } catch (error) {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port for the Kafka starter');
  project.provide('kafkaStarter', `http://127.0.0.1:${address.port}`);

  return async () => {
    server.closeAllConnections();
    server.close();
    const brokers = await Promise.allSettled(running.values());
    await Promise.all(brokers.map((broker) => (broker.status === 'fulfilled' ? broker.value.stop() : undefined)));
  };
}
