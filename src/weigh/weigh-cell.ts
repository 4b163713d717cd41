import { changesOf } from './changes.ts';
import type { CellEvidence } from './evidence.ts';
import { factsOf } from './facts.ts';
import { type Frame, residentsOf, strataOf } from './frame.ts';
import { groundsOf } from './grounds.ts';
import { judge } from './judge.ts';
import { type Audience, netReach } from './net-reach.ts';
import { reasonsOf } from './reasons.ts';
import { round, roundMeasures } from './round.ts';
import { contributionsOf } from './score.ts';
import type { WeighSettings } from './settings.ts';
import type { Signal } from './signal.ts';
import { isoTime, signalId } from './signal-id.ts';

/**
 * Weighs one cell: evidence in, the contract's signal out. Pure and deterministic; figures are rounded to six digits, so that the same
 * evidence gives the same bytes.
 *
 * @example
 * weighCell(evidence, createFrame(rows), settings).verdict.label; // 'amplified'
 */
export function weighCell(evidence: CellEvidence, frame: Frame, settings: WeighSettings): Signal {
  const facts = factsOf(evidence, frame, settings);
  const { amplification, representativeness, standing } = facts;
  const grounds = groundsOf(facts);
  const { label, score } = judge(grounds, settings);
  const { agency, region, theme, window } = evidence;
  return {
    id: signalId(evidence),
    agency,
    region,
    theme,
    window: { from: isoTime(window.fromMs), to: isoTime(window.toMs) },
    volume: { posts: evidence.posts, statements: evidence.statements, authors: evidence.authors },
    ...roundMeasures({
      voices: facts.concentration,
      reach: {
        gross: evidence.gross,
        net: netReach(allotted(evidence), residentsOf(strataOf(frame, region)), settings.reach),
      },
      amplification,
      representativeness,
      appeals: { ratio: standing.ratio, ...filedIn(evidence.appeals) },
    }),
    verdict: {
      label,
      score: round(score),
      rule: settings.rule,
      reasons: reasonsOf(label, contributionsOf(grounds, settings.score), facts),
      wouldChangeIf: changesOf(label, facts, grounds, settings),
    },
  };
}

function filedIn({ inWindow, filed, recent, escalated, lead }: CellEvidence['appeals']) {
  return {
    count: inWindow,
    escalatedShare: filed === 0 ? 0 : escalated / filed,
    templateShare: filed === 0 ? 0 : 1 - recent / filed,
    ...(lead === null ? {} : { leadDays: { value: lead.days, low: lead.low, high: lead.high } }),
  };
}

/** The audiences, with as many more sources as persons of unknown region or body fall to the cell. */
function allotted({ audiences, unplaced: { factor } }: CellEvidence): readonly Audience[] {
  if (factor === 1) return audiences;
  return audiences.map((audience) => ({ ...audience, sources: audience.sources * factor }));
}
