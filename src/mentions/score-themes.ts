import type { Reading } from './reading.ts';

/** How themes are told from evidence. */
export interface ThemeSettings {
  /** What a theme's evidence must add up to: a strong pattern counts 1, a weak one {@link weakWeight}. */
  threshold: number;
  /** A theme whose evidence is less than this share of the best one's is a word in passing. */
  shareOfBest: number;
  /** What a mention of a body speaks for its own theme. */
  bodyWeight: number;
  /** What a pattern adds that was already counted in the text, as a share. */
  repeatedShare: number;
  /** How many themes a post has at most. */
  most: number;
}

/** No phrase of the lists has more words. */
const LONGEST_PHRASE = 16;

const NONE: readonly number[] = [];

/** Adds up the evidence for each theme of one text. One scorer serves one thread. */
export class ThemeScorer {
  private readonly reading: Reading;
  private readonly settings: ThemeSettings;
  private readonly scores: Float64Array;
  /** Where the last evidence for each theme ended, so that one word counts once. */
  private readonly lastTo: Int32Array;
  private readonly seen: number[] = [];
  private readonly entries: number[] = [];

  constructor(reading: Reading, settings: ThemeSettings, themes: number) {
    this.reading = reading;
    this.settings = settings;
    this.scores = new Float64Array(themes);
    this.lastTo = new Int32Array(themes);
  }

  /**
   * The themes of a text, best first. `isTaken` says whether a word belongs to the name of a body, which speaks of the
   * body and not of its subject; `bodyThemes` are those of the bodies named.
   */
  run(isTaken: (from: number, to: number) => boolean, bodyThemes: readonly number[]): readonly number[] {
    const { reading, scores, seen, entries, lastTo, settings } = this;
    const { themes } = reading;
    if (themes.count === 0 && bodyThemes.length === 0) return NONE;
    for (let h = 0; h < themes.count; h++) {
      const hit = themes.at(h);
      const entry = reading.scan.walk.hitEntry[hit] ?? 0;
      const theme = reading.rows[entry] ?? 0;
      const from = reading.fromOf(hit);
      const to = reading.toOf(hit);
      if (seen.includes(theme)) {
        if (from <= (lastTo[theme] ?? -1)) continue;
      } else {
        lastTo[theme] = -1;
      }
      if (isTaken(from, to) || this.isLookAlike(theme, from, to)) continue;
      if (lastTo[theme] === -1) seen.push(theme);
      lastTo[theme] = to;
      const isRepeated = entries.includes(entry);
      if (!isRepeated) entries.push(entry);
      const weight = reading.weights[entry] ?? 0;
      scores[theme] = (scores[theme] ?? 0) + (isRepeated ? settings.repeatedShare * weight : weight);
    }
    for (const theme of bodyThemes) {
      if (!seen.includes(theme)) seen.push(theme);
      scores[theme] = (scores[theme] ?? 0) + settings.bodyWeight;
    }
    return this.choose(bodyThemes);
  }

  private choose(bodyThemes: readonly number[]): readonly number[] {
    const { scores, seen, settings } = this;
    let best = 0;
    for (const theme of seen) best = Math.max(best, scores[theme] ?? 0);
    let chosen: readonly number[] = bodyThemes;
    if (best >= settings.threshold) {
      const floor = Math.max(settings.threshold, best * settings.shareOfBest);
      const clear = seen.filter((theme) => (scores[theme] ?? 0) >= floor);
      if (clear.length > 1) clear.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
      chosen = clear;
    }
    for (const theme of seen) scores[theme] = 0;
    seen.length = 0;
    this.entries.length = 0;
    return chosen.length > settings.most ? chosen.slice(0, settings.most) : chosen;
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
