import { openExistingStore } from '../assembly.ts';
import { SalmaqError } from '../errors.ts';
import { print, printJson, table, tell } from '../output.ts';
import { readWeighing } from '../rooms.ts';
import { silenceMap } from '../signals/silence.ts';
import { readConfig, type StoreOptions } from './options.ts';

export interface SilenceOptions extends StoreOptions {
  from: number;
  to: number;
  limit?: number;
  pipeline: string;
  json?: boolean;
}

/** `salmaq silence`: who is heard less than their number, by region, settlement and language; the quietest first. */
export async function silenceCommand(options: SilenceOptions): Promise<void> {
  const { from, to } = options;
  if (from >= to) throw new SalmaqError('SLM_USAGE', '--from must be before --to');
  const config = readConfig(options.pipeline, options);
  const store = await openExistingStore(config);
  try {
    const window = { fromMs: from, toMs: to };
    const strata = (await silenceMap(store, window, readWeighing(config))).slice(0, options.limit);
    if (options.json) await printJson(strata);
    else if (strata.length === 0) tell(`no region in which ${config.privacy.k} persons wrote`);
    else {
      const header = ['region', 'settlement', 'language', 'residents', 'writers', 'participation', 'partial'];
      const rows = strata.map((row) => [
        ...[row.region, row.settlement, row.language, row.residents, row.writers ?? `below ${config.privacy.k}`],
        ...[row.participation, row.partial].map((figure) => `${row.atMost ? '≤ ' : ''}${figure.toFixed(2)}`),
      ]);
      await print(`${table(header, rows)}\n`);
    }
  } finally {
    await store.close();
  }
}
