import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { serverSettingsSchema } from '../api/settings.ts';
import { kafkaSettingsSchema } from '../broker/settings.ts';
import { mentionSettingsSchema } from '../mentions/settings.ts';
import { retentionSettings } from '../store/retention.ts';
import { embeddedStoreSettings, serverStoreSettings } from '../store/settings.ts';
import { loggerSettingsSchema } from '../telemetry/logger.ts';
import { type Environment, readYaml } from './yaml.ts';

const topic = z.string().regex(/^[\w.-]{1,200}$/, 'must be a Kafka topic name: letters, digits, ".", "_" and "-"');
const file = z.string().min(1);
const HOUR_MS = 3_600_000;

/** A server where `url` is set, else the embedded engine at `path`; so that one file serves both. */
const storeSchema = z.record(z.string(), z.unknown()).transform((settings, context) => {
  const { path, url, username, password, database, cluster, tls, ...common } = settings;
  const parsed = url
    ? serverStoreSettings.safeParse(defined({ url, username, password, database, cluster, tls, ...common }))
    : embeddedStoreSettings.safeParse(defined({ path, ...common }));
  if (parsed.success) return parsed.data;
  for (const { path: at, message } of parsed.error.issues) {
    context.issues.push({ code: 'custom', path: [...at], message, input: settings });
  }
  return z.NEVER;
});

function defined(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== ''));
}

export const pipelineSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens'),
  kafka: kafkaSettingsSchema,
  topics: z
    .strictObject({
      posts: topic.default('posts.raw'),
      appeals: topic.default('appeals.raw'),
      postsDead: topic.default('posts.dead'),
      appealsDead: topic.default('appeals.dead'),
      alerts: topic.default('alerts.').describe('prefix of the alert topics'),
    })
    .prefault({}),
  store: storeSchema,
  lists: z.strictObject({
    agencies: file,
    themes: file,
    places: file,
    population: file,
    reachRates: file,
    weighing: file,
    subscriptions: file.optional(),
    appeals: file.optional().describe('folder of mappings, one for each system whose exports are read'),
  }),
  language: z
    .strictObject({
      prior: z.strictObject({ kk: z.number().min(-10).max(10), ru: z.number().min(-10).max(10) }),
      only: z
        .array(z.enum(['kk', 'ru']))
        .min(1)
        .optional(),
    })
    .prefault({ prior: { kk: 0, ru: 0 } }),
  mentions: mentionSettingsSchema,
  copies: z.strictObject({
    windowHours: z
      .number()
      .positive()
      .max(24 * 30),
    slackHours: z
      .number()
      .min(0)
      .max(24 * 366),
    threshold: z.number().min(0.3).max(1),
  }),
  batch: z
    .strictObject({
      rows: z.number().int().min(1).max(1_000_000).default(10_000),
      waitMs: z.number().int().min(1).max(60_000).default(1_000),
      retryMs: z.number().int().min(0).max(3_600_000).default(120_000),
    })
    .prefault({}),
  invalid: z
    .strictObject({
      maxShare: z.number().min(0).max(1).default(0.25),
      among: z.number().int().min(1).default(1_000),
    })
    .prefault({}),
  evaluation: z
    .strictObject({
      everyMs: z.number().int().min(100).default(15_000),
      hourlyForHours: z
        .number()
        .positive()
        .max(24 * 366)
        .default(48),
    })
    .prefault({}),
  retention: retentionSettings.prefault({}),
  privacy: z
    .strictObject({
      authorKey: z.string().nullish(),
      k: z.number().int().min(2).max(1_000).default(10).describe('fewest authors of a cell that is broken down'),
    })
    .prefault({}),
  http: serverSettingsSchema.optional(),
  log: loggerSettingsSchema.prefault({}),
});

/** A pipeline file, checked; paths of lists are absolute, durations are milliseconds. */
export type PipelineConfig = ReturnType<typeof readPipeline>;

/** @throws SalmaqError `SLM_CONFIG` with `file:line:column` for every mistake. */
export function readPipeline(path: string, environment: Environment) {
  const config = readYaml(path, pipelineSchema, environment);
  const beside = (name: string) => resolve(dirname(path), name);
  const { ssl } = config.kafka;
  const { copies, evaluation, lists } = config;
  return {
    ...config,
    file: path,
    kafka: { ...config.kafka, ssl: typeof ssl === 'boolean' ? ssl : withPaths(ssl, beside) },
    lists: {
      agencies: beside(lists.agencies),
      themes: beside(lists.themes),
      places: beside(lists.places),
      population: beside(lists.population),
      reachRates: beside(lists.reachRates),
      weighing: beside(lists.weighing),
      subscriptions: lists.subscriptions === undefined ? undefined : beside(lists.subscriptions),
      appeals: lists.appeals === undefined ? undefined : beside(lists.appeals),
    },
    evaluation: { everyMs: evaluation.everyMs, hourlyForMs: evaluation.hourlyForHours * HOUR_MS },
    copies: {
      threshold: copies.threshold,
      windowMs: copies.windowHours * HOUR_MS,
      slackMs: copies.slackHours * HOUR_MS,
    },
  };
}

/** PEM files are named relative to the pipeline file. */
function withPaths(
  {
    ca,
    cert,
    key,
    ...ssl
  }: { ca?: string | undefined; cert?: string | undefined; key?: string | undefined; rejectUnauthorized: boolean },
  beside: (name: string) => string,
) {
  return {
    ...ssl,
    ...(ca === undefined ? {} : { ca: beside(ca) }),
    ...(cert === undefined ? {} : { cert: beside(cert) }),
    ...(key === undefined ? {} : { key: beside(key) }),
  };
}
