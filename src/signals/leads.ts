import { dailyAppeals, dailyStatements } from '../store/queries/daily.ts';
import { daysHeld } from '../store/queries/history.ts';
import type { Store } from '../store/store.ts';
import { type Lead, leadOf } from '../weigh/lead.ts';
import type { WeighSettings } from '../weigh/settings.ts';
import { type Place, placeKey } from './place.ts';
import { endOf, type Run } from './runs.ts';
import { DAY_MS } from './windows.ts';

/**
 * Lead or lag of the appeals of each cell, over the days that end with a run. Nobody asks it of single hours, and most cells have
 * too few appeals: only those that have enough are looked at.
 */
export async function collectLeads(
  store: Store,
  run: Run,
  settings: WeighSettings['appeals']['lead'],
): Promise<(place: Place) => Lead | null> {
  if (run.lengthMs < DAY_MS) return () => null;
  const toMs = Math.floor(endOf(run) / DAY_MS) * DAY_MS;
  const fromMs = Math.max(0, toMs - settings.days * DAY_MS);
  const range = { from: fromMs / 1000, to: toMs / 1000 };
  const appeals = await store.query(dailyAppeals, { ...range, least: settings.leastEvents });
  const [first] = appeals.length === 0 ? [] : await store.query(daysHeld, range);
  if (first === undefined) return () => null;
  const statements = await store.query(dailyStatements, { ...range, least: settings.leastEvents });
  const saidOn = new Map(statements.map((row) => [placeKey(row), row]));
  const begin = first.day - range.from;
  const leads = new Map<string, Lead>();
  for (const filed of appeals) {
    const said = saidOn.get(placeKey(filed));
    if (said === undefined) continue;
    const days = Math.round((range.to - first.day) / 86_400);
    const skip = Math.round(begin / 86_400);
    const lead = leadOf(series(said, skip, days), series(filed, skip, days), settings);
    if (lead !== null) leads.set(placeKey(filed), lead);
  }
  return (place) => leads.get(placeKey(place)) ?? null;
}

function series(row: { days: readonly number[]; counts: readonly number[] }, skip: number, length: number): number[] {
  const counts = new Array<number>(length).fill(0);
  row.days.forEach((day, i) => {
    if (day >= skip) counts[day - skip] = row.counts[i] ?? 0;
  });
  return counts;
}
