import type { TextBatch } from '../post/text-batch.ts';

export type LanguageLabel = 'kk' | 'ru' | 'mixed' | 'other' | 'und';
export type Script = 'cyrillic' | 'latin' | 'arabic' | 'mixed' | 'none';

/** A stretch of one language, in UTF-16 indices of the original text, `to` exclusive. */
export interface LanguageSpan {
  label: 'kk' | 'ru' | 'other';
  from: number;
  to: number;
}

/** What language a text is in. */
export interface Language {
  label: LanguageLabel;
  /** Calibrated probability that the label is right, 0 … 1. */
  confidence: number;
  script: Script;
  /** For `other`: the ISO 639-1 (else 639-3) code of the language, when known. */
  other?: string;
  /** For `mixed`: the stretches, and the share of letters of each language. */
  spans?: LanguageSpan[];
  shares?: { kk: number; ru: number };
}

export interface LanguageSettings {
  /** Added to the log-odds of kk and of ru against every other language. 0 when nothing is known of the stream. */
  prior: { kk: number; ru: number };
  /** With `kk` and `ru` alone no text is called `other`. */
  only?: readonly ('kk' | 'ru')[];
}

/** Tells the language of every text of a batch, in order. Pure and synchronous. */
export interface LanguageDetector {
  detect(batch: TextBatch, texts: readonly string[]): Language[];
}
