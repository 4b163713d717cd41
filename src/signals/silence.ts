import { regionPanels } from '../store/queries/evidence.ts';
import type { Store } from '../store/store.ts';
import type { Window } from '../weigh/signal.ts';
import { type StratumSilence, silenceOf } from '../weigh/silence.ts';
import { panelsByRegion } from './unpack.ts';
import type { Weighing } from './weighing.ts';

/** The silence map of a window, quietest stratum first, then by name. Rejects with `SLM_STORE`. */
export async function silenceMap(
  store: Store,
  { fromMs, toMs }: Window,
  { frame, settings }: Weighing,
): Promise<StratumSilence[]> {
  const panels = panelsByRegion(await store.query(regionPanels, { from: fromMs, to: toMs, lengthMs: toMs - fromMs }));
  const keyOf = ({ region, settlement, language }: StratumSilence) => `${region}/${settlement}/${language}`;
  return [...panels]
    .flatMap(([region, panel]) => silenceOf(region, panel, frame, settings))
    .sort((a, b) => a.partial - b.partial || (keyOf(a) < keyOf(b) ? -1 : 1));
}
