/** How many have how many: pairs of a size and the number of items of that size. */
export type Histogram = readonly (readonly [size: number, items: number])[];

export interface Voices {
  /** Number of equally loud authors that would be as concentrated: 1 / HHI (inverse Simpson; Hill number of order 2). */
  effective: number;
  /** The Hill number of order 1, exp of Shannon's entropy: as `effective`, with those who speak rarely weighing more. */
  hill1: number;
  /** Herfindahl–Hirschman index: Σ share². */
  hhi: number;
  /** Gini coefficient of statements over authors, 0 … 1. */
  gini: number;
  /** Share of the statements written by the loudest tenth of the authors (rounded up). */
  top10Share: number;
  /** Authors seen. */
  distinct: number;
  /** Least number of authors there are, seen and unseen (Chao1). */
  atLeast: number;
}

/**
 * How concentrated the statements of a cell are.
 *
 * @param statements statements an author → authors; each cluster of copies belongs to its first author, so that copying
 * raises nothing.
 */
export function voicesOf(statements: Histogram): Voices {
  const authors = items(statements);
  const total = sum(statements);
  if (total === 0) return { effective: 0, hill1: 0, hhi: 0, gini: 0, top10Share: 0, distinct: 0, atLeast: 0 };
  const hhi = squares(statements) / total ** 2;
  return {
    effective: 1 / hhi,
    hill1: hill1(statements),
    hhi,
    gini: gini(statements),
    top10Share: topShare(statements, Math.ceil(authors / 10)),
    distinct: authors,
    atLeast: chao1(statements),
  };
}

/** Simpson's unbiased estimate of the chance that two statements drawn without replacement are of one author. */
export function simpsonUnbiased(statements: Histogram): number {
  const total = sum(statements);
  return (squares(statements) - total) / (total * (total - 1));
}

/** exp of Shannon's entropy: the Hill number of order 1 (Hill 1973). */
export function hill1(statements: Histogram): number {
  const total = sum(statements);
  let entropy = 0;
  for (const [size, count] of statements) entropy -= count * (size / total) * Math.log(size / total);
  return Math.exp(entropy);
}

/** Least number of authors there are, seen and unseen: Chao1, bias-corrected (Chao 1984, 2005). */
export function chao1(statements: Histogram): number {
  const once = countOf(statements, 1);
  return items(statements) + (once * (once - 1)) / (2 * (countOf(statements, 2) + 1));
}

/** Share of the statements that come from authors already seen: 1 − f₁/n (Good 1953). */
export function goodTuring(statements: Histogram): number {
  return 1 - countOf(statements, 1) / sum(statements);
}

/** Gini = Σ(2i − n − 1)xᵢ / (n·Σx), x ascending, i from 1; a run of equal values is added at once. */
function gini(statements: Histogram): number {
  const n = items(statements);
  let before = 0;
  let weighted = 0;
  for (const [size, count] of ascending(statements)) {
    weighted += size * count * (2 * before + count - n);
    before += count;
  }
  return weighted / (n * sum(statements));
}

function topShare(statements: Histogram, authors: number): number {
  let left = authors;
  let held = 0;
  for (const [size, count] of ascending(statements).reverse()) {
    const taken = Math.min(left, count);
    held += taken * size;
    left -= taken;
  }
  return held / sum(statements);
}

function ascending(histogram: Histogram) {
  return histogram.toSorted((a, b) => a[0] - b[0]);
}

export function items(histogram: Histogram): number {
  return histogram.reduce((total, [, count]) => total + count, 0);
}

export function sum(histogram: Histogram): number {
  return histogram.reduce((total, [size, count]) => total + size * count, 0);
}

function squares(histogram: Histogram): number {
  return histogram.reduce((total, [size, count]) => total + size * size * count, 0);
}

function countOf(histogram: Histogram, size: number): number {
  return histogram.reduce((total, [of, count]) => (of === size ? total + count : total), 0);
}
