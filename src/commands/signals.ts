import { openExistingStore } from '../assembly.ts';
import { SalmaqError } from '../errors.ts';
import { print, printJson, tell } from '../output.ts';
import { readWeighing } from '../rooms.ts';
import { evaluateWindow } from '../signals/evaluate.ts';
import { clockOf, readConfig, type StoreOptions } from './options.ts';
import { signalsTable } from './signals-table.ts';

export interface SignalsOptions extends StoreOptions {
  from: number;
  to: number;
  limit?: number;
  at?: number;
  pipeline: string;
  json?: boolean;
}

/** `salmaq signals`: weighs every cell of a window, to the second, and prints the signals, best score first. */
export async function signalsCommand(options: SignalsOptions): Promise<void> {
  const { from, to, limit } = options;
  if (from >= to) throw new SalmaqError('SLM_USAGE', '--from must be before --to');
  const config = readConfig(options.pipeline, options);
  const weighing = readWeighing(config);
  const store = await openExistingStore(config);
  try {
    const signals = (
      await evaluateWindow(store, { fromMs: from, toMs: to }, weighing, { nowMs: clockOf(options)() })
    ).slice(0, limit);
    if (options.json) await printJson(signals);
    else if (signals.length === 0) tell('no signals in this window');
    else await print(`${signalsTable(signals)}\n`);
  } finally {
    await store.close();
  }
}
