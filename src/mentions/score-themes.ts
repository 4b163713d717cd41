import { CUE } from './entries.ts';
import type { Reading } from './reading.ts';
import type { ThemeSettings } from './settings.ts';

/** What of a theme the scorer asks of its row. */
export interface ThemeTraits {
  /** Gives way to another theme that is as clear. */
  yields: boolean;
  /** Is none where only bodies of other countries are named. */
  domestic: boolean;
}

/** What is known of the bodies of a text. */
export interface NamedBodies {
  /** Their own themes, each once. */
  themes: readonly number[];
  /** Whether all of them deal with what has no theme. */
  areThemeless: boolean;
  /** Whether only bodies of other countries are named. */
  areForeign: boolean;
}

/** No phrase of the lists has more words. */
const LONGEST_PHRASE = 16;

/** A Russian adjective or pronoun in an oblique case: «нашей», «третьего». */
const ADJECTIVE = /(ой|ей|его|ого|ым|им|ых|их|ыми|ими)$/;

/** Adds up the evidence for each theme of one text. One scorer serves one thread. */
export class ThemeScorer {
  /** The themes of the last text, best first. */
  readonly clear: Int32Array;

  private readonly reading: Reading;
  private readonly settings: ThemeSettings;
  private readonly traits: readonly ThemeTraits[];
  private readonly scores: Float64Array;
  /** Of the scores, what does not stand in passing. */
  private readonly firm: Float64Array;
  /** Whether an entry stands in passing. */
  private readonly passing: Uint8Array;
  /** Where the last evidence for each theme ended, so that one word counts once. */
  private readonly lastTo: Int32Array;
  private readonly lastWeight: Float64Array;
  /** The themes of the text so far, and by theme and by entry the number of the last text that had it. */
  private readonly seen: Int32Array;
  private seenCount = 0;
  private readonly textOfTheme: Int32Array;
  private readonly textOfEntry: Int32Array;
  private text = 0;

  constructor(reading: Reading, settings: ThemeSettings, traits: readonly ThemeTraits[]) {
    this.reading = reading;
    this.settings = settings;
    this.traits = traits;
    this.scores = new Float64Array(traits.length);
    this.firm = new Float64Array(traits.length);
    this.passing = Uint8Array.from(reading.entries, (entry) => (entry.passing ? 1 : 0));
    this.lastTo = new Int32Array(traits.length);
    this.lastWeight = new Float64Array(traits.length);
    this.seen = new Int32Array(traits.length);
    this.clear = new Int32Array(traits.length);
    this.textOfTheme = new Int32Array(traits.length);
    this.textOfEntry = new Int32Array(reading.entries.length);
  }

  /**
   * How many themes a text has: the first of {@link clear}. `isTaken` says whether a word belongs to the name of a body, which speaks of the
   * body and not of its subject.
   */
  run(isTaken: (from: number, to: number) => boolean, bodies: NamedBodies): number {
    const { reading, scores, firm, passing, textOfTheme, textOfEntry, lastTo, lastWeight, settings } = this;
    const { themes, rows, weights } = reading;
    const { hitEntry } = reading.scan.walk;
    if (themes.count === 0 && bodies.themes.length === 0) return 0;
    this.text = (this.text + 1) | 0;
    const { text } = this;
    const mayBeAside = reading.hasCue(CUE.besideBefore) || reading.hasCue(CUE.besideAfter);
    for (let h = 0; h < themes.count; h++) {
      const hit = themes.at(h);
      const entry = hitEntry[hit] ?? 0;
      const theme = rows[entry] ?? 0;
      const from = reading.fromOf(hit);
      const to = reading.toOf(hit);
      const isSeen = textOfTheme[theme] === text;
      const weight = weights[entry] ?? 0;
      const isOver = isSeen && from <= (lastTo[theme] ?? -1);
      const isLighter = isOver && weight <= (lastWeight[theme] ?? 0);
      if (isLighter && (passing[entry] === 1 || (firm[theme] ?? 0) > 0)) continue;
      if (isTaken(from, to) || this.isLookAlike(theme, from, to)) continue;
      if (!isSeen) this.see(theme);
      if (isLighter) {
        firm[theme] = weight;
        continue;
      }
      const isRepeated = textOfEntry[entry] === text;
      textOfEntry[entry] = text;
      // Of patterns over the same words the heaviest one counts.
      const added = isOver ? weight - (lastWeight[theme] ?? 0) : weight;
      const share =
        (isRepeated ? settings.repeatedShare : 1) * (mayBeAside && this.isAside(from, to) ? settings.asideShare : 1);
      lastTo[theme] = to;
      lastWeight[theme] = weight;
      scores[theme] = (scores[theme] ?? 0) + share * added;
      if (passing[entry] === 0) firm[theme] = (firm[theme] ?? 0) + share * weight;
    }
    for (const theme of bodies.themes) {
      if (textOfTheme[theme] !== text) this.see(theme);
      scores[theme] = (scores[theme] ?? 0) + settings.bodyWeight;
      firm[theme] = (firm[theme] ?? 0) + settings.bodyWeight;
    }
    return this.choose(bodies);
  }

  private see(theme: number): void {
    this.seen[this.seenCount++] = theme;
    this.textOfTheme[theme] = this.text;
  }

  private choose(bodies: NamedBodies): number {
    const { scores, firm, seen, seenCount, clear, settings, traits } = this;
    const threshold = bodies.areThemeless ? settings.thresholdBesideThemeless : settings.threshold;
    let bestSubject = 0;
    let bestFirm = 0;
    for (let s = 0; s < seenCount; s++) {
      const theme = seen[s] ?? 0;
      if (bodies.areForeign && traits[theme]?.domestic) scores[theme] = 0;
      if (traits[theme]?.yields) continue;
      const score = scores[theme] ?? 0;
      bestSubject = Math.max(bestSubject, score);
      if (score >= threshold) bestFirm = Math.max(bestFirm, firm[theme] ?? 0);
    }
    let best = bestSubject;
    for (let s = 0; s < seenCount; s++) {
      const theme = seen[s] ?? 0;
      if (!traits[theme]?.yields) continue;
      const score = scores[theme] ?? 0;
      if (bestSubject < threshold) best = Math.max(best, score);
      else if (score <= bestSubject + settings.yieldLead) scores[theme] = 0;
    }
    let count = 0;
    const floor = Math.max(threshold, best * settings.shareOfBest);
    for (let s = 0; s < seenCount; s++) {
      const theme = seen[s] ?? 0;
      const score = scores[theme] ?? 0;
      if (score < floor) continue;
      // Two words of a school are a subject beside one of a road.
      if ((firm[theme] ?? 0) === 0 && bestFirm >= threshold && score < bestFirm + threshold) continue;
      let at = count++;
      for (; at > 0 && (scores[clear[at - 1] ?? 0] ?? 0) < score; at--) clear[at] = clear[at - 1] ?? 0;
      clear[at] = theme;
    }
    for (let s = 0; s < seenCount; s++) {
      const theme = seen[s] ?? 0;
      scores[theme] = 0;
      firm[theme] = 0;
    }
    this.seenCount = 0;
    if (best < threshold) for (const theme of bodies.themes) clear[count++] = theme;
    return Math.min(count, settings.most);
  }

  /** Whether the words name a landmark: after «у, возле», an adjective may stand between, or before «жанында, маңында». */
  private isAside(from: number, to: number): boolean {
    const { reading } = this;
    if (reading.isCue(to + 1, CUE.besideAfter)) return reading.isSameClause(to, to + 1);
    if (!reading.isCue(from - 1, CUE.besideBefore) && !reading.isCue(from - 2, CUE.besideBefore)) return false;
    const before = ADJECTIVE.test(reading.wordText(from - 1)) ? from - 2 : from - 1;
    return reading.isCue(before, CUE.besideBefore) && reading.isSameClause(before, from);
  }

  /** Whether a look-alike of the theme lies over `[from, to]`. */
  private isLookAlike(theme: number, from: number, to: number): boolean {
    const { reading } = this;
    const { notThemes } = reading;
    for (let h = reading.firstEnding(notThemes, from); h < notThemes.count; h++) {
      const hit = notThemes.at(h);
      if (reading.toOf(hit) > to + LONGEST_PHRASE) return false;
      const row = reading.rows[reading.scan.walk.hitEntry[hit] ?? 0];
      if (row === theme && reading.fromOf(hit) <= to) return true;
    }
    return false;
  }
}
