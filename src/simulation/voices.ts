import { fill, joinSentences, type Slots } from './frames.ts';
import type { Random } from './random.ts';
import type { StoryTexts, Tongue, Voice } from './texts/voice.ts';

/** What a person of this tongue says about a story: one to four sentences, as spoken, before it is typed. */
export function speak(texts: StoryTexts, tongue: Tongue, slots: Slots, random: Random): string {
  if (tongue === 'mixed') return speakMixed(texts, slots, random);
  const voice = texts[tongue];
  const frames = [
    ...(voice.openings.length > 0 && random.chance(0.25) ? [random.pick(voice.openings)] : []),
    random.pick(voice.cores),
    ...afterwords(voice, random, 0.45),
  ];
  return say(frames, slots, random);
}

/** Code-switching: a sentence of both languages, or one language after the other. */
function speakMixed(texts: StoryTexts, slots: Slots, random: Random): string {
  const [first, second] = random.chance(0.5) ? ([texts.kk, texts.ru] as const) : ([texts.ru, texts.kk] as const);
  if (texts.mixed.length > 0 && random.chance(0.35))
    return say([random.pick(texts.mixed), ...afterwords(first, random, 0.6)], slots, random);
  return say([random.pick(first.cores), random.pick(second.cores), ...afterwords(second, random, 0.2)], slots, random);
}

function afterwords(voice: Voice, random: Random, chance: number): string[] {
  return [voice.details, voice.closings].flatMap((frames) =>
    frames.length > 0 && random.chance(chance) ? [random.pick(frames)] : [],
  );
}

function say(frames: readonly string[], slots: Slots, random: Random): string {
  return joinSentences(
    frames.map((frame) => fill(frame, slots, random)),
    random,
  );
}
