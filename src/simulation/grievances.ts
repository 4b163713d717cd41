import type { Draft, Setting } from './draft.ts';
import { fill, type Slots } from './frames.ts';
import { DAY_MS, feedTime, type Span } from './period.ts';
import type { Region } from './regions.ts';
import { type Person, writingWeights } from './society.ts';
import { typeAs } from './spelling.ts';
import { plots, type StoryPlot } from './stories.ts';
import { ambulancePosts } from './texts/ambulance.ts';
import { backgroundClosings, backgroundDetails, type Grievance } from './texts/background.ts';
import { explosionPosts } from './texts/explosion.ts';
import { heating } from './texts/heating.ts';
import { localGrievances } from './texts/local-grievances.ts';
import { stateGrievances } from './texts/state-grievances.ts';
import { trees } from './texts/trees.ts';
import type { StoryTexts } from './texts/voice.ts';
import { water } from './texts/water.ts';
import { speak } from './voices.ts';

const HOUR_MS = 3_600_000;

export const grievances: readonly Grievance[] = [...localGrievances, ...stateGrievances];

/** A region's villages without water: many people, about one post each, on all three days. */
export function draftSystemic(count: number, setting: Setting): Draft[] {
  const authors = recruitMany(Math.ceil(count * 0.8), plots.systemic.cell.region, setting);
  return draftVoices(plots.systemic, water, authors, count, setting.span, ['#ауызсу', '#Түркістан', '#вода'], setting);
}

/** A town without heating: from the early morning of the last day on. */
export function draftEmerging(count: number, setting: Setting): Draft[] {
  const authors = recruitMany(Math.ceil(count * 0.85), plots.emerging.cell.region, setting);
  const span = { fromMs: setting.span.toMs - DAY_MS + HOUR_MS, toMs: setting.span.toMs };
  return draftVoices(plots.emerging, heating, authors, count, span, ['#Екібастұз', '#Экибастуз', '#жылу'], setting);
}

/** What people say about the campaign's subject in their own words. */
export function draftOwnWordsOnTrees(count: number, setting: Setting): Draft[] {
  const authors = recruitMany(count, plots.amplified.cell.region, setting);
  return draftVoices(plots.amplified, trees, authors, count, setting.span, [], setting);
}

/** The handful of posts about what villagers file appeals about. */
export function draftSilent(setting: Setting): Draft[] {
  const { random } = setting;
  return ambulancePosts.map((frame) => {
    const person = setting.society.recruit(random, plots.silent.cell.region);
    const text = fill(frame, plots.silent.slots, random);
    const tongue = /[әғқңөұүһі]/u.test(text) ? 'kk' : 'ru';
    return { story: 'silent', person, tongue, text, atMs: feedTime(setting.span, random) };
  });
}

/** An explosion in the afternoon of the last day, told by those who stood near within two hours. */
export function draftEmergency(setting: Setting): Draft[] {
  const { random } = setting;
  const startMs = setting.span.toMs - 13 * HOUR_MS;
  return explosionPosts.map(({ tongue, text }, i) => {
    const person = setting.society.recruit(random, plots.emergency.cell.region);
    return { story: 'emergency', person, tongue, text, atMs: startMs + i * 420_000 + random.between(0, 400) * 1000 };
  });
}

/** The country's ordinary grievances: every theme, every region, a few writers more than their share. */
export function draftBackground(count: number, setting: Setting): Draft[] {
  const { random } = setting;
  const authors = writingWeights(recruitMany(Math.ceil(count * 0.7), undefined, setting), 0.7);
  return Array.from({ length: count }, () => {
    let person = random.weighted(authors);
    let grievance = random.pick(grievances);
    while (isInAPlot(person.region, grievance)) {
      person = random.weighted(authors);
      grievance = random.pick(grievances);
    }
    const texts = textsOf(grievance);
    const slots = slotsOf(person.region, grievance);
    return {
      story: 'background' as const,
      person,
      tongue: person.tongue,
      text: setting.wordings.drawNew(() => typeAs(speak(texts, person.tongue, slots, random), person.habits, random)),
      atMs: feedTime(setting.span, random),
    };
  });
}

/** The words for the place and the agency of a grievance somewhere. */
export function slotsOf(region: Region, { agency }: Grievance): Slots {
  if (agency === 'akimat') return region.slots;
  return {
    ...region.slots,
    akim: [agency.kk],
    akimDat: [agency.kkDat],
    akimat: [agency.ru],
    akimatDat: [agency.ruDat],
  };
}

/** Whether a grievance there would fall into the region and theme of one of the stories. */
export function isInAPlot(region: Region, grievance: Grievance): boolean {
  return Object.values(plots).some(({ cell }) => cell.region === region.code && cell.theme === grievance.theme);
}

function textsOf(grievance: Grievance): StoryTexts {
  const voice = (tongue: 'kk' | 'ru') => ({
    openings: [],
    cores: grievance[tongue],
    details: backgroundDetails[tongue],
    closings: backgroundClosings[tongue],
  });
  return { kk: voice('kk'), ru: voice('ru'), mixed: [] };
}

function recruitMany(count: number, region: string | undefined, { society, random }: Setting): Person[] {
  return Array.from({ length: count }, () => society.recruit(random, region));
}

function draftVoices(
  plot: StoryPlot,
  texts: StoryTexts,
  authors: readonly Person[],
  count: number,
  span: Span,
  hashtags: readonly string[],
  { random, wordings }: Setting,
): Draft[] {
  const weights = writingWeights(authors, 0.25);
  return Array.from({ length: count }, (_, i) => {
    const person = authors[i] ?? random.weighted(weights);
    const draw = () => typeAs(speak(texts, person.tongue, plot.slots, random), person.habits, random);
    return {
      story: plot.story,
      person,
      tongue: person.tongue,
      text: wordings.drawNew(draw),
      atMs: feedTime(span, random),
      hashtags,
    };
  });
}
