import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type AppealMapping, appealMappingSchema } from '../appeals/mapping.ts';
import { SalmaqError } from '../errors.ts';
import { type Environment, readYaml } from './yaml.ts';

/**
 * The mappings of exports in a folder, by file name without `.yaml`. None without a folder.
 *
 * @throws SalmaqError `SLM_CONFIG` with `file:line:column` for every mistake.
 */
export function readAppealMappings(folder: string | undefined, environment: Environment): Map<string, AppealMapping> {
  if (folder === undefined) return new Map();
  const names = listYaml(folder);
  return new Map(
    names.map((name) => [name.replace(/\.ya?ml$/, ''), readYaml(join(folder, name), appealMappingSchema, environment)]),
  );
}

function listYaml(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name))
      .sort();
  } catch (cause) {
    throw new SalmaqError('SLM_CONFIG', `${folder}: cannot be read`, { hint: 'check "lists.appeals"', cause });
  }
}
