import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { type Environment, readConfigFile, readYaml } from '../config/yaml.ts';
import { messageOf, SalmaqError } from '../errors.ts';
import { type ReachRate, reachRateSchema } from '../reach/rates.ts';
import { createFrame, frameRowSchema } from '../weigh/frame.ts';
import { weighSettingsSchema } from '../weigh/settings.ts';
import type { Weighing } from './weighing.ts';

/**
 * Reads `weighing.yaml` and `population.csv`.
 *
 * @param breakdownFrom persons that a breakdown by stratum needs
 * @throws SalmaqError `SLM_CONFIG` or `SLM_LIST`, with file and line of every mistake.
 */
export function loadWeighing(
  files: { weighing: string; population: string },
  environment: Environment,
  breakdownFrom: number,
): Weighing {
  return {
    settings: { ...readYaml(files.weighing, weighSettingsSchema, environment), breakdownFrom },
    frame: createFrame(readRows(files.population, frameRowSchema)),
  };
}

/** Reads `reach-rates.csv`. @throws SalmaqError `SLM_LIST` with file and line of every mistake. */
export function loadReachRates(file: string): ReachRate[] {
  return readRows(file, reachRateSchema);
}

const record = z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.number() }) });

function readRows<R extends z.ZodType>(file: string, schema: R): z.output<R>[] {
  const text = readConfigFile(file);
  const rows: z.output<R>[] = [];
  const mistakes: string[] = [];
  for (const raw of parseCsv(text, file)) {
    const { record: fields, info } = record.parse(raw);
    const row = schema.safeParse(fields);
    if (row.success) rows.push(row.data);
    else {
      mistakes.push(
        ...row.error.issues.map((issue) => `${file}:${info.lines}: ${issue.path.join('.')}: ${issue.message}`),
      );
    }
  }
  if (mistakes.length > 0) throw new SalmaqError('SLM_LIST', mistakes.join('\n'));
  if (rows.length === 0) throw new SalmaqError('SLM_LIST', `${file}: no rows`, { hint: 'the list must not be empty' });
  return rows;
}

function parseCsv(text: string, file: string): unknown[] {
  try {
    return parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true });
  } catch (cause) {
    throw new SalmaqError('SLM_LIST', `${file}: ${messageOf(cause)}`, {
      hint: 'quote fields that hold a comma',
      cause,
    });
  }
}
