import { amplificationOf } from './amplification.ts';
import type { CellEvidence } from './evidence.ts';
import { type Frame, residentsOf, strataOf } from './frame.ts';
import { representativenessOf } from './representativeness.ts';
import type { WeighSettings } from './settings.ts';
import type { Signal } from './signal.ts';
import { type Standing, standingOf } from './standing.ts';
import { items, sum, voicesOf } from './voices.ts';

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
  concentration: Signal['voices'];
  effective: number;
  /** Effective voices over voices, 1 when all are equally loud. */
  evenness: number;
  top10Share: number;
  /** Statements first written by persons. */
  said: number;
  /** Share of the posts that thank. */
  thanks: number;
  /** Posts on the pages of media outlets and state bodies over all statements, at most 1: copies elsewhere do not thin it out. */
  outlets: number;
  amplification: Signal['amplification'];
  representativeness: Signal['representativeness'];
  appeals: CellEvidence['appeals'];
  baseline: CellEvidence['baseline'];
  expectedStatements: number;
  /** Residents of the region. */
  residents: number;
  standing: Standing;
}

/** Measures a cell. */
export function factsOf(evidence: CellEvidence, frame: Frame, settings: WeighSettings): Facts {
  const { agency, region, theme, posts, statements, authors, thanks, appeals, baseline } = evidence;
  const voices = items(evidence.voices);
  const concentration = voicesOf(evidence.voices);
  const said = sum(evidence.voices);
  const residents = residentsOf(strataOf(frame, region));
  return {
    agency,
    region,
    theme,
    posts,
    statements,
    authors,
    voices,
    concentration,
    effective: concentration.effective,
    evenness: voices === 0 ? 1 : concentration.effective / voices,
    top10Share: concentration.top10Share,
    said,
    thanks: posts === 0 ? 0 : thanks / posts,
    outlets: Math.min(1, evidence.underOutlets / Math.max(1, statements)),
    amplification: amplificationOf(evidence, settings.amplification),
    representativeness: representativenessOf(evidence, frame, settings),
    appeals,
    baseline,
    expectedStatements: evidence.expectedStatements,
    residents,
    standing: standingOf(
      { said, residents, expectedStatements: evidence.expectedStatements, baseline, appeals },
      settings,
    ),
  };
}
