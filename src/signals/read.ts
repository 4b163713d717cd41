import { storedSignals } from '../store/queries/signals.ts';
import type { Store } from '../store/store.ts';
import type { Signal, VerdictLabel } from '../weigh/signal.ts';

/** Which stored signals are wanted; what is left out lets everything through. For agency, region and theme `null` means "not resolved". */
export interface SignalFilter {
  id?: string;
  /** The window begins no earlier. */
  fromMs?: number;
  /** The window ends no later. */
  toMs?: number;
  /** Length of the window. */
  lengthMs?: number;
  agency?: string | null;
  region?: string | null;
  theme?: string | null;
  labels?: readonly VerdictLabel[];
  minScore?: number;
  limit?: number;
  offset?: number;
}

/** Stored signals, best score first, then by id. Cells in which nothing is left are not among them. Rejects with `SLM_STORE`. */
export async function readSignals(store: Store, filter: SignalFilter = {}): Promise<Signal[]> {
  const rows = await store.query(storedSignals, {
    id: filter.id,
    from: filter.fromMs,
    to: filter.toMs,
    lengthMs: filter.lengthMs,
    agency: named(filter.agency),
    region: named(filter.region),
    theme: named(filter.theme),
    labels: filter.labels === undefined ? undefined : [...filter.labels],
    minScore: filter.minScore,
    limit: filter.limit,
    offset: filter.offset,
  });
  return rows.map(({ signal }) => signal);
}

function named(value: string | null | undefined): string | undefined {
  return value === null ? '-' : value;
}
