import type { Random } from '../random.ts';
import { fill, joinSentences, type Slots } from './frames.ts';
import type { StoryTexts, Tongue, Voice } from './texts/voice.ts';

/** The share of people who address the body that they have not named so far. */
const ADDRESSING = 0.5;

/** What a person of this tongue says about a story: one to four sentences, as spoken, before it is typed. */
export function speak(texts: StoryTexts, tongue: Tongue, slots: Slots, random: Random): string {
  if (tongue === 'mixed') return speakMixed(texts, slots, random);
  const voice = texts[tongue];
  const core = random.pick(voice.cores);
  const opening = voice.openings.length > 0 && random.chance(0.25) ? [random.pick(voice.openings)] : [];
  return say([...opening, core, ...afterwords(voice, core, random, 0.45)], slots, random);
}

/** Code-switching: a sentence of both languages, or one language after the other. */
function speakMixed(texts: StoryTexts, slots: Slots, random: Random): string {
  const [first, second] = random.chance(0.5) ? ([texts.kk, texts.ru] as const) : ([texts.ru, texts.kk] as const);
  if (texts.mixed.length > 0 && random.chance(0.35)) {
    const core = random.pick(texts.mixed);
    return say([core, ...afterwords(first, core, random, 0.6)], slots, random);
  }
  const cores = [random.pick(first.cores), random.pick(second.cores)];
  return say([...cores, ...afterwords(second, cores.join(' '), random, 0.2)], slots, random);
}

/** A detail and a closing, either optional. Many who have not named the body yet address it at the end. */
function afterwords({ details, closings }: Voice, said: string, random: Random, chance: number): string[] {
  const addresses = closings.filter(namesBody);
  const isAddressed = !namesBody(said) && addresses.length > 0 && random.chance(ADDRESSING);
  const detail = details.length > 0 && random.chance(chance) ? [random.pick(details)] : [];
  if (isAddressed) return [...detail, random.pick(addresses)];
  return closings.length > 0 && random.chance(chance) ? [...detail, random.pick(closings)] : detail;
}

function namesBody(frame: string): boolean {
  return frame.includes('{akim');
}

function say(frames: readonly string[], slots: Slots, random: Random): string {
  return joinSentences(
    frames.map((frame) => fill(frame, slots, random)),
    random,
  );
}
