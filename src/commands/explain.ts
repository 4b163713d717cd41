import { openExistingStore } from '../assembly.ts';
import { SalmaqError } from '../errors.ts';
import { explainSignal } from '../explain.ts';
import { createNames } from '../names.ts';
import { print, printJson } from '../output.ts';
import { readLists, readWeighing } from '../rooms.ts';
import { evaluateWindow } from '../signals/evaluate.ts';
import type { WordsLanguage } from '../weigh/numerals.ts';
import { parseSignalId, signalId } from '../weigh/signal-id.ts';
import { clockOf, readConfig, type StoreOptions } from './options.ts';

export interface ExplainOptions extends StoreOptions {
  language: WordsLanguage;
  at?: number;
  pipeline: string;
  json?: boolean;
}

/** `salmaq explain`: weighs the cell again, so that the page shows what its rows say now, in the language asked for. */
export async function explainCommand(id: string, options: ExplainOptions): Promise<void> {
  const cell = parseSignalId(id);
  if (cell === null) {
    throw new SalmaqError('SLM_USAGE', `"${id}" is no signal id`, {
      hint: 'such as akimat_almaty/KZ-75/water/2026-03-01T00:00:00Z/P1D; "salmaq signals --json" prints them',
    });
  }
  const config = readConfig(options.pipeline, options);
  const store = await openExistingStore(config);
  try {
    const signals = await evaluateWindow(store, cell.window, readWeighing(config), { nowMs: clockOf(options)() });
    const signal = signals.find((candidate) => candidate.id === signalId(cell));
    if (signal === undefined) {
      throw new SalmaqError('SLM_INPUT', `no post and no appeal is in the cell ${id}`, {
        hint: '"salmaq signals" lists the cells of a window',
      });
    }
    if (options.json) await printJson([signal]);
    else await print(`${explainSignal(signal, createNames(readLists(config)), options.language)}\n`);
  } finally {
    await store.close();
  }
}
