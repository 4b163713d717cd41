import type { Window } from '../weigh/signal.ts';
import { type Run, windowOf } from './runs.ts';
import { WindowMemory } from './window-memory.ts';

/** What a weigher that goes on keeps between its rounds. */
export interface RoundMemory {
  /** Rows of each batch that were seen, of those that may still grow. */
  batches: ReadonlyMap<string, number>;
  windows: Map<string, WindowMemory>;
}

/** Today, the weeks that hold it, and some late hours. */
const MOST_REMEMBERED = 16;

/** Late rows have moved what these windows are held against, or appeals what all are. */
export function forgetWhatMoved({ windows }: RoundMemory, moved: readonly Window[], byAppeals: boolean): void {
  for (const window of moved) windows.get(windowKey(window))?.forget();
  if (byAppeals) for (const window of windows.values()) window.forget();
}

/** Windows of which not all cells were weighed on all rows, and that nothing new comes to: they are to be weighed in full. */
export function unsettled(memory: RoundMemory | undefined, touched: readonly Window[]): Window[] {
  const busy = new Set(touched.map(windowKey));
  return [...(memory?.windows ?? [])].flatMap(([key, known]) => {
    if (known.isSettled || busy.has(key)) return [];
    known.forget();
    return [known.window];
  });
}

/** The memory of a run's window; nothing of several windows, or where too many are remembered. */
export function memoryOf(memory: RoundMemory | undefined, run: Run): WindowMemory | undefined {
  if (memory === undefined || run.count > 1) return undefined;
  const window = windowOf(run, 0);
  const known = memory.windows.get(windowKey(window));
  if (known !== undefined) return known;
  if (memory.windows.size >= MOST_REMEMBERED) {
    const settled = [...memory.windows].find(([, { isSettled }]) => isSettled);
    if (settled === undefined) return undefined;
    memory.windows.delete(settled[0]);
  }
  const fresh = new WindowMemory(window);
  memory.windows.set(windowKey(window), fresh);
  return fresh;
}

/** Hours that were weighed together were weighed in full, and leave nothing to settle. */
export function forgetRun({ windows }: RoundMemory, run: Run, isWanted: (window: Window) => boolean): void {
  for (let slot = 0; slot < run.count; slot++) {
    const window = windowOf(run, slot);
    if (isWanted(window)) windows.delete(windowKey(window));
  }
}

export function windowKey({ fromMs, toMs }: Window): string {
  return `${fromMs} ${toMs}`;
}
