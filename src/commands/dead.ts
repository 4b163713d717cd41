import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { assemble, openExistingStore } from '../assembly.ts';
import type { OutgoingRecord } from '../broker/broker.ts';
import { createKafkaBroker } from '../broker/kafka.ts';
import type { PipelineConfig } from '../config/pipeline.ts';
import { SalmaqError } from '../errors.ts';
import { readLines } from '../lines.ts';
import { print, printJson, table, tell } from '../output.ts';
import type { SourceRecord } from '../post/source-record.ts';
import { validateAppeal, validatePost } from '../post/validate.ts';
import { VERSION } from '../root.ts';
import { deadLetters, markRequeued } from '../store/queries/dead-letters.ts';
import type { DeadLetterRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { createLogger } from '../telemetry/logger.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { clockOf, readConfig, type StoreOptions } from './options.ts';

const PAGE = 1_000;
const SHOWN = 60;

export interface DeadOptions extends StoreOptions {
  reason?: string;
  limit?: number;
  requeued?: boolean;
  input?: string;
  at?: number;
  json?: boolean;
}

/** `salmaq dead list`: the refused records, oldest origin first. */
export async function deadListCommand(file: string, options: DeadOptions): Promise<void> {
  const store = await openExistingStore(readConfig(file, options));
  try {
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    const rows: string[][] = [];
    for await (const page of pages(store, options)) {
      const letters = page.slice(0, left);
      left -= letters.length;
      if (options.json) await printJson(letters.map(toJson));
      else rows.push(...letters.map(toCells));
      if (left <= 0) break;
    }
    if (options.json) return;
    if (rows.length === 0) tell('no dead letters');
    else await print(`${table(['reason', 'origin', 'observed', 'message', 'payload'], rows)}\n`);
  } finally {
    await store.close();
  }
}

/**
 * `salmaq dead requeue`: sends back the records that are valid by now, or those that `--input` holds mended. With Kafka
 * they go to their topic; records of a file or of HTTP, or with `--data-dir`, go through the pipeline here.
 */
export async function deadRequeueCommand(file: string, options: DeadOptions): Promise<void> {
  const config = readConfig(file, options);
  const clock = clockOf(options);
  const assembly = await assemble(config, {
    clock,
    log: createLogger({ level: 'warn', pretty: false }),
    metrics: createMetrics({ version: VERSION }),
  });
  try {
    const mended = options.input === undefined ? undefined : await readMended(options.input);
    const counts = { requeued: 0, invalid: 0 };
    for await (const page of pages(assembly.store, options)) {
      const candidates = page.flatMap((letter) => {
        const payload = mended === undefined ? letter.payload : mended.get(originOf(letter));
        return payload === undefined ? [] : [{ letter, payload }];
      });
      const ready = candidates.filter(({ letter, payload }) => isValid(letter, payload, clock()));
      counts.invalid += candidates.length - ready.length;
      const sent = await sendBack(ready);
      await markRequeued(assembly.store, sent, clock());
      counts.requeued += sent.length;
      counts.invalid += ready.length - sent.length;
    }
    tell(`${counts.requeued} sent back, ${counts.invalid} still invalid`);
    if (options.json) await printJson([counts]);
  } finally {
    await assembly.store.close();
  }

  async function sendBack(ready: readonly { letter: DeadLetterRow; payload: Uint8Array }[]): Promise<DeadLetterRow[]> {
    const isFromKafka = ({ topic }: DeadLetterRow) =>
      options.dataDir === undefined && (topic === config.topics.posts || topic === config.topics.appeals);
    const toKafka = ready.filter(({ letter }) => isFromKafka(letter));
    const here = ready.filter(({ letter }) => !isFromKafka(letter));
    await publish(config, toKafka);
    const refused = new Set<string>();
    if (here.length > 0) {
      const records = (kind: string) =>
        here.filter(({ letter }) => letter.kind === kind).map(({ letter, payload }) => toRecord(letter, payload));
      const outcome = await assembly.pipeline.process({ posts: records('post'), appeals: records('appeal') });
      for (const { record } of outcome.refused) refused.add(originOf(record));
    }
    return ready.map(({ letter }) => letter).filter((letter) => !refused.has(originOf(letter)));
  }
}

async function publish(
  config: PipelineConfig,
  ready: readonly { letter: DeadLetterRow; payload: Uint8Array }[],
): Promise<void> {
  if (ready.length === 0) return;
  const broker = createKafkaBroker(config.kafka, createLogger({ level: 'warn', pretty: false }));
  try {
    for (const topic of new Set(ready.map(({ letter }) => letter.topic))) {
      const records = ready
        .filter(({ letter }) => letter.topic === topic)
        .map(
          ({ letter, payload }): OutgoingRecord => ({
            ...(letter.key === '' ? {} : { key: letter.key }),
            value: payload,
            headers: { requeued: originOf(letter) },
          }),
        );
      await broker.publish(topic, records);
    }
  } finally {
    await broker.close();
  }
}

async function* pages(store: Store, { reason, requeued }: DeadOptions): AsyncGenerator<DeadLetterRow[]> {
  let last: Pick<DeadLetterRow, 'topic' | 'partition' | 'offset'> | undefined;
  for (;;) {
    const page = await store.query(deadLetters, {
      limit: PAGE,
      ...(reason === undefined ? {} : { reason }),
      ...(requeued === undefined ? {} : { requeued }),
      ...(last === undefined ? {} : { topic: last.topic, partition: last.partition, offset: last.offset }),
    });
    if (page.length > 0) yield page;
    if (page.length < PAGE) return;
    last = page.at(-1);
  }
}

function isValid({ kind }: DeadLetterRow, payload: Uint8Array, nowMs: number): boolean {
  return kind === 'post' ? validatePost(payload, nowMs).ok : validateAppeal(payload, nowMs).ok;
}

function toRecord(letter: DeadLetterRow, payload: Uint8Array): SourceRecord {
  const { topic, partition, offset, observed_at } = letter;
  return {
    topic,
    partition,
    offset,
    key: letter.key === '' ? null : Buffer.from(letter.key),
    value: payload,
    observedAtMs: observed_at,
  };
}

function originOf({ topic, partition, offset }: Pick<SourceRecord, 'topic' | 'partition' | 'offset'>): string {
  return `${topic}/${partition}/${offset}`;
}

/** Bytes that are text are shown as text, others as base64. */
function toJson(letter: DeadLetterRow) {
  const text = Buffer.from(letter.payload).toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(letter.payload);
  return {
    kind: letter.kind,
    reason: letter.reason,
    message: letter.message,
    topic: letter.topic,
    partition: letter.partition,
    offset: String(letter.offset),
    key: letter.key,
    observedAt: new Date(letter.observed_at).toISOString(),
    requeuedAt: letter.requeued_at === null ? null : new Date(letter.requeued_at).toISOString(),
    ...(isText ? { payload: text } : { payloadBase64: Buffer.from(letter.payload).toString('base64') }),
  };
}

function toCells(letter: DeadLetterRow): string[] {
  const text = Buffer.from(letter.payload.subarray(0, 4 * SHOWN))
    .toString('utf8')
    .replace(/\s+/g, ' ');
  return [
    letter.reason,
    originOf(letter),
    new Date(letter.observed_at).toISOString(),
    letter.message.slice(0, SHOWN),
    text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text,
  ];
}

const mendedLine = z.object({
  topic: z.string(),
  partition: z.number().int(),
  offset: z.coerce.bigint(),
  payload: z.string().optional(),
  payloadBase64: z.string().optional(),
});

async function readMended(path: string): Promise<Map<string, Uint8Array>> {
  const mended = new Map<string, Uint8Array>();
  let line = 0;
  for await (const lines of readLines(createReadStream(path))) {
    for (const bytes of lines) {
      line++;
      const parsed = mendedLine.safeParse(parseJson(bytes));
      if (!parsed.success) {
        throw new SalmaqError(
          'SLM_INPUT',
          `${path}:${line}: no line of "dead list --json": ${z.prettifyError(parsed.error)}`,
        );
      }
      const { payload, payloadBase64 } = parsed.data;
      mended.set(
        originOf(parsed.data),
        payload === undefined ? Buffer.from(payloadBase64 ?? '', 'base64') : Buffer.from(payload),
      );
    }
  }
  return mended;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
