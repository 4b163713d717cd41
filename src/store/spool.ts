import { mkdir, open, readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Short-lived files through which bytes reach the embedded engine, whose own binding takes text only. */
export interface Spool {
  /** Writes the pieces to a file, hands its path to `use`, and deletes it when that has settled. */
  with<T>(pieces: Iterable<Uint8Array>, use: (path: string) => Promise<T>): Promise<T>;
}

let serial = 0;

/**
 * Opens the folder, and clears what an earlier, killed process left there. A file lives for the time of one insert, so it
 * is gone before the operating system writes it to the disk, and there is nothing to be found in it after a crash but
 * rows that were never acknowledged.
 */
export async function openSpool(folder: string): Promise<Spool> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const own = `${process.pid}-`;
  for (const name of await readdir(folder)) {
    if (!name.startsWith(own)) await unlink(join(folder, name));
  }
  return {
    async with(pieces, use) {
      const path = join(folder, `${own}${serial++}`);
      const file = await open(path, 'wx', 0o600);
      try {
        try {
          for (const piece of pieces) await file.writeFile(piece);
        } finally {
          await file.close();
        }
        return await use(path);
      } finally {
        await unlink(path);
      }
    },
  };
}
