import type { Window } from '../weigh/signal.ts';

/** What is known of a cell since it was last weighed: which rows it had, and what of them other cells are held against. */
export interface CellMemory {
  /** The same for the same observations of the same posts. */
  rows: string;
  /** Statements of persons. */
  said: number;
  /** Persons who complain and may be residents. */
  persons: number;
}

/** More cells than these fit no statement as a parameter. */
const MOST_ASKED = 5_000;

/**
 * What a window's last round left, so that the next need weigh only the cells that have other rows since. Those are weighed as in full, on
 * all rows there are; the other cells keep a verdict that was reached on a country with at most `newPosts` fewer posts, until the window is
 * weighed in full again.
 */
export class WindowMemory {
  readonly window: Window;
  private cells: ReadonlyMap<string, CellMemory> | undefined;
  private postsInFull = 0;
  private isWhole = false;

  constructor(window: Window) {
    this.window = window;
  }

  /** Whether every cell was weighed on all the rows there were. */
  get isSettled(): boolean {
    return this.isWhole;
  }

  /** Lets the next round weigh the window in full. */
  forget(): void {
    this.cells = undefined;
  }

  of(cell: string): CellMemory | undefined {
    return this.cells?.get(cell);
  }

  /**
   * The cells that have other rows than when they were last weighed; undefined where the window is to be weighed in full: for the first time,
   * when too much of it is new or too many cells are, and when a cell is gone.
   */
  changed(volumes: readonly { cell: string; posts: number; rows: string }[], newPosts: number): string[] | undefined {
    const { cells } = this;
    if (cells === undefined || postsOf(volumes) > (1 + newPosts) * this.postsInFull) return undefined;
    const changed = volumes.filter(({ cell, rows }) => cells.get(cell)?.rows !== rows).map(({ cell }) => cell);
    const added = changed.filter((cell) => !cells.has(cell)).length;
    if (volumes.length - added < cells.size) return undefined;
    return changed.length > Math.min(MOST_ASKED, volumes.length / 2) ? undefined : changed;
  }

  /** Keeps what a round found; `changed` is what {@link changed} told it to weigh. */
  keep(
    volumes: readonly { cell: string; posts: number; rows: string }[],
    changed: readonly string[] | undefined,
    countOf: (cell: string) => Omit<CellMemory, 'rows'>,
  ): void {
    this.cells = new Map(volumes.map(({ cell, rows }) => [cell, { rows, ...countOf(cell) }]));
    if (changed === undefined) {
      this.postsInFull = postsOf(volumes);
      this.isWhole = true;
    } else if (changed.length > 0) {
      this.isWhole = false;
    }
  }
}

function postsOf(volumes: readonly { posts: number }[]): number {
  return volumes.reduce((sum, { posts }) => sum + posts, 0);
}
