import { storedSignals, verdictHistory } from '../store/queries/signals.ts';
import type { Store } from '../store/store.ts';
import type { PastVerdict } from '../weigh/past-verdict.ts';
import type { Signal, VerdictLabel } from '../weigh/signal.ts';
import { isoTime, parseSignalId } from '../weigh/signal-id.ts';

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

/**
 * How the verdict of a stored signal came to be what it is, oldest first; empty for an id that was never stored. Rejects with `SLM_STORE`.
 *
 * @param id `agency/region/theme/start/duration`
 * @param options.limit only so many, the newest
 */
export async function readHistory(
  store: Store,
  id: string,
  { limit }: { limit?: number } = {},
): Promise<PastVerdict[]> {
  const cell = parseSignalId(id);
  if (cell === null) return [];
  const { agency, region, theme, window } = cell;
  const rows = await store.query(verdictHistory, {
    agency: agency ?? '',
    region: region ?? '',
    theme: theme ?? '',
    from: window.fromMs,
    to: window.toMs,
    limit,
  });
  return rows.reverse().map(({ evaluatedMs, ...verdict }) => ({ evaluatedAt: isoTime(evaluatedMs), ...verdict }));
}

function named(value: string | null | undefined): string | undefined {
  return value === null ? '-' : value;
}
