/** Ranks from 1, ties as their mean. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const ranked = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && order[to]?.value === order[from]?.value) to++;
    for (let i = from; i < to; i++) ranked[order[i]?.i ?? 0] = (from + 1 + to) / 2;
    from = to;
  }
  return ranked;
}

/** Spearman's ρ, with ties: Pearson's r of the ranks; 0 where one side does not vary. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  return pearson(ranks(a), ranks(b));
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let both = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const [i, x] of a.entries()) {
    const y = (b[i] ?? 0) - meanB;
    both += (x - meanA) * y;
    squaresA += (x - meanA) ** 2;
    squaresB += y ** 2;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : both / Math.sqrt(squaresA * squaresB);
}

/** Normalised discounted cumulative gain of the first `k` by score (Järvelin & Kekäläinen 2002); ties share their mean gain. */
export function ndcg(scores: readonly number[], gains: readonly number[], k: number): number {
  const order = scores.map((score, i) => ({ score, gain: gains[i] ?? 0 })).sort((a, b) => b.score - a.score);
  const tied = order.map(({ score }) => mean(order.filter((one) => one.score === score).map(({ gain }) => gain)));
  const ideal = dcg(
    [...gains].sort((a, b) => b - a),
    k,
  );
  return ideal === 0 ? 0 : dcg(tied, k) / ideal;
}

function dcg(gains: readonly number[], k: number): number {
  return gains.slice(0, k).reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
}

/** Area under the ROC curve: the chance that a positive scores above a negative, ties half; NaN where there is only one kind. */
export function auc(scores: readonly number[], positive: readonly boolean[]): number {
  const ranked = ranks(scores);
  const positives = positive.filter(Boolean).length;
  const negatives = positive.length - positives;
  const sum = ranked.reduce((total, rank, i) => (positive[i] ? total + rank : total), 0);
  return (sum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Expected calibration error over ten equally wide bins of the score. */
export function calibrationError(scores: readonly number[], outcomes: readonly boolean[]): number {
  const bins = new Map<number, { count: number; scores: number; outcomes: number }>();
  for (const [i, score] of scores.entries()) {
    const at = Math.min(9, Math.floor(score * 10));
    const bin = bins.get(at) ?? { count: 0, scores: 0, outcomes: 0 };
    bin.count++;
    bin.scores += score;
    bin.outcomes += outcomes[i] ? 1 : 0;
    bins.set(at, bin);
  }
  return [...bins.values()].reduce((sum, bin) => sum + Math.abs(bin.scores - bin.outcomes), 0) / scores.length;
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length === 0
    ? Number.NaN
    : ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

export function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.length === 0 ? Number.NaN : items.filter(holds).length / items.length;
}
