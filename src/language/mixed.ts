import { FLAG, type TextBatch } from '../post/text-batch.ts';
import type { LanguageModel } from './model.ts';
import type { TextScan } from './scan.ts';

/** How many numbers describe a text that might be mixed. */
export const MIXED_FEATURES = 18;

/** A stretch of words `[from, to)` in one language. */
export interface Stretch {
  kazakh: boolean;
  from: number;
  to: number;
}

/**
 * The best way to read a text as stretches of Kazakh and Russian: Viterbi (1967) over the words, where each word's
 * log-odds speak for one of the two and every switch has a price.
 */
export class MixedSearch {
  /** What speaks for and against the text being mixed; valid after {@link search} has found a switch. */
  readonly features = new Float64Array(MIXED_FEATURES);
  /** The stretches found, first to last. */
  readonly stretches: Stretch[] = [];
  /** Log-odds that the best reading gains over Kazakh alone and over Russian alone, whichever is better. */
  gain = 0;

  private readonly settings: LanguageModel['mixed'];
  /** Bit 0: the best path to Kazakh at this word comes from Russian; bit 1: the other way round. */
  private back = new Uint8Array(256);

  constructor(settings: LanguageModel['mixed']) {
    this.settings = settings;
  }

  /** Whether some reading with a switch beats all without. Costs a few operations a word. */
  search(scan: TextScan): boolean {
    const { count: words, lead: wordLead } = scan.words;
    const { switchCost, wordLimit } = this.settings;
    if (!this.canPay(wordLead, words)) return false;
    if (words > this.back.length) this.back = new Uint8Array(wordLead.length);
    const { back } = this;
    let kazakh = 0;
    let russian = 0;
    let allKazakh = 0;
    for (let w = 0; w < words; w++) {
      let lead = wordLead[w] ?? 0;
      if (lead > wordLimit) lead = wordLimit;
      else if (lead < -wordLimit) lead = -wordLimit;
      allKazakh += lead;
      const fromRussian = russian - switchCost;
      const fromKazakh = kazakh - switchCost;
      let bits = 0;
      if (w > 0) {
        if (fromRussian > kazakh) {
          bits = 1;
          kazakh = fromRussian;
        }
        if (fromKazakh > russian) {
          bits |= 2;
          russian = fromKazakh;
        }
      }
      kazakh += lead;
      back[w] = bits;
    }
    const pure = Math.max(allKazakh, 0);
    this.gain = Math.max(kazakh, russian) - pure;
    if (this.gain <= 1e-3) return false;
    this.trace(words, kazakh > russian);
    return this.stretches.length > 1;
  }

  /** Whether the words that speak against the text's main language outweigh one switch: no reading gains more. */
  private canPay(wordLead: Float32Array, words: number): boolean {
    let sum = 0;
    let absolute = 0;
    for (let w = 0; w < words; w++) {
      const lead = wordLead[w] ?? 0;
      sum += lead;
      absolute += Math.abs(lead);
    }
    return absolute - Math.abs(sum) > 2 * this.settings.switchCost;
  }

  /** Log-odds that the text is mixed. `lead` is how far Kazakh and Russian together stand before any other language. */
  logOdds(scan: TextScan, batch: TextBatch, lead: number): number {
    this.describe(scan, batch, lead);
    const { weights } = this.settings;
    let sum = 0;
    for (let f = 0; f < MIXED_FEATURES; f++) sum += (weights[f] ?? 0) * (this.features[f] ?? 0);
    return sum;
  }

  private trace(words: number, endsKazakh: boolean): void {
    const { stretches, back } = this;
    stretches.length = 0;
    let kazakh = endsKazakh;
    let to = words;
    for (let w = words - 1; w >= 0; w--) {
      const switched = ((back[w] ?? 0) & (kazakh ? 1 : 2)) !== 0;
      if (!switched && w > 0) continue;
      stretches.push({ kazakh, from: w, to });
      to = w;
      kazakh = !kazakh;
    }
    stretches.reverse();
  }

  private describe(scan: TextScan, batch: TextBatch, lead: number): void {
    const { stretches, features } = this;
    const { lead: wordLead, from: wordFrom, to: wordTo, script: wordScript, count: words } = scan.words;
    const { wordLimit } = this.settings;
    let kazakhLetters = 0;
    let letters = 0;
    for (const stretch of stretches) {
      const length = (wordTo[stretch.to - 1] ?? 0) - (wordFrom[stretch.from] ?? 0);
      letters += length;
      if (stretch.kazakh) kazakhLetters += length;
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
    for (const stretch of stretches) {
      let evidence = 0;
      for (let w = stretch.from; w < stretch.to; w++) {
        const value = Math.max(-wordLimit, Math.min(wordLimit, wordLead[w] ?? 0)) * (stretch.kazakh ? 1 : -1);
        evidence += value;
        if (value < 2) continue;
        if (stretch.kazakh !== minorIsKazakh) {
          majorStrong++;
          continue;
        }
        strong++;
        if (value > 4) decisive++;
        // Names and brands are long; it is the short words that show a language at work.
        if ((wordTo[w] ?? 0) - (wordFrom[w] ?? 0) <= 3) grammar++;
        if (((batch.flags[wordFrom[w] ?? 0] ?? 0) & FLAG.upper) === 0) strongLower++;
      }
      if (stretch.kazakh !== minorIsKazakh) {
        majorEvidence += evidence;
        continue;
      }
      if (stretch.to - stretch.from > 1 && isClause(scan, batch, stretch)) clauses++;
      minorWords += stretch.to - stretch.from;
      minorEvidence += evidence;
      longest = Math.max(longest, stretch.to - stretch.from);
      heaviest = Math.max(heaviest, evidence);
    }
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
    features[9] = Math.min(stretches.length, 6);
    features[10] = minorIsKazakh ? 1 : 0;
    features[11] = Math.log1p(words);
    features[12] = Math.max(-6, Math.min(6, lead));
    features[13] = Math.log1p(Math.max(0, majorEvidence)) + 0.2 * Math.min(majorStrong, 5);
    features[14] = Math.min(clauses, 3);
    features[15] = Math.min(grammar, 4);
    features[16] = Math.min(decisive, 5);
    features[17] = minorIsKazakh ? Math.min(longest, 5) : (wordScript[0] ?? 0) === 1 ? 1 : 0;
  }
}

/** Whether punctuation or the text's end stands on both sides of a stretch. */
function isClause(scan: TextScan, batch: TextBatch, { from, to }: Stretch): boolean {
  const before = batch.flags[(scan.words.from[from] ?? 1) - 1] ?? 0;
  const after = batch.flags[scan.words.to[to - 1] ?? 0] ?? 0;
  return (before & after & FLAG.break) !== 0;
}
