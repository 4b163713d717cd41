import { cellAppeals } from '../store/queries/evidence-context.ts';
import type { Store } from '../store/store.ts';
import type { AppealEvidence } from '../weigh/evidence.ts';
import { expectEvents } from '../weigh/expected.ts';
import { collectLeads } from './leads.ts';
import { type Place, placeKey } from './place.ts';
import { endOf, type Run } from './runs.ts';
import type { Weighing } from './weighing.ts';
import { DAY_MS } from './windows.ts';

/** Appeals that bear on the cells of one window. */
export interface WindowAppeals {
  of: (place: Place) => AppealEvidence;
  /** Cells with appeals received in the window. */
  places: Place[];
}

interface FiledCell extends Place {
  /** Appeals of the look-back, each template once, and all of them. */
  events: number;
  filed: number;
  inWindow: number;
  escalated: number;
  /** Template → the largest count of one appeal that uses it. */
  templates: Map<string, number>;
}

/** Appeals of each window of a run, with the look-back that ends with it. */
export async function collectAppeals(store: Store, run: Run, { frame, settings }: Weighing): Promise<WindowAppeals[]> {
  const { lengthMs } = run;
  const lookBackMs = Math.max(settings.appeals.days * DAY_MS, lengthMs);
  /** Buckets before the one that is the window itself. */
  const before = Math.ceil((lookBackMs - lengthMs) / lengthMs);
  const rows = await store.query(cellAppeals, {
    since: run.fromMs + lengthMs - lookBackMs,
    bucketsFrom: run.fromMs - before * lengthMs,
    to: endOf(run),
    lengthMs,
    templateWords: settings.appeals.templateWords,
  });
  const leadOf = await collectLeads(store, run, settings.appeals.lead);
  const days = Math.round(lookBackMs / DAY_MS);

  return Array.from({ length: run.count }, (_, slot) => {
    const cells = new Map<string, FiledCell>();
    for (const { bucket, template, appeals, largest, escalatedAppeals, ...place } of rows) {
      if (bucket < slot || bucket > slot + before) continue;
      const key = placeKey(place);
      const cell = cells.get(key) ?? { ...place, events: 0, filed: 0, inWindow: 0, escalated: 0, templates: new Map() };
      cell.filed += appeals;
      if (template === '0') cell.events += appeals;
      else {
        const counted = cell.templates.get(template) ?? 0;
        cell.templates.set(template, Math.max(counted, largest));
        cell.events += Math.max(0, largest - counted);
      }
      cell.escalated += escalatedAppeals;
      if (bucket === slot + before) cell.inWindow += appeals;
      cells.set(key, cell);
    }
    const expected = expectEvents([...cells.values()], frame, settings.appeals.themePooling);
    return {
      places: [...cells.values()].filter(({ inWindow }) => inWindow > 0),
      of: (place) => {
        const cell = cells.get(placeKey(place));
        return {
          inWindow: cell?.inWindow ?? 0,
          recent: cell?.events ?? 0,
          filed: cell?.filed ?? 0,
          days,
          lead: leadOf(place),
          escalated: cell?.escalated ?? 0,
          expected: expected(place),
          known: cells.size > 0,
        };
      },
    };
  });
}
