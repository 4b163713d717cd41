import type { Draft, Setting } from './draft.ts';
import { fill, joinSentences } from './frames.ts';
import { feedTime } from './period.ts';
import { type Person, writingWeights } from './society.ts';
import { typeAs } from './spelling.ts';
import { everyday, jokes, shortComments, thanks } from './texts/chatter.ts';
import { news, newsTails } from './texts/news.ts';

/** People thanking a body. */
export function draftThanks(count: number, setting: Setting): Draft[] {
  return draftEach(count, setting, 'thanks', thanks);
}

/** Jokes and everyday posts, which are about no body. */
export function draftChatter(count: number, setting: Setting): Draft[] {
  const joking = Math.round(count * 0.16);
  return [...draftEach(joking, setting, 'chatter', jokes), ...draftEach(count - joking, setting, 'chatter', everyday)];
}

/** «Согласен», «дұрыс», «+1»: under other posts, alike without being copied. */
export function draftShortComments(count: number, setting: Setting): Draft[] {
  const { random, span } = setting;
  const authors = recruit(Math.ceil(count * 0.8), setting);
  return Array.from({ length: count }, () => {
    const text = random.pick(shortComments);
    return {
      story: 'chatter' as const,
      person: random.pick(authors),
      tongue: !/\p{L}{2}/u.test(text) ? 'none' : /[әғқңөұүһі]/u.test(text) ? 'kk' : 'ru',
      text,
      atMs: feedTime(span, random),
      kind: 'comment' as const,
    };
  });
}

/** Reports of media pages and notices of agencies. */
export function draftNews(count: number, setting: Setting): Draft[] {
  const { random, society, span, wordings } = setting;
  return Array.from({ length: count }, () => {
    const newsPerson = society.recruit(random);
    const tongue = random.chance(newsPerson.region.kazakh) ? 'kk' : 'ru';
    const { platform, channel } = society.newsroom(random, newsPerson.region);
    const person: Person = { ...newsPerson, id: channel.id, followers: channel.members ?? 0, createdAt: undefined };
    const frames = news[tongue];
    const draw = () => {
      const tail = random.chance(0.6) ? [random.pick(newsTails[tongue])] : [];
      const sentences = [random.pick(frames), ...tail].map((frame) => fill(frame, person.region.slots, random));
      return `${sentences.join('. ')}.`;
    };
    const text = wordings.drawNew(draw);
    return {
      story: 'news' as const,
      person,
      tongue,
      text,
      atMs: feedTime(span, random),
      platform,
      channel,
      kind: 'post' as const,
    };
  });
}

function draftEach(
  count: number,
  setting: Setting,
  story: 'thanks' | 'chatter',
  frames: Readonly<Record<'kk' | 'ru', readonly string[]>>,
): Draft[] {
  const { random, span, wordings } = setting;
  const authors = writingWeights(recruit(Math.ceil(count * 0.75), setting), 0.4);
  return Array.from({ length: count }, () => {
    const person = random.weighted(authors);
    const tongue = person.tongue === 'mixed' ? 'ru' : person.tongue;
    const draw = () => {
      const picked = random.chance(0.45)
        ? [random.pick(frames[tongue]), random.pick(frames[tongue])]
        : [random.pick(frames[tongue])];
      const sentences = [...new Set(picked)].map((frame) => fill(frame, person.region.slots, random));
      return typeAs(joinSentences(sentences, random), person.habits, random);
    };
    return { story, person, tongue, text: wordings.drawNew(draw), atMs: feedTime(span, random) };
  });
}

function recruit(count: number, { society, random }: Setting): Person[] {
  return Array.from({ length: count }, () => society.recruit(random));
}
