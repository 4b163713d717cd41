import type { Estimate } from '../reach/reach.ts';
import type { Settlement, TextLanguage } from './frame.ts';
import type { Lead } from './lead.ts';
import type { Audience } from './net-reach.ts';
import type { Window } from './signal.ts';
import { NOTHING_UNPLACED, type Unplaced } from './unplaced.ts';
import type { Histogram } from './voices.ts';

/** Authors of which a stratum is known, in part or not at all: `''` where the platform or the text does not tell. */
export interface StratumCount {
  settlement: Settlement | '';
  language: TextLanguage | '';
  authors: number;
}

/** Official appeals that bear on a cell. Consultations and thanks are never among them. */
export interface AppealEvidence {
  /** Complaints and requests received in the window. */
  inWindow: number;
  /** The same in the look-back that ends with the window, which is no shorter than the window; copies of a template count as one. */
  recent: number;
  /** The same with every copy. */
  filed: number;
  /** Length of the look-back. */
  days: number;
  /** Of those filed, filed above the body that did not answer. */
  escalated: number;
  /** How they follow social media in time; null where that is not known. */
  lead: Lead | null;
  /** What the look-back would hold if the appeals of the country were spread over cells by theme and residents. */
  expected: number;
  /** False when no appeals reached Salmaq at all in the look-back, so that silence of the appeals means nothing. */
  known: boolean;
}

/** A trait of accounts among the posts of a cell whose account tells it. */
export interface TraitEvidence {
  /** Posts of persons whose account tells. */
  known: number;
  /** Of these, posts by accounts that have the trait. */
  posts: number;
  /** Such accounts, up to ten. */
  accounts: number;
  /** Share of the posts that have it where nothing is amplified: of the cells of the window, the lower quartile. */
  usual: number;
}

/** Signs of many accounts in few hands, counted over a cell. */
export interface ConcertEvidence {
  /** Posts of persons. */
  persons: number;
  /** Copies that persons made themselves, not as reposts, of what no outlet published. */
  pasted: number;
  /** Posts by accounts that appear together on matters of different regions. */
  pooled: number;
  /** Posts by which accounts share the same things at the same time as each other again and again. */
  coShared: number;
  /** Accounts made shortly before they wrote. */
  young: TraitEvidence;
  /** Accounts with hardly any followers. */
  small: TraitEvidence;
  /** Hours in which persons made statements, and in how many so many would come with the rhythm of all of them. */
  hours: { seen: number; expected: number };
}

/** All that is known of one cell agency × region × theme over a window. Counts only; no author. */
export interface CellEvidence {
  agency: string | null;
  region: string | null;
  theme: string | null;
  window: Window;
  /** Observed posts, each once, copies included. */
  posts: number;
  /** Clusters of copies; a post without copies is one of its own. */
  statements: number;
  /** Persons who wrote any of the posts. */
  authors: number;
  /** Posts that plainly thank the body. */
  thanks: number;
  /** Posts on the pages of media outlets and state bodies: their own, and the comments under them. */
  underOutlets: number;
  /** Statements that several accounts published within a short time of each other, and the posts of them; reposts left out. */
  coordinated: { statements: number; posts: number };
  concert: ConcertEvidence;
  /** Statements first written by one person → such persons. */
  voices: Histogram;
  /** Persons who first wrote a statement that is no thanks and live in the region, or where is not known. */
  strata: readonly StratumCount[];
  /** What persons of whom region or body is not known add to the strata and audiences. */
  unplaced: Unplaced;
  /** All persons who wrote about the region in the window, on any matter: who takes part at all. */
  panel: readonly StratumCount[];
  /** Audiences of the sources that published, saturated by source. */
  audiences: readonly Audience[];
  /** Sum of the audiences of the posts, as if nobody saw two. */
  gross: Estimate['mid'];
  /** What the window would hold of statements of persons if those of the country were spread by theme and residents. */
  expectedStatements: number;
  /** Statements of persons in earlier windows of the same length, and how many such windows there is data of. */
  baseline: { statements: number; windows: number };
  appeals: AppealEvidence;
}

const NO_TRAIT: TraitEvidence = { known: 0, posts: 0, accounts: 0, usual: 0 };

/** Evidence of a cell in which nothing was seen. */
export function noEvidence(cell: Pick<CellEvidence, 'agency' | 'region' | 'theme' | 'window'>): CellEvidence {
  return {
    ...cell,
    posts: 0,
    statements: 0,
    authors: 0,
    thanks: 0,
    underOutlets: 0,
    coordinated: { statements: 0, posts: 0 },
    concert: {
      persons: 0,
      pasted: 0,
      pooled: 0,
      coShared: 0,
      young: NO_TRAIT,
      small: NO_TRAIT,
      hours: { seen: 0, expected: 0 },
    },
    voices: [],
    strata: [],
    unplaced: NOTHING_UNPLACED,
    panel: [],
    audiences: [],
    gross: 0,
    expectedStatements: 0,
    baseline: { statements: 0, windows: 0 },
    appeals: { inWindow: 0, recent: 0, filed: 0, days: 0, escalated: 0, lead: null, expected: 0, known: false },
  };
}
