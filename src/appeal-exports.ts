import { createAppealLookup } from './appeal-lookup.ts';
import type { AppealExports } from './appeals/formats.ts';
import { readAppealMappings } from './config/appeal-mappings.ts';
import type { PipelineConfig } from './config/pipeline.ts';
import type { Rooms } from './enrich.ts';
import { SalmaqError } from './errors.ts';
import { readLists } from './rooms.ts';

/**
 * What exports of appeals are read with: the mappings of the pipeline and its lists.
 *
 * @param format name of the mapping to read all of them with
 * @throws SalmaqError `SLM_CONFIG`, `SLM_LIST`, or `SLM_USAGE` when there is no such mapping
 */
export function openAppealExports(
  config: PipelineConfig,
  { mentions }: Pick<Rooms, 'mentions'>,
  format?: string,
): AppealExports {
  const mappings = readAppealMappings(config.lists.appeals, process.env);
  for (const [name, { values }] of mappings) {
    const strangers = [
      ...Object.keys(values.theme).filter((id) => !mentions.hasTheme(id)),
      ...Object.keys(values.agency).filter((id) => !mentions.hasAgency(id)),
    ];
    if (strangers.length === 0) continue;
    throw new SalmaqError('SLM_CONFIG', `${name}.yaml: values: no list has a row "${strangers.join('", "')}"`, {
      hint: 'themes go by the ids of themes.csv, bodies by those of agencies.csv',
    });
  }
  const exports = { mappings: [...mappings.values()], lookup: createAppealLookup(mentions, readLists(config)) };
  if (format === undefined) return exports;
  const chosen = mappings.get(format);
  if (chosen !== undefined) return { ...exports, chosen };
  throw new SalmaqError('SLM_USAGE', `no mapping of appeals is called "${format}"`, {
    hint: `there are: ${[...mappings.keys()].join(', ') || 'none, see "lists.appeals" of the pipeline file'}`,
  });
}
