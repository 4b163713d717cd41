import type { Random } from '../../random.ts';
import type { Frame } from '../../weigh/frame.ts';
import { strataOf } from '../../weigh/frame.ts';
import { DAY_MS, type Span } from '../period.ts';
import { type Region, regions } from '../regions.ts';
import { EVEN, total } from './citizens.ts';
import type { Climate } from './climate.ts';
import { filingBias } from './filing.ts';
import { COMPOSITION, HELD_OUT_KINDS, ISSUE_KINDS, type IssueKind, type WorldName } from './kinds.ts';
import { drawDanger, drawSubject, type Subject } from './subjects.ts';
import { burst, type Loudness, since, steady, Timeline, waves } from './timeline.ts';
import { Urn } from './urn.ts';

/** One issue of a society, as it is. */
export interface Issue {
  /** Its place among the issues. */
  at: number;
  kind: IssueKind;
  region: Region;
  subject: Subject;
  residents: number;
  /** Residents who live with it at the end of the period. */
  affected: number;
  /** How much likelier each stratum lives with it. */
  odds: readonly number[];
  timeline: Timeline;
  /** Expected posts of those who speak for themselves, over the period. */
  voiced: number;
  /** What hired accounts add. */
  hired: Hired | undefined;
  /** Expected appeals over the period, in whose tail those of the last days have not arrived. */
  filed: number;
}

export interface Hired {
  posts: number;
  accounts: number;
  timeline: Timeline;
  /** Orders go out in its hours, so many posts each, and are carried out within this time. */
  perOrder: number;
  promptSeconds: number;
  /** Copies of so many texts; none where each account has words of its own. */
  templates: number;
}

const REAL: readonly IssueKind[] = ['systemic', 'chronic', 'silent', 'emerging', 'amplified_real'];
const FALSE_ALARMS: readonly IssueKind[] = ['loud_minority', 'media_echo', 'viral', 'thanks'];
const HIRED: readonly IssueKind[] = ['campaign', 'coordinated', 'amplified_real'];

export interface IssueSettings {
  world: WorldName;
  climate: Climate;
  frame: Frame;
  span: Span;
  /** Posts and appeals about issues, over the period. */
  posts: number;
  appeals: number;
  /** Whether kinds that no fit may see are left out. */
  forFitting: boolean;
}

/** Small regions have their share of issues and more. */
const cells = new Urn(regions.map((region) => [region, region.thousands ** 0.7] as const));

/** Draws the issues of a society: each in a cell of its own. */
export function drawIssues(settings: IssueSettings, random: Random): Issue[] {
  const { climate, posts, appeals } = settings;
  const taken = new Set<string>();
  const sketches = kindsOf(settings, random).map((kind) => sketch(kind, taken, settings, random));
  const hired = posts * climate.hiredShare;
  const alarming = (posts - hired) * climate.falseAlarmShare;
  const own = posts - hired - alarming;
  const share = (part: (one: Sketch) => number, all: number) => {
    const sum = total(sketches.map(part));
    return (one: Sketch) => (sum === 0 ? 0 : (all * part(one)) / sum);
  };
  const ownOf = share((one) => one.salience, own);
  const alarmOf = share((one) => one.alarm, alarming);
  const hiredOf = share((one) => one.hire, hired);
  const bias = filingBias(climate, random);
  const filedOf = share((one) => one.filing * bias(one), appeals);
  return sketches.map((one, at): Issue => {
    const count = Math.round(hiredOf(one));
    return {
      ...one,
      at,
      voiced: Math.max(ownOf(one) + alarmOf(one), one.witnesses),
      hired: count === 0 ? undefined : hire(one.kind, count, settings.span, random),
      filed: filedOf(one) + one.activists,
    };
  });
}

interface Sketch extends Pick<Issue, 'kind' | 'region' | 'subject' | 'residents' | 'affected' | 'odds' | 'timeline'> {
  salience: number;
  alarm: number;
  hire: number;
  filing: number;
  activists: number;
  /** Posts that there are in any case. */
  witnesses: number;
}

function kindsOf({ world, forFitting }: IssueSettings, random: Random): IssueKind[] {
  return ISSUE_KINDS.flatMap((kind) => {
    const count = random.between(...COMPOSITION[world][kind]);
    return forFitting && HELD_OUT_KINDS.includes(kind) ? [] : Array.from({ length: count }, () => kind);
  });
}

function sketch(kind: IssueKind, taken: Set<string>, settings: IssueSettings, random: Random): Sketch {
  const { climate, frame } = settings;
  const { region, subject } = drawCell(kind, taken, random);
  const strata = strataOf(frame, region.code);
  const residents = total(strata);
  const affected = Math.max(1, Math.round(Math.min(0.6, affectedShare(kind, residents, random)) * residents));
  const { loudness, active } = course(kind, random);
  const novelty = kind === 'emerging' ? random.uniform(2, 5) : kind === 'emergency' ? random.uniform(6, 15) : 1;
  const grown = (exponent: number) => (affected / 1000) ** exponent * active;
  return {
    kind,
    region,
    subject,
    residents,
    affected,
    odds: kind === 'viral' ? EVEN : oddsOf(kind, random),
    timeline: new Timeline(settings.span, loudness),
    salience:
      grown(climate.volumeExponent) * novelty * quiet(kind, random) * random.logNormal(1, climate.salienceSpread),
    alarm: FALSE_ALARMS.includes(kind) ? random.logNormal(1, 0.6) : 0,
    hire: HIRED.includes(kind) ? random.logNormal(1, 0.45) : 0,
    filing: kind === 'thanks' ? 0 : grown(climate.appealExponent) * random.logNormal(1, climate.appealSpread),
    witnesses: kind === 'emergency' ? random.logUniform(4, 40) : 0,
    activists: kind === 'loud_minority' ? random.between(0, 12) : kind === 'appeal_drive' ? random.between(40, 250) : 0,
  };
}

function drawCell(kind: IssueKind, taken: Set<string>, random: Random): { region: Region; subject: Subject } {
  for (;;) {
    const region = cells.draw(random);
    const subject = kind === 'emergency' ? drawDanger(region, random) : drawSubject(region, random);
    const cell = `${subject.theme}/${region.code}`;
    if (taken.has(cell)) continue;
    taken.add(cell);
    return { region, subject };
  }
}

function affectedShare(kind: IssueKind, residents: number, random: Random): number {
  if (REAL.includes(kind)) return random.logUniform(0.008, 0.25);
  if (kind === 'emergency') return random.logUniform(40, 4000) / residents;
  if (kind === 'minor') return random.logUniform(0.00005, 0.008);
  if (kind === 'thanks') return 0;
  return random.logUniform(0.00003, 0.003);
}

/** Those who bear a silent problem are mostly those who do not write. */
function oddsOf(kind: IssueKind, random: Random): number[] {
  const village = random.logNormal(kind === 'silent' ? 3 : 1, 0.5);
  const kazakh = random.logNormal(kind === 'silent' ? 1.3 : 1, 0.35);
  return [kazakh, 1, kazakh * village, village];
}

function quiet(kind: IssueKind, random: Random): number {
  if (kind === 'silent') return random.logUniform(0.01, 0.1);
  return kind === 'thanks' ? 0 : 1;
}

/** When it is spoken of, and for which part of the four weeks. */
function course(kind: IssueKind, random: Random): { loudness: Loudness; active: number } {
  if (kind === 'emerging') return begun(random.uniform(0.6, 4.5), random);
  if (kind === 'emergency') return fading(random.uniform(0.1, 2.5), random.uniform(0.3, 1.2));
  if (FALSE_ALARMS.includes(kind) && kind !== 'loud_minority')
    return fading(random.chance(0.75) ? random.uniform(0.5, 6.5) : random.uniform(7, 25), random.uniform(0.7, 3));
  if (kind === 'systemic' && random.chance(0.5)) return begun(random.uniform(7, 26), random);
  return { loudness: steady(random), active: 1 };
}

function begun(onset: number, random: Random) {
  return { loudness: since(onset, random), active: onset / 28 };
}

function fading(onset: number, halfLife: number) {
  return { loudness: burst(onset, halfLife), active: Math.min(onset, 2 * halfLife) / 28 };
}

function hire(kind: IssueKind, posts: number, span: Span, random: Random): Hired {
  const days = (span.toMs - span.fromMs) / DAY_MS;
  const latest = random.chance(0.8) ? 7 : days;
  const starts = Array.from({ length: random.between(2, 9) }, () => random.uniform(0.1, latest - 0.1));
  return {
    posts,
    accounts: Math.max(3, Math.min(Math.round(posts / random.uniform(1.5, 12)), 120)),
    timeline: new Timeline(span, waves(starts, random.between(1, 5))),
    perOrder: random.uniform(4, 25),
    promptSeconds: Math.round(random.logUniform(60, 7200)),
    templates: kind === 'coordinated' ? 0 : random.between(1, 5),
  };
}
