/** A piece of work and the CPU of the whole process that it took at best, in microseconds. */
export interface Timed {
  name: string;
  us: number;
}

/**
 * Times pieces of work, the best of some rounds of each. They take turns, so that what else the machine does falls on all
 * of them alike; the first round compiles the code and warms what has a memory.
 */
export function timeInTurns(works: Record<string, () => void>, rounds: number): Timed[] {
  const timed = Object.entries(works).map(([name, work]) => ({ name, work, us: Number.POSITIVE_INFINITY }));
  for (let round = 0; round < rounds; round++) {
    for (const piece of timed) {
      const start = process.cpuUsage();
      piece.work();
      const { user, system } = process.cpuUsage(start);
      piece.us = Math.min(piece.us, user + system);
    }
  }
  return timed.map(({ name, us }) => ({ name, us }));
}
