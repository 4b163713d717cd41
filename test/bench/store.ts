import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { migrate } from '../../src/store/migrate.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { PostRow } from '../../src/store/rows.ts';
import { BLANK_POST } from '../support/blank-post.ts';

/** What writing posts to the embedded engine costs at one batch size. */
export interface InsertCost {
  rows: number;
  /** CPU of the whole process, engine threads included, in microseconds a row. */
  cpuUs: number;
  /** Time the event loop was held, in microseconds a row. */
  loopUs: number;
  /** From call to acknowledgement, in milliseconds a batch. */
  batchMs: number;
}

const TEXT =
  'Уже третий день нет горячей воды в микрорайоне, звонили в акимат, ответа нет. Көршілер де шағымданып жатыр, ' +
  'ешкім келмеді, балалар суықта отыр. Когда наконец починят трубу на улице Абая? Обещали ещё в понедельник!';

/** Inserts batches of each size into a fresh directory, after a batch to warm up, and measures them. */
export async function measureInserts(sizes: readonly number[] = [1_000, 10_000, 20_000]): Promise<InsertCost[]> {
  const path = await mkdtemp(join(tmpdir(), 'salmaq-bench-'));
  const store = await openStore({ path });
  try {
    await migrate(store);
    const costs: InsertCost[] = [];
    let serial = 0;
    for (const rows of sizes) {
      const rounds = Math.max(3, Math.round(60_000 / rows));
      const batches = Array.from({ length: rounds + 2 }, () =>
        Array.from({ length: rows }, () => samplePost(serial++)),
      );
      for (const batch of batches.splice(0, 2)) await store.insert('posts', batch);
      const cpu = process.cpuUsage();
      const loop = performance.eventLoopUtilization();
      const start = performance.now();
      for (const batch of batches) await store.insert('posts', batch);
      const wallMs = performance.now() - start;
      const { user, system } = process.cpuUsage(cpu);
      const { active } = performance.eventLoopUtilization(loop);
      const total = rows * rounds;
      costs.push({
        rows,
        cpuUs: (user + system) / total,
        loopUs: (active * 1000) / total,
        batchMs: wallMs / rounds,
      });
    }
    return costs;
  } finally {
    await store.close();
    await rm(path, { recursive: true });
  }
}

export function samplePost(i: number): PostRow {
  const time = Date.UTC(2026, 2, 1) + (i % 86_400) * 1000;
  return {
    ...BLANK_POST,
    platform: 'instagram',
    id: `18${String(i).padStart(15, '0')}`,
    kind: 'comment',
    published_at: time,
    observed_at: time + 60_000,
    version: BigInt(time) << 20n,
    ingested_at: time + 61_000,
    worker: 'bench',
    partition: i % 3,
    offset: BigInt(i),
    text: `${TEXT} ${i}`,
    url: `https://www.instagram.com/p/${i}`,
    author: (BigInt(i) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn,
    author_followers: i % 5000,
    views: i % 900,
    likes: i % 70,
    comments: i % 9,
    language: 'mixed',
    language_confidence: 0.93,
    agencies: ['akimat_almaty'],
    themes: ['water', 'utilities'],
    region: 'KZ-75',
    stance: 'negative',
    cluster: `instagram:18${String(i).padStart(15, '0')}`,
    fingerprint: new Uint8Array(128).map((_, k) => (i * 31 + k * 17) & 255),
    reach_low: 12.5,
    reach_mid: 40,
    reach_high: 130,
  };
}
