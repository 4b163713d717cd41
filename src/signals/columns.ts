import { VOICED, VOLUMES } from '../store/queries/evidence.ts';
import type { AccountCounts } from './coordination.ts';
import type { Place } from './place.ts';

/** What the store counts of a cell with posts. */
export interface CellVolume extends Place, AccountCounts {
  slot: number;
  /** Its key in the store. */
  cell: string;
  /** The same for the same observations of the same posts. */
  rows: string;
  posts: number;
  authors: number;
  thanks: number;
  underOutlets: number;
  gross: number;
}

interface VolumeColumns {
  slot: number;
  cells: readonly string[];
  agencies: readonly string[];
  regions: readonly string[];
  themes: readonly string[];
  digests: readonly string[];
  counts: readonly number[];
}

/** The cells of a window, from parallel lists. */
export function volumesIn({ slot, cells, agencies, regions, themes, digests, counts }: VolumeColumns): CellVolume[] {
  return cells.map((cell, i) => {
    const at = i * VOLUMES.length;
    return {
      slot,
      cell,
      agency: agencies[i] ?? '',
      region: regions[i] ?? '',
      theme: themes[i] ?? '',
      rows: digests[i] ?? '',
      posts: counts[at] ?? 0,
      authors: counts[at + 1] ?? 0,
      thanks: counts[at + 2] ?? 0,
      underOutlets: counts[at + 3] ?? 0,
      gross: counts[at + 4] ?? 0,
      personPosts: counts[at + 5] ?? 0,
      aged: counts[at + 6] ?? 0,
      young: counts[at + 7] ?? 0,
      youngAccounts: counts[at + 8] ?? 0,
      sized: counts[at + 9] ?? 0,
      small: counts[at + 10] ?? 0,
      smallAccounts: counts[at + 11] ?? 0,
    };
  });
}

/** Statements and voices of a cell. */
export interface CellVoices {
  statements: number;
  coordinatedPosts: number;
  coordinatedStatements: number;
  pastedPosts: number;
  voices: readonly number[];
}

/** The voices of each cell, from parallel lists. */
export function voicesByCell(
  rows: readonly { cells: readonly string[]; voices: readonly (readonly number[])[]; counts: readonly number[] }[],
): Map<string, CellVoices> {
  const byCell = new Map<string, CellVoices>();
  for (const { cells, voices, counts } of rows) {
    cells.forEach((cell, i) => {
      const at = i * VOICED.length;
      byCell.set(cell, {
        statements: counts[at] ?? 0,
        coordinatedPosts: counts[at + 1] ?? 0,
        coordinatedStatements: counts[at + 2] ?? 0,
        pastedPosts: counts[at + 3] ?? 0,
        voices: voices[i] ?? [],
      });
    });
  }
  return byCell;
}

/** The audiences of each cell, from parallel lists. */
export function audiencesByCell(
  rows: readonly { cells: readonly string[]; audiences: readonly (readonly number[])[] }[],
): Map<string, readonly number[]> {
  return new Map(rows.flatMap(({ cells, audiences }) => cells.map((cell, i) => [cell, audiences[i] ?? []] as const)));
}
