import { Random } from '../../random.ts';
import { editCopy } from '../campaign.ts';
import { fill, joinSentences } from '../frames.ts';
import { typeAs } from '../spelling.ts';
import { everyday, jokes, shortComments, thanks } from '../texts/chatter.ts';
import { commonKk } from '../texts/common-kk.ts';
import { commonRu } from '../texts/common-ru.ts';
import { gladness, lines, praises, reports, tags, topicNames } from '../texts/reports.ts';
import type { Climate } from './climate.ts';
import type { Issue } from './issues.ts';
import type { Utterance } from './utterance.ts';

type Language = 'kk' | 'ru';
const COMMON = { kk: commonKk, ru: commonRu };

/** Texts in a third language, which the feed also holds. */
const FOREIGN = [
  'Does anyone know when this will be fixed? We have been waiting for days',
  'Visiting from abroad and surprised that nobody answers the phone here',
  'Bu yerda hech kim javob bermaydi, necha kundan beri kutamiz',
  'Bizga kim yordam beradi, hamma jim',
  'Kimse cevap vermiyor, günlerdir bekliyoruz',
] as const;

/** Puts an utterance into words. The same utterance always gets the same. */
export function word(one: Utterance, climate: Climate, clean: boolean): string {
  const random = new Random(one.seed);
  const { issue, role, person, about } = one;
  if (role === 'shared' && about !== undefined) return word(about, climate, clean);
  if (issue === undefined) return typeAs(chat(one, random), person.habits, random);
  if (!clean && random.chance(climate.foreignShare)) return random.pick(FOREIGN);
  switch (role) {
    case 'copy':
      return withTag(editCopy(campaignText(issue, one.template ?? 0), random), issue, 0.4, random);
    case 'line':
      return withTag(typeAs(inLine(one, climate, random), person.habits, random), issue, 0.6, random);
    case 'report':
      return topical(reports, one, random);
    case 'praise':
      return typeAs(topical(praises, one, random), person.habits, random);
    default: {
      const said = complaint(one, clean ? { ...climate, namesBody: 1, namesPlace: 1 } : climate, random);
      return withTag(typeAs(said, person.habits, random), issue, 0.02, random);
    }
  }
}

/** In the hired account's own words, half of the time opened as it was told to. */
function inLine(one: Utterance, climate: Climate, random: Random): string {
  const said = complaint(one, climate, random);
  return random.chance(0.5) ? `${random.pick(lines[tongueOf(one, random)])}. ${said}` : said;
}

/** With the tag of the campaign, and sometimes the page it wants read. */
function withTag(text: string, issue: Issue, chance: number, random: Random): string {
  const tag = tags[(issue.at * 7) % tags.length];
  const tagged = random.chance(chance) ? `${text} ${tag}` : text;
  return random.chance(chance / 3) ? `${tagged} https://petition.example/${issue.at}` : tagged;
}

/** The text of a campaign that its hired accounts copy. */
export function campaignText(issue: Issue, template: number): string {
  const random = new Random(issue.at * 1009 + template * 31 + 7);
  const language: Language = random.chance(0.5) ? 'kk' : 'ru';
  const common = COMMON[language];
  const frames = issue.subject.frames[language];
  const sentences = [
    random.pick(lines[language]),
    random.pick(frames),
    random.pick(frames),
    random.pick(common.moods),
    random.pick(common.addresses),
  ];
  return joinSentences(
    [...new Set(sentences)].map((frame) => fill(frame, issue.subject.slots, random)),
    random,
  );
}

/** Somebody's own words: what is wrong, and around it, in any order, what people add. */
function complaint(one: Utterance, climate: Climate, random: Random): string {
  const { issue, person } = one;
  if (issue === undefined) return '';
  const isOutsider = person.region !== issue.region;
  const namesPlace = isOutsider || random.chance(climate.namesPlace);
  const namesBody = random.chance(climate.namesBody);
  const first = tongueOf(one, random);
  const second = person.tongue === 'mixed' ? (first === 'kk' ? 'ru' : 'kk') : first;
  const core = random.pick(issue.subject.frames[first]);
  const saysBody = core.includes('{akim');
  const before = [
    ...some(COMMON[first].openings, 0.25, random),
    namesPlace ? core : withoutPlace(core),
    ...some(COMMON[second].since, 0.45, random),
  ];
  const after = [
    ...some(COMMON[second].spots, 0.25, random),
    ...some(COMMON[second].moods, 0.5, random),
    ...some(COMMON[second].addresses, namesBody && !saysBody ? 1 : 0, random),
    ...some(COMMON[first].asks, 0.3, random),
  ];
  if (random.chance(0.3)) after.reverse();
  return joinSentences(
    [...before, ...after].map((frame) => fill(frame, issue.subject.slots, random)),
    random,
  );
}

function some(frames: readonly string[], chance: number, random: Random): string[] {
  return random.chance(chance) ? [random.pick(frames)] : [];
}

/** The frame without the words for the place. */
function withoutPlace(frame: string): string {
  return frame
    .replace(/,?\s*\{(?:kd|v)\}(?=[\s,.:?!]|$)/g, '')
    .replace(/^[\s,:]+/, '')
    .trim();
}

function topical(frames: Readonly<Record<Language, readonly string[]>>, one: Utterance, random: Random): string {
  const { issue } = one;
  if (issue === undefined) return '';
  const language = tongueOf(one, random);
  const topic = topicNames[issue.subject.theme]?.[language] ?? [issue.subject.theme];
  const after = frames === praises ? some(gladness[language], 0.7, random) : some(COMMON[language].since, 0.5, random);
  const sentences = [random.pick(frames[language]), ...after];
  return joinSentences(
    sentences.map((frame) => fill(frame, { ...issue.subject.slots, topic }, random)),
    random,
  );
}

function chat(one: Utterance, random: Random): string {
  const language = tongueOf(one, random);
  if (one.kind === 'comment' && random.chance(0.4)) return random.pick(shortComments);
  const frames = random.weighted<readonly string[]>([
    [everyday[language], 6],
    [jokes[language], 1.5],
    [thanks[language], 0.8],
  ]);
  const picked = random.chance(0.5) ? [random.pick(frames)] : [random.pick(frames), random.pick(everyday[language])];
  return joinSentences(
    [...new Set(picked)].map((frame) => fill(frame, one.person.region.slots, random)),
    random,
  );
}

function tongueOf({ person }: Utterance, random: Random): Language {
  if (person.tongue !== 'mixed') return person.tongue;
  return random.chance(0.5) ? 'kk' : 'ru';
}
