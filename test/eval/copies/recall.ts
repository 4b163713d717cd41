/** How many of the pairs of one original are found, by tenths of their similarity. */
export class Recall {
  private readonly long = tenths();
  private readonly short = tenths();

  count(areLong: boolean, similarity: number, isFound: boolean): void {
    const cell = (areLong ? this.long : this.short)[Math.floor(similarity * 10)];
    if (cell === undefined) return;
    cell.all++;
    if (isFound) cell.found++;
  }

  /** Of pairs with 8 words and more on both sides, from `tenth` tenths of similarity on. */
  from(tenth: number): number {
    const { found, all } = sumFrom(this.long, tenth);
    return found / all;
  }

  /** How many such pairs there are. */
  pairsFrom(tenth: number): number {
    return sumFrom(this.long, tenth).all;
  }

  toString(): string {
    const cell = (cells: typeof this.long, tenth: number) => {
      const { found, all } = sumFrom(cells, tenth);
      return `${(found / all).toFixed(4)} of ${all}`;
    };
    return [
      'Jaccard ≥   recall, both of 8 words and more   recall, one shorter',
      ...[9, 8, 7, 6, 5, 4, 3].map(
        (tenth) => `  0.${tenth}       ${cell(this.long, tenth)}   ${cell(this.short, tenth)}`,
      ),
    ].join('\n');
  }
}

interface Cell {
  found: number;
  all: number;
}

function tenths(): Cell[] {
  return Array.from({ length: 11 }, () => ({ found: 0, all: 0 }));
}

function sumFrom(cells: readonly Cell[], tenth: number): Cell {
  const sum = { found: 0, all: 0 };
  for (const { found, all } of cells.slice(tenth)) {
    sum.found += found;
    sum.all += all;
  }
  return sum;
}
