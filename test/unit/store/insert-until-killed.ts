import { migrate } from '../../../src/store/migrate.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { someRow } from './arbitrary-rows.ts';

/** Rows of one batch; two months of them, so that a batch is more than one part on disk. */
export const BATCH_ROWS = 200;

export function batchOf(batch: number): ReturnType<typeof someRow<'posts'>>[] {
  return Array.from({ length: BATCH_ROWS }, (_, i) =>
    someRow('posts', { platform: 'vk', id: `${batch}-${i}`, published_at: Date.UTC(2026, i % 2, 1), text: 'су жоқ' }),
  );
}

/** Run as a program: `DIRECTORY FIRST_BATCH`. Inserts batch after batch, and prints each that was acknowledged. */
const [directory, first] = process.argv.slice(2);
if (directory !== undefined && first !== undefined) {
  const store = await openStore({ path: directory });
  await migrate(store);
  for (let batch = Number(first); ; batch++) {
    await store.insert('posts', batchOf(batch));
    process.stdout.write(`${batch}\n`);
  }
}
