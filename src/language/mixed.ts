import { FLAG, type TextBatch } from '../post/text-batch.ts';
import type { LanguageModel } from './model.ts';
import { LEAD_UNIT, type TextScan } from './scan.ts';
import { WORD } from './word-list.ts';

/** How many numbers describe a text that might be mixed. */
export const MIXED_FEATURES = 18;

/** From here on a word speaks clearly for one of the two, and from there on beyond doubt. */
const STRONG = 2 * LEAD_UNIT;
const DECISIVE = 4 * LEAD_UNIT;

/**
 * The best way to read a text as stretches of Kazakh and Russian: Viterbi (1967) over the words, where each word's
 * log-odds speak for one of the two and every switch has a price.
 */
export class MixedSearch {
  /** What speaks for and against the text being mixed; valid after {@link search} has found a switch. */
  readonly features = new Float64Array(MIXED_FEATURES);
  /** The stretches found, first to last, are in turns Kazakh and Russian: which the first is, and how many they are. */
  startsKazakh = false;
  stretches = 0;
  /** Where in the text's words each of them begins, and where the last one ends. */
  bounds = new Int32Array(256);
  /** Log-odds by which the best reading stands before Russian alone, and before Kazakh or Russian alone. */
  overRussian = 0;
  gain = 0;

  private readonly weights: readonly number[];
  private readonly switchCost: number;
  private readonly wordLimit: number;
  /** Bit 0: the best path to Kazakh at this word comes from Russian; bit 1: the other way round. */
  private back = new Uint8Array(256);

  constructor({ weights, switchCost, wordLimit }: LanguageModel['mixed']) {
    this.weights = weights;
    this.switchCost = Math.round(switchCost * LEAD_UNIT);
    this.wordLimit = Math.round(wordLimit * LEAD_UNIT);
  }

  /** Whether some reading with a switch beats all without. Costs a few operations a word. */
  search(scan: TextScan): boolean {
    const { count: words, data } = scan.words;
    const { size, lead: LEAD } = WORD;
    const { switchCost, wordLimit } = this;
    // The words that speak against the text's main language do not outweigh one switch.
    if (scan.absoluteLead - Math.abs(scan.lead) <= 2 * switchCost) return false;
    if (words >= this.back.length) {
      this.back = new Uint8Array(2 * words);
      this.bounds = new Int32Array(2 * words);
    }
    const { back } = this;
    let kazakh = 0;
    let russian = 0;
    let allKazakh = 0;
    for (let w = 0; w < words; w++) {
      // Written without branches, since nobody can foresee them: a negative number shifted by 31 is all ones.
      const lead = limited(data[w * size + LEAD] ?? 0, wordLimit);
      const stay = kazakh - russian + switchCost;
      const stayRussian = russian - kazakh + switchCost;
      const change = stay >> 31;
      const changeRussian = stayRussian >> 31;
      kazakh += lead - (stay & change);
      russian -= stayRussian & changeRussian;
      allKazakh += lead;
      back[w] = (change & 1) | (changeRussian & 2);
    }
    const best = Math.max(kazakh, russian);
    this.overRussian = best / LEAD_UNIT;
    this.gain = (best - Math.max(allKazakh, 0)) / LEAD_UNIT;
    if (this.gain <= 0) return false;
    this.trace(words, kazakh > russian);
    return this.stretches > 1;
  }

  /** Log-odds that the text is mixed. `lead` is how far the best reading stands before any other language. */
  logOdds(scan: TextScan, batch: TextBatch, lead: number): number {
    this.describe(scan, batch, lead);
    const { weights, features } = this;
    let sum = 0;
    for (let f = 0; f < MIXED_FEATURES; f++) sum += (weights[f] ?? 0) * (features[f] ?? 0);
    return sum;
  }

  private trace(words: number, endsKazakh: boolean): void {
    const { bounds, back } = this;
    let kazakh = endsKazakh;
    let count = 0;
    bounds[count] = words;
    for (let w = words - 1; w >= 0; w--) {
      const switched = ((back[w] ?? 0) & (kazakh ? 1 : 2)) !== 0;
      if (!switched && w > 0) continue;
      bounds[++count] = w;
      kazakh = !kazakh;
    }
    // They were found from the last one to the first.
    for (let low = 0, high = count; low < high; low++, high--) {
      const bound = bounds[low] ?? 0;
      bounds[low] = bounds[high] ?? 0;
      bounds[high] = bound;
    }
    this.stretches = count;
    this.startsKazakh = !kazakh;
  }

  /** Whether a stretch is Kazakh. */
  isKazakh(stretch: number): boolean {
    return this.startsKazakh === ((stretch & 1) === 0);
  }

  private describe(scan: TextScan, batch: TextBatch, lead: number): void {
    const { stretches, bounds, features, wordLimit } = this;
    const { flags } = batch;
    const { data, count: words } = scan.words;
    const { size, from: FROM, to: TO, lead: LEAD } = WORD;
    let kazakhLetters = 0;
    let letters = 0;
    for (let s = 0; s < stretches; s++) {
      const from = bounds[s] ?? 0;
      const to = bounds[s + 1] ?? 0;
      const length = (data[(to - 1) * size + TO] ?? 0) - (data[from * size + FROM] ?? 0);
      letters += length;
      if (this.isKazakh(s)) kazakhLetters += length;
    }
    const minorIsKazakh = kazakhLetters * 2 < letters;
    let minorWords = 0;
    let minorEvidence = 0;
    let strong = 0;
    let strongLower = 0;
    let longest = 0;
    let heaviest = 0;
    let clauses = 0;
    let grammar = 0;
    let decisive = 0;
    let majorEvidence = 0;
    let majorStrong = 0;
    for (let s = 0; s < stretches; s++) {
      const from = bounds[s] ?? 0;
      const to = bounds[s + 1] ?? 0;
      const kazakh = this.isKazakh(s);
      const sign = kazakh ? 1 : -1;
      let evidence = 0;
      if (kazakh !== minorIsKazakh) {
        for (let at = from * size; at < to * size; at += size) {
          const value = limited(data[at + LEAD] ?? 0, wordLimit) * sign;
          evidence += value;
          majorStrong += atLeast(value, STRONG);
        }
        majorEvidence += evidence;
        continue;
      }
      for (let at = from * size; at < to * size; at += size) {
        const value = limited(data[at + LEAD] ?? 0, wordLimit) * sign;
        const first = data[at + FROM] ?? 0;
        const isStrong = atLeast(value, STRONG);
        evidence += value;
        strong += isStrong;
        decisive += atLeast(value, DECISIVE);
        // Names and brands are long; it is the short words that show a language at work.
        grammar += isStrong & atLeast(3, (data[at + TO] ?? 0) - first);
        strongLower += isStrong & ~((flags[first] ?? 0) / FLAG.upper);
      }
      if (to - from > 1 && isClause(scan, batch, from, to)) clauses++;
      minorWords += to - from;
      minorEvidence += evidence;
      longest = Math.max(longest, to - from);
      heaviest = Math.max(heaviest, evidence);
    }
    minorEvidence /= LEAD_UNIT;
    majorEvidence /= LEAD_UNIT;
    heaviest /= LEAD_UNIT;
    const share = minorIsKazakh ? kazakhLetters / letters : 1 - kazakhLetters / letters;
    features[0] = 1;
    features[1] = Math.log1p(this.gain);
    features[2] = Math.log1p(Math.max(0, minorEvidence));
    features[3] = Math.log1p(Math.max(0, heaviest));
    features[4] = Math.min(minorWords, 6);
    features[5] = Math.min(longest, 5);
    features[6] = Math.min(strong, 5);
    features[7] = Math.min(strongLower, 5);
    features[8] = share;
    features[9] = Math.min(stretches, 6);
    features[10] = minorIsKazakh ? 1 : 0;
    features[11] = Math.log1p(words);
    features[12] = Math.max(-6, Math.min(6, lead));
    features[13] = Math.log1p(Math.max(0, majorEvidence)) + 0.2 * Math.min(majorStrong, 5);
    features[14] = Math.min(clauses, 3);
    features[15] = Math.min(grammar, 4);
    features[16] = Math.min(decisive, 5);
    features[17] = minorIsKazakh ? Math.min(longest, 5) : data[WORD.script] === 1 ? 1 : 0;
  }
}

/** A value, no further from 0 than the limit; without branches. */
function limited(value: number, limit: number): number {
  const above = limit - value;
  const low = value + (above & (above >> 31));
  const below = low + limit;
  return low - (below & (below >> 31));
}

/** 1 when the value is at least so much, else 0; without a branch. */
function atLeast(value: number, least: number): number {
  return 1 + ((value - least) >> 31);
}

/** Whether punctuation or the text's end stands on both sides of a stretch. */
function isClause(scan: TextScan, batch: TextBatch, from: number, to: number): boolean {
  const { data } = scan.words;
  const before = batch.flags[(data[from * WORD.size + WORD.from] ?? 1) - 1] ?? 0;
  const after = batch.flags[data[(to - 1) * WORD.size + WORD.to] ?? 0] ?? 0;
  return (before & after & FLAG.break) !== 0;
}
