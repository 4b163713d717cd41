import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Subscription, subscriptionSchema } from '../alerts/subscription.ts';
import { messageOf, SalmaqError } from '../errors.ts';
import type { PipelineConfig } from './pipeline.ts';
import { type Environment, readYaml } from './yaml.ts';

/** The subscriptions of a pipeline, one a YAML file of its folder. @throws SalmaqError `SLM_CONFIG`. */
export function readSubscriptions(
  { lists: { subscriptions: folder } }: Pick<PipelineConfig, 'lists'>,
  environment: Environment = process.env,
): Subscription[] {
  if (folder === undefined) return [];
  const read = filesOf(folder).map((file) => ({ file, subscription: readYaml(file, subscriptionSchema, environment) }));
  const firstFile = new Map<string, string>();
  for (const { file, subscription } of read) {
    const other = firstFile.get(subscription.name);
    if (other !== undefined) {
      throw new SalmaqError('SLM_CONFIG', `${file}: name: "${subscription.name}" is the name of ${other} already`);
    }
    firstFile.set(subscription.name, file);
  }
  return read.map(({ subscription }) => subscription);
}

function filesOf(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
    return names.sort().map((name) => join(folder, name));
  } catch (cause) {
    throw new SalmaqError('SLM_CONFIG', `${folder}: ${messageOf(cause)}`, {
      hint: 'check "lists.subscriptions"',
      cause,
    });
  }
}
