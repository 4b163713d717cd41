import type { Appeal } from '../../post/appeal.ts';
import type { Random } from '../../random.ts';
import { drawStanding, REQUESTS, SYSTEMS } from '../appeals.ts';
import { fill } from '../frames.ts';
import { DAY_MS, officeTime, timestampOf } from '../period.ts';
import { regions } from '../regions.ts';
import { scramble } from './citizens.ts';
import type { Climate } from './climate.ts';
import type { Stage } from './discussion.ts';
import type { Issue } from './issues.ts';

/** An appeal and the issue it is about. */
export interface Filed {
  appeal: Appeal;
  issue: Issue;
}

/** Consultations and thanks for each complaint or request. */
const ASIDE = 0.2;

/** The appeals of a society, in order of receipt: those that reach the systems before the end of the period. */
export function fileAll(issues: readonly Issue[], stage: Stage, random: Random): Filed[] {
  const filed = issues.flatMap((issue) => fileAbout(issue, stage, random));
  return filed
    .sort((a, b) => Date.parse(a.appeal.receivedAt) - Date.parse(b.appeal.receivedAt))
    .map((one, i) => ({ ...one, appeal: { ...one.appeal, id: `A${scramble(i + 1)}` } }));
}

/** The bias of the systems: regions and themes whose people file more or less than others. */
export function filingBias(
  { regionSpread, themeSpread }: Climate,
  random: Random,
): (issue: Pick<Issue, 'region' | 'subject'>) => number {
  const byRegion = new Map(regions.map(({ code }) => [code, random.logNormal(1, regionSpread)]));
  const byTheme = new Map<string, number>();
  return ({ region, subject }) => {
    const theme = byTheme.get(subject.theme) ?? random.logNormal(1, themeSpread);
    byTheme.set(subject.theme, theme);
    return theme * (byRegion.get(region.code) ?? 1);
  };
}

function fileAbout(issue: Issue, stage: Stage, random: Random): Filed[] {
  const { startMs, endMs, climate } = stage;
  const template = issue.kind === 'appeal_drive' ? wording(issue, random) : undefined;
  return Array.from({ length: random.poisson(issue.filed * (1 + ASIDE)) }, () => {
    const happenedMs = issue.timeline.draw(random);
    const dueMs = happenedMs + Math.round(random.logNormal(climate.appealDelayDays, 0.7) * DAY_MS);
    const receivedMs = officeTime({ fromMs: dueMs, toMs: dueMs + DAY_MS }, random);
    return { receivedMs, isAside: random.chance(ASIDE / (1 + ASIDE)) };
  })
    .filter(({ receivedMs }) => receivedMs >= startMs && receivedMs < endMs)
    .map(({ receivedMs, isAside }) => ({ issue, appeal: write(issue, receivedMs, isAside, template, random) }));
}

function write(
  issue: Issue,
  receivedMs: number,
  isAside: boolean,
  template: string | undefined,
  random: Random,
): Appeal {
  const { subject, region } = issue;
  const names = [...(subject.slots['akim'] ?? []), ...(subject.slots['akimat'] ?? [])];
  const body = random.chance(0.6) ? { agency: subject.agency } : { agencyName: random.pick(names) };
  const appeal: Appeal = {
    id: '',
    system: random.weighted(SYSTEMS),
    receivedAt: timestampOf(receivedMs),
    ...body,
    count: random.chance(0.03) ? random.between(2, 5) : 1,
    kind: isAside
      ? random.pick(['consultation', 'consultation', 'thanks'] as const)
      : random.chance(0.8)
        ? 'complaint'
        : 'request',
  };
  if (random.chance(0.96)) appeal.region = region.code;
  const hasText = template !== undefined || (!isAside && random.chance(0.45));
  if (hasText) appeal.text = template ?? wording(issue, random);
  if (!hasText || random.chance(0.4)) appeal.theme = subject.theme;
  drawStanding(appeal, random);
  return appeal;
}

function wording({ subject }: Issue, random: Random): string {
  const tongue = random.chance(0.6) ? 'kk' : 'ru';
  const request = random.pick(REQUESTS[tongue]);
  const text = fill(random.pick(subject.frames[tongue]), subject.slots, random).replace(/\?$/, '');
  return request === '' ? `${text}.` : `${text}. ${request}.`;
}
