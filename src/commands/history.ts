import { openExistingStore } from '../assembly.ts';
import { SalmaqError } from '../errors.ts';
import { print, printJson, table, tell } from '../output.ts';
import { readHistory } from '../signals/read.ts';
import { parseSignalId } from '../weigh/signal-id.ts';
import { readConfig, type StoreOptions } from './options.ts';

export interface HistoryOptions extends StoreOptions {
  limit?: number;
  pipeline: string;
  json?: boolean;
}

/** `salmaq history`: how the verdict of a standing window's cell came to be what it is, oldest first. */
export async function historyCommand(id: string, options: HistoryOptions): Promise<void> {
  if (parseSignalId(id) === null) {
    throw new SalmaqError('SLM_USAGE', `"${id}" is no signal id`, {
      hint: 'such as akimat_almaty/KZ-75/water/2026-03-01T00:00:00Z/P1D; "salmaq signals --json" prints them',
    });
  }
  const store = await openExistingStore(readConfig(options.pipeline, options));
  try {
    const verdicts = await readHistory(store, id, options.limit === undefined ? {} : { limit: options.limit });
    if (options.json) await printJson(verdicts);
    else if (verdicts.length === 0) tell('never weighed as a standing window');
    else {
      const header = ['weighed', 'verdict', 'score', 'rule', 'posts', 'statements', 'authors', 'appeals'];
      const rows = verdicts.map((row) => [
        ...[row.evaluatedAt, row.label, row.score.toFixed(2), row.rule],
        ...[row.posts, row.statements, row.authors, row.appeals],
      ]);
      await print(`${table(header, rows)}\n`);
    }
  } finally {
    await store.close();
  }
}
