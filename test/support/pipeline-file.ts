import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { PACKAGE_ROOT } from '../../src/root.ts';

export interface PipelineFileOptions {
  brokers: readonly string[];
  /** Prefix of topics and name of the group. */
  name: string;
  /** Folder of subscriptions; none unless told. */
  subscriptions?: string;
  /** Settings that are put in place of the usual ones. */
  settings?: Readonly<Record<string, unknown>>;
}

/** Writes a pipeline file over the project's own lists, and returns its path. Batches are small, so that there are many. */
export function writePipelineFile(
  folder: string,
  { brokers, name, subscriptions, settings }: PipelineFileOptions,
): string {
  const list = (file: string) => join(PACKAGE_ROOT, 'pipelines', file);
  const path = join(folder, `${name}.yaml`);
  const pipeline = {
    name: 'test',
    kafka: { brokers, groupId: name },
    topics: {
      posts: `${name}.posts`,
      appeals: `${name}.appeals`,
      postsDead: `${name}.posts.dead`,
      appealsDead: `${name}.appeals.dead`,
      alerts: `${name}.alerts.`,
    },
    store: { path: join(folder, 'data') },
    lists: {
      agencies: list('agencies.csv'),
      themes: list('themes.csv'),
      places: list('places.csv'),
      population: list('population.csv'),
      reachRates: list('reach-rates.csv'),
      weighing: list('weighing.yaml'),
      ...(subscriptions === undefined ? {} : { subscriptions }),
    },
    mentions: parse(readFileSync(list('national.yaml'), 'utf8')).mentions,
    // The files lie months apart, and partitions are read in any order.
    copies: { windowHours: 72, slackHours: 8_760, threshold: 0.6 },
    batch: { rows: 700, waitMs: 200 },
    evaluation: { everyMs: 1_000 },
    ...settings,
  };
  writeFileSync(path, stringify(pipeline));
  return path;
}

/** For every worker that must see the same authors. */
export const TEST_ENVIRONMENT = { SALMAQ_AUTHOR_KEY: 'a key for tests, of 16 characters and more' };
