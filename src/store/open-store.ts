import { z } from 'zod';
import { SalmaqError } from '../errors.ts';
import { openEmbeddedStore } from './embedded.ts';
import { openServerStore } from './server.ts';
import { type StoreSettings, storeSettings } from './settings.ts';
import type { Store } from './store.ts';

/**
 * Opens ClickHouse: `{ path }` in this process, `{ url }` on a server. Neither creates the tables: see `migrate`.
 *
 * Rejects with `SLM_CONFIG` for wrong settings, `SLM_STORE_BUSY` when the directory is open elsewhere, `SLM_STORE` otherwise.
 *
 * @example
 * const store = await openStore({ path: 'data' });
 * await migrate(store);
 * await store.insert('posts', rows);
 * await store.close();
 */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const parsed = storeSettings.safeParse(settings);
  if (!parsed.success) throw new SalmaqError('SLM_CONFIG', `store: ${z.prettifyError(parsed.error)}`);
  return 'path' in parsed.data ? openEmbeddedStore(parsed.data) : openServerStore(parsed.data);
}
