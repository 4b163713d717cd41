import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What must be equal however a file got into the store. */
export interface Figures {
  posts: { rows: number; distinct: number; checksum: string };
  appeals: { rows: number; distinct: number; checksum: string };
  /** Dead letters by kind, reason and payload: how many. */
  dead: string[];
  /** One line a cell and day: agency, region, theme, day, posts, statements, authors, reach. */
  cells: string[];
}

/** Reads the figures of a data directory in a process of its own: the engine holds one directory a process. */
export async function figuresOf(dataDir: string): Promise<Figures> {
  const script = new URL('./figures-child.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, dataDir], {
    maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout);
}
