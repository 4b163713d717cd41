import { SalmaqError } from '../errors.ts';

/**
 * Lets `limit` tasks run at a time and `waiting` more wait in line.
 *
 * @throws SalmaqError `SLM_NOT_READY` when the line is full.
 */
export function createGate(limit: number, waiting: number): <T>(task: () => Promise<T>) => Promise<T> {
  const line: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running < limit) running++;
    else if (line.length >= waiting) throw new SalmaqError('SLM_NOT_READY', 'too many requests at a time: ask again');
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await task();
    } finally {
      const next = line.shift();
      // The next in line takes over the place, so that none can slip in between.
      if (next === undefined) running--;
      else next();
    }
  };
}
