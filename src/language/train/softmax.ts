import { Random } from '../../random.ts';
import { gramHashes, MAX_GRAMS } from '../grams.ts';

/** One training text: words parted by single spaces, and its class. */
export interface Sample {
  text: string;
  label: number;
}

export interface SoftmaxSettings {
  rowBits: number;
  classCount: number;
  /** Step of a row's first update, in log-odds. */
  rate: number;
  /** Share of a text's grams left out at each step (Srivastava et al. 2014). */
  dropout: number;
  seed: number;
}

/**
 * Multinomial logistic regression over hashed grams, by stochastic gradient descent with one AdaGrad step size a row
 * (Duchi, Hazan & Singer 2011). A text's log-odds are the sum over its words, so that a word's score is its evidence.
 */
export class Softmax {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  /** How many texts each row was updated by. */
  readonly counts: Uint32Array;
  /** Rows that may learn; all until {@link prune}. */
  private alive: Uint8Array;
  private readonly squares: Float32Array;
  private readonly logits: Float64Array;
  private hashes = new Int32Array(MAX_GRAMS * 64);
  private units = new Uint16Array(4096);
  private readonly settings: SoftmaxSettings;
  private readonly random: Random;

  constructor(settings: SoftmaxSettings) {
    this.settings = settings;
    const rows = 2 ** settings.rowBits;
    this.weights = new Float32Array(rows * settings.classCount);
    this.bias = new Float32Array(settings.classCount);
    this.counts = new Uint32Array(rows);
    this.squares = new Float32Array(rows).fill(0.02);
    this.alive = new Uint8Array(rows).fill(1);
    this.random = new Random(settings.seed);
    this.logits = new Float64Array(settings.classCount);
  }

  /** Learns from one text and returns the probability its class had before. `decay` scales the step. */
  learn(sample: Sample, decay: number): number {
    const count = this.rowsOf(sample.text);
    const { weights, bias, logits, hashes, squares, counts } = this;
    const { classCount, rate } = this.settings;
    for (let c = 0; c < classCount; c++) logits[c] = bias[c] ?? 0;
    for (let g = 0; g < count; g++) {
      const base = (hashes[g] ?? 0) * classCount;
      for (let c = 0; c < classCount; c++) logits[c] = (logits[c] ?? 0) + (weights[base + c] ?? 0);
    }
    toProbabilities(logits);
    const probability = logits[sample.label] ?? 0;
    logits[sample.label] = probability - 1;
    if (probability > 0.99) return probability;
    let square = 0;
    for (let c = 0; c < classCount; c++) square += (logits[c] ?? 0) ** 2;
    for (let c = 0; c < classCount; c++) bias[c] = (bias[c] ?? 0) - 0.01 * decay * (logits[c] ?? 0);
    for (let g = 0; g < count; g++) {
      const row = hashes[g] ?? 0;
      counts[row] = (counts[row] ?? 0) + 1;
      const sum = (squares[row] ?? 0) + square;
      squares[row] = sum;
      const step = (rate * decay) / Math.sqrt(sum);
      const base = row * classCount;
      for (let c = 0; c < classCount; c++) weights[base + c] = (weights[base + c] ?? 0) - step * (logits[c] ?? 0);
    }
    return probability;
  }

  /** Keeps the `keep` rows that say most, and empties the others for good. */
  prune(keep: number): void {
    const { weights, counts, alive } = this;
    const { classCount } = this.settings;
    const worth = new Float64Array(alive.length);
    for (let row = 0; row < alive.length; row++) {
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let c = 0; c < classCount; c++) {
        const weight = weights[row * classCount + c] ?? 0;
        if (weight < low) low = weight;
        if (weight > high) high = weight;
      }
      worth[row] = (high - low) * Math.sqrt(Math.min(counts[row] ?? 0, 400));
    }
    const limit = worth.toSorted()[Math.max(0, worth.length - keep)] ?? 0;
    for (let row = 0; row < alive.length; row++) {
      if ((worth[row] ?? 0) >= limit && (worth[row] ?? 0) > 0) continue;
      alive[row] = 0;
      weights.fill(0, row * classCount, (row + 1) * classCount);
    }
  }

  private rowsOf(text: string): number {
    const { settings } = this;
    const { dropout } = settings;
    const mask = 2 ** settings.rowBits - 1;
    if (text.length + 1 > this.units.length) this.units = new Uint16Array(text.length * 2);
    const { units } = this;
    let count = 0;
    let from = 0;
    for (let k = 0; k <= text.length; k++) {
      const unit = k < text.length ? text.charCodeAt(k) : 0x20;
      units[k] = unit;
      if (unit !== 0x20) continue;
      if (k > from) {
        if (count + MAX_GRAMS > this.hashes.length) {
          const larger = new Int32Array(this.hashes.length * 2);
          larger.set(this.hashes);
          this.hashes = larger;
        }
        const end = count + gramHashes(units, from, k, this.hashes.subarray(count));
        for (let g = count; g < end; g++) {
          const hash = this.hashes[g] ?? 0;
          const row = (hash ^ (hash >>> 17)) & mask;
          if (this.alive[row] === 0 || (dropout > 0 && this.random.next() < dropout)) continue;
          this.hashes[count++] = row;
        }
      }
      from = k + 1;
    }
    return count;
  }
}

function toProbabilities(logits: Float64Array): void {
  let max = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > max) max = logit;
  let sum = 0;
  for (let c = 0; c < logits.length; c++) {
    const power = Math.exp((logits[c] ?? 0) - max);
    logits[c] = power;
    sum += power;
  }
  for (let c = 0; c < logits.length; c++) logits[c] = (logits[c] ?? 0) / sum;
}

/** Draws `count` numbers below `total` proportionally to `weights`, spread evenly and shuffled: an epoch's plan. */
export function planEpoch(weights: readonly number[], seed: number): Uint8Array {
  const plan = new Uint8Array(weights.reduce((sum, weight) => sum + weight, 0));
  let at = 0;
  for (const [source, weight] of weights.entries()) {
    plan.fill(source, at, at + weight);
    at += weight;
  }
  const random = new Random(seed);
  for (let i = plan.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    const swapped = plan[i] ?? 0;
    plan[i] = plan[j] ?? 0;
    plan[j] = swapped;
  }
  return plan;
}
