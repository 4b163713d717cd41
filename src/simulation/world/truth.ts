import type { VerdictLabel } from '../../weigh/signal.ts';
import { type Span, timestampOf } from '../period.ts';
import { total } from './citizens.ts';
import { expectedVoices, interested, type Stage } from './discussion.ts';
import { circleOf } from './exposure.ts';
import type { Filed } from './filing.ts';
import type { Issue } from './issues.ts';
import type { IssueKind, WorldName } from './kinds.ts';
import { personsExposed, type Source } from './true-reach.ts';
import type { Utterance } from './utterance.ts';

/** An issue counts as widespread and real from this part of the residents on. */
export const WIDESPREAD_FROM = 0.01;

/** In the last seven days: voices are broad, appeals confirm, and a campaign is loud, from so many complainers, appeals and posts on. */
const BROAD_FROM = 8;
const FILED_FROM = 5;
const LOUD_FROM = 10;

/** What is true of an issue over a span of time. */
export interface SpanTruth {
  from: string;
  to: string;
  /** Distinct posts; those of hired accounts; those that repeat somebody: hired ones and shared ones. */
  posts: number;
  hiredPosts: number;
  amplifiedPosts: number;
  amplifiedShare: number;
  authors: number;
  /** Distinct residents of the region, not hired, who complained in words of their own. */
  complainers: number;
  /** How many of these were to be expected; and per 100,000 residents, were all strata to write as much. Null where a crowd of another kind speaks. */
  expectedComplainers: number | null;
  standardisedRate: number | null;
  /** Distinct persons who were shown any of the posts. */
  exposed: number;
  /** Complaints and requests received. */
  appeals: number;
}

export interface IssueTruth {
  id: number;
  kind: IssueKind;
  /**
   * The verdict of a judge who knew everything, by what happened in the last seven days; `insufficient` where many live with it
   * and neither write nor file.
   */
  label: VerdictLabel;
  agency: string;
  region: string;
  theme: string;
  residents: number;
  /** Residents who live with it at the end of the period, and their share. */
  affected: number;
  affectedShare: number;
  widespread: boolean;
  /** Most of the posts of the last seven days repeat somebody. */
  amplified: boolean;
  /** The last seven days, the last day, the whole period. */
  windows: [week: SpanTruth, day: SpanTruth, period: SpanTruth];
}

export interface WorldTruth {
  world: WorldName;
  seed: number;
  from: string;
  to: string;
  widespreadFrom: number;
  issues: IssueTruth[];
}

/** Tells the truth of each issue from what happened. */
export function tellIssue(
  issue: Issue,
  said: readonly Utterance[],
  filed: readonly Filed[],
  spans: readonly [Span, Span, Span],
  stage: Stage,
): IssueTruth {
  const [week, day, period] = spans;
  const tell = (span: Span) => tellSpan(issue, said, filed, span, stage);
  const windows: IssueTruth['windows'] = [tell(week), tell(day), tell(period)];
  const share = issue.affected / issue.residents;
  return {
    id: issue.at,
    kind: issue.kind,
    label: labelOf(issue.kind, share >= WIDESPREAD_FROM, windows[0]),
    agency: issue.subject.agency,
    region: issue.region.code,
    theme: issue.subject.theme,
    residents: issue.residents,
    affected: issue.affected,
    affectedShare: share,
    widespread: share >= WIDESPREAD_FROM,
    amplified: windows[0].amplifiedShare > 0.5,
    windows,
  };
}

/** What the labels of the contract mean, where it is known who lives with the issue. */
function labelOf(
  kind: IssueKind,
  isWidespread: boolean,
  { posts, complainers, appeals, amplifiedShare }: SpanTruth,
): VerdictLabel {
  if (kind === 'emergency') return 'emergency';
  if (isWidespread && complainers >= BROAD_FROM) return appeals >= FILED_FROM ? 'systemic' : 'emerging';
  if (isWidespread) return appeals >= FILED_FROM ? 'silent' : 'insufficient';
  return amplifiedShare > 0.5 && posts >= LOUD_FROM ? 'amplified' : 'noise';
}

function tellSpan(
  issue: Issue,
  said: readonly Utterance[],
  filed: readonly Filed[],
  span: Span,
  stage: Stage,
): SpanTruth {
  const within = said.filter(({ atMs }) => atMs >= span.fromMs && atMs < span.toMs);
  const own = within.filter(({ role, person }) => role === 'complaint' && person.region === issue.region);
  const repeating = within.filter(({ role }) => role === 'copy' || role === 'line' || role === 'shared').length;
  const expected = expectComplainers(issue, span, stage);
  return {
    from: timestampOf(span.fromMs),
    to: timestampOf(span.toMs),
    posts: within.length,
    hiredPosts: within.filter(({ person }) => person.hired).length,
    amplifiedPosts: repeating,
    amplifiedShare: within.length === 0 ? 0 : repeating / within.length,
    authors: new Set(within.flatMap(({ role, person }) => (role === 'report' ? [] : [person.id]))).size,
    complainers: new Set(own.map(({ person }) => person.id)).size,
    expectedComplainers: expected === null ? null : total(expected),
    standardisedRate: expected === null ? null : standardise(expected, issue, stage),
    exposed: exposedIn(within, issue, stage),
    appeals: total(
      filed.map(({ appeal }) => {
        const ms = Date.parse(appeal.receivedAt);
        const counts = appeal.kind === 'complaint' || appeal.kind === 'request';
        return counts && ms >= span.fromMs && ms < span.toMs ? appeal.count : 0;
      }),
    ),
  };
}

/** Expected distinct complainers of each stratum, where ordinary residents speak. */
function expectComplainers(issue: Issue, span: Span, stage: Stage): number[] | null {
  if (['loud_minority', 'media_echo', 'viral', 'thanks'].includes(issue.kind)) return null;
  const part = issue.timeline.shareIn(span);
  const { newcomers, regularPosts } = expectedVoices(issue.voiced * part, stage.climate);
  const byStratum = stage.citizens.writersOf(issue.region, issue.odds).map((share) => share * newcomers);
  const regulars = interested(issue, stage);
  const weights = regulars.upTo.at(-1) ?? 1;
  for (const [{ stratum }, weight] of regulars.items) {
    byStratum[stratum] = (byStratum[stratum] ?? 0) - Math.expm1((-regularPosts * weight) / weights);
  }
  return byStratum;
}

/** Per 100,000 residents, each stratum as if it wrote as much as the mean resident. */
function standardise(expected: readonly number[], issue: Issue, { citizens }: Stage): number {
  const participation = citizens.participation(issue.region);
  return (total(expected.map((count, i) => count / (participation[i] ?? 1))) / issue.residents) * 100_000;
}

function exposedIn(within: readonly Utterance[], issue: Issue, { climate, country }: Stage): number {
  const sources = new Map<string, Source>();
  for (const { platform, kind, channel, person, exposed, role } of within) {
    const id = channel === undefined ? `u${person.id}` : `c${channel.id}`;
    const source = sources.get(id) ?? {
      platform,
      exposures: 0,
      largest: 0,
      circle: Math.max(1, circleOf(kind, person.followers, channel)),
      local: localPart(
        person.region === issue.region,
        role === 'report' || channel?.kind === 'media',
        channel?.region !== undefined,
      ),
    };
    source.exposures += exposed;
    source.largest = Math.max(source.largest, exposed);
    sources.set(id, source);
  }
  return personsExposed(
    [...sources.values()],
    { local: issue.residents, elsewhere: country - issue.residents },
    climate,
  );
}

/** How many of a source's followers live where the issue is: most of a resident's and of a local page's, few of a national outlet's. */
function localPart(isResident: boolean, isOutlet: boolean, isLocal: boolean): number {
  if (isOutlet) return isLocal ? 0.9 : 0.08;
  return isResident ? 0.9 : 0.05;
}
