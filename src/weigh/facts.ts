import type { CellEvidence } from './evidence.ts';
import type { Signal } from './signal.ts';
import type { Standing } from './standing.ts';
import { items, sum } from './voices.ts';

/** What the verdict is reached on: the measures of a cell, side by side. */
export interface Facts {
  agency: string | null;
  region: string | null;
  theme: string | null;
  posts: number;
  statements: number;
  authors: number;
  /** Persons who first wrote a statement. */
  voices: number;
  effective: number;
  /** Effective voices over voices, 1 when all are equally loud. */
  evenness: number;
  top10Share: number;
  /** Statements first written by persons. */
  said: number;
  /** Share of the posts that thank. */
  thanks: number;
  amplification: Signal['amplification'];
  representativeness: Signal['representativeness'];
  appeals: CellEvidence['appeals'];
  baseline: CellEvidence['baseline'];
  standing: Standing;
}

export function factsOf(
  evidence: CellEvidence,
  measures: Pick<Signal, 'voices' | 'amplification' | 'representativeness'>,
  standing: Standing,
): Facts {
  const { agency, region, theme, posts, statements, authors, thanks, appeals, baseline } = evidence;
  const voices = items(evidence.voices);
  const { effective, top10Share } = measures.voices;
  return {
    agency,
    region,
    theme,
    posts,
    statements,
    authors,
    voices,
    effective,
    evenness: voices === 0 ? 1 : effective / voices,
    top10Share,
    said: sum(evidence.voices),
    thanks: posts === 0 ? 0 : thanks / posts,
    amplification: measures.amplification,
    representativeness: measures.representativeness,
    appeals,
    baseline,
    standing,
  };
}
