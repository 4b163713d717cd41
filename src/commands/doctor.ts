import type { Broker } from '../broker/broker.ts';
import { createKafkaBroker } from '../broker/kafka.ts';
import type { PipelineConfig } from '../config/pipeline.ts';
import { readSubscriptions } from '../config/subscriptions.ts';
import { messageOf, SalmaqError } from '../errors.ts';
import { print, printJson } from '../output.ts';
import { openRooms } from '../rooms.ts';
import { migrate } from '../store/migrate.ts';
import { openStore } from '../store/open-store.ts';
import { deadLetterReasons } from '../store/queries/dead-letters.ts';
import { serverInfo, storeTotals } from '../store/queries/totals.ts';
import { createLogger } from '../telemetry/logger.ts';
import { topicsOf } from '../topics.ts';
import { readConfig, type StoreOptions } from './options.ts';

export interface DoctorOptions extends StoreOptions {
  fix?: boolean;
  partitions?: number;
  replication?: number;
  json?: boolean;
}

interface Finding {
  check: string;
  ok: boolean;
  detail: string;
  hint?: string;
}

const DEFAULT_PARTITIONS = 3;

/** `salmaq doctor`: looks at everything a pipeline stands on; `--fix` creates missing topics and tables. */
export async function doctorCommand(file: string, options: DoctorOptions): Promise<void> {
  const config = readConfig(file, options);
  const findings = [
    await check('node', async () => `Node ${process.versions.node}`),
    await check('lists', async () => {
      openRooms(config);
      return `${readSubscriptions(config).length} subscriptions`;
    }),
    await check('author key', async () => {
      if (config.privacy.authorKey) return 'from the environment';
      if ('path' in config.store) return 'kept by the embedded store';
      throw new SalmaqError('SLM_CONFIG', 'none', { hint: 'set SALMAQ_AUTHOR_KEY to at least 16 random characters' });
    }),
    ...(await checkStore(config, options)),
    ...(await checkKafka(config, options)),
  ];
  if (options.json) await printJson(findings);
  else {
    const lines = findings.map(({ ok, check, detail, hint }) => {
      return `${ok ? '✓' : '✗'} ${check}: ${detail}${hint === undefined ? '' : `\n  → ${hint}`}`;
    });
    await print(`${lines.join('\n')}\n`);
  }
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
}

async function check(name: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { check: name, ok: true, detail: await look() };
  } catch (error) {
    const hint = error instanceof SalmaqError ? error.hint : undefined;
    return { check: name, ok: false, detail: messageOf(error), ...(hint === undefined ? {} : { hint }) };
  }
}

async function checkStore(config: PipelineConfig, options: DoctorOptions): Promise<Finding[]> {
  let opened: Awaited<ReturnType<typeof openStore>> | undefined;
  const findings = [
    await check('clickhouse', async () => {
      opened = await openStore(config.store);
      const [info] = await opened.query(serverInfo, {});
      return `${opened.kind} ${info?.version ?? '?'}`;
    }),
  ];
  const store = opened;
  if (store === undefined) return findings;
  findings.push(
    await check('tables', async () => {
      const pending = await migrate(store, { dryRun: !options.fix });
      if (pending.length === 0) return 'up to date';
      if (options.fix) return `applied ${pending.join(', ')}`;
      throw new SalmaqError('SLM_SCHEMA', `missing ${pending.join(', ')}`, {
        hint: 'run with --fix, or "salmaq migrate"',
      });
    }),
  );
  if (findings.at(-1)?.ok) {
    findings.push(
      await check('rows', async () => {
        const totals = await store.query(storeTotals, {});
        const dead = await store.query(deadLetterReasons, {});
        const letters = dead.map(({ kind, reason, rows }) => `${rows} ${kind} ${reason}`).join(', ');
        return (
          totals.map(({ table, distinct }) => `${table} ${distinct}`).join(', ') + (letters && ` (waiting: ${letters})`)
        );
      }),
    );
  }
  await store.close();
  return findings;
}

async function checkKafka(config: PipelineConfig, options: DoctorOptions): Promise<Finding[]> {
  const broker = createKafkaBroker(config.kafka, createLogger({ level: 'silent', pretty: false }));
  try {
    const topics = topicsOf(config, readSubscriptions(config));
    const findings = [
      await check('kafka', async () => {
        const { clusterId, brokers } = await broker.inspect({ topics: [] });
        return `cluster ${clusterId}, ${brokers.join(', ')}`;
      }),
    ];
    if (!findings[0]?.ok) return findings;
    if (options.fix) findings.push(await check('topics created', () => createMissing(broker, topics, options)));
    const { topics: seen, lag } = await broker.inspect({ topics, groupId: config.kafka.groupId });
    for (const { topic, exists, partitions, maxMessageBytes } of seen) {
      const behind = lag
        .filter((partition) => partition.topic === topic)
        .reduce((sum, partition) => sum + partition.lag, 0n);
      findings.push(
        exists
          ? {
              check: topic,
              ok: true,
              detail: `${partitions} partitions, records up to ${maxMessageBytes ?? '?'} bytes, ${behind} to read`,
            }
          : { check: topic, ok: false, detail: 'does not exist', hint: 'run with --fix' },
      );
    }
    return findings;
  } finally {
    await broker.close();
  }
}

async function createMissing(broker: Broker, topics: readonly string[], options: DoctorOptions): Promise<string> {
  const created = await broker.createTopics(
    topics.map((topic) => ({
      topic,
      partitions: options.partitions ?? DEFAULT_PARTITIONS,
      ...(options.replication === undefined ? {} : { replicationFactor: options.replication }),
    })),
  );
  return created.length === 0 ? 'none was missing' : created.join(', ');
}
