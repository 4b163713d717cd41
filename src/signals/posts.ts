import { cellAudiences, cellVoices, cellVolumes, regionPanels } from '../store/queries/evidence.ts';
import type { Store } from '../store/store.ts';
import { audiencesByCell, type CellVoices, voicesByCell, volumesIn } from './columns.ts';
import { collectConcerts } from './coordination.ts';
import { joinedClusters } from './links.ts';
import { endOf, type Run } from './runs.ts';
import type { Weighing } from './weighing.ts';
import type { WindowMemory } from './window-memory.ts';

export interface PostOptions {
  /** Settles when the hours are counted that bursts are looked for in. */
  counted: Promise<void>;
  memory: WindowMemory | undefined;
}

/**
 * Reads what the posts of a run tell: the volumes of all cells, and the rest of those that changed, or of all where `changed` is undefined. All
 * at once; where a memory is kept, the volumes first: a row that comes after them is then found to
 * be new by the next round. Rejects with `SLM_STORE`.
 */
export async function readPosts(
  store: Store,
  run: Run,
  { settings }: Pick<Weighing, 'settings'>,
  { counted, memory }: PostOptions,
) {
  const range = { from: run.fromMs, to: endOf(run), lengthMs: run.lengthMs };
  const { accounts, gapMs, young, small } = settings.amplification;
  const joined = await joinedClusters(store, { fromMs: range.from, toMs: range.to });
  if (memory === undefined) {
    const [volumes, rest] = await Promise.all([readVolumes(), readRest(undefined)]);
    return { volumes, changed: undefined, ...rest };
  }
  const volumes = await readVolumes();
  const changed = memory.changed(volumes, settings.rounds.newPosts);
  return { volumes, changed, ...(changed?.length === 0 ? NOTHING : await readRest(changed)) };

  async function readVolumes() {
    const counts = { ...range, ...joined, youngDays: young.days, smallBelow: small.below };
    return (await store.query(cellVolumes, counts)).flatMap(volumesIn);
  }

  async function readRest(changed: readonly string[] | undefined) {
    const asked = { ...range, cells: changed?.map(BigInt) ?? [] };
    const [voices, audiences, panels, concerts] = await Promise.all([
      store.query(cellVoices, { ...asked, ...joined, accounts, gapMs }),
      store.query(cellAudiences, { ...asked, unknownCircle: settings.reach.unknownCircle }),
      store.query(regionPanels, range),
      counted.then(() => collectConcerts(store, run, settings.amplification)),
    ]);
    return { voices: voicesByCell(voices), audiences: audiencesByCell(audiences), panels, concerts };
  }
}

const NOTHING = {
  voices: new Map<string, CellVoices>(),
  audiences: new Map<string, readonly number[]>(),
  panels: [],
  concerts: { pooled: new Map<string, number>(), coShared: new Map<string, number>(), hours: new Map() },
};
