import type { Random } from '../random.ts';

/** How a person types, the same in all their posts. */
export interface Habits {
  /** `folded` leaves out the letters that a Russian keyboard lacks; `latin` is informal transliteration. */
  script: 'standard' | 'folded' | 'latin';
  /** No capitals, few marks. */
  careless: boolean;
  /** Chance of one slip of the finger in a post. */
  slipRate: number;
  emojiRate: number;
}

const FOLDED: Readonly<Record<string, string>> = {
  ә: 'а',
  ғ: 'г',
  қ: 'к',
  ң: 'н',
  ө: 'о',
  ұ: 'у',
  ү: 'у',
  һ: 'х',
  і: 'и',
};

const LATIN: Readonly<Record<string, string>> = {
  ...{ а: 'a', ә: 'a', б: 'b', в: 'v', г: 'g', ғ: 'g', д: 'd', е: 'e', ё: 'yo', ж: 'zh', з: 'z', и: 'i', й: 'i' },
  ...{ к: 'k', қ: 'q', л: 'l', м: 'm', н: 'n', ң: 'n', о: 'o', ө: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u' },
  ...{ ұ: 'u', ү: 'u', ф: 'f', х: 'h', һ: 'h', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'sh', ъ: '', ы: 'y', і: 'i', ь: '' },
  ...{ э: 'e', ю: 'yu', я: 'ya' },
};

const EMOJI = ['😡', '😢', '🙏', '🤦‍♀️', '🤷', '😂', '❗️', '💧', '🥶', '👍🏻', '❤️', '😤', '🔥', '🇰🇿', '🤔'];

export function drawHabits(random: Random): Habits {
  return {
    script: random.weighted([
      ['standard', 0.8],
      ['folded', 0.15],
      ['latin', 0.05],
    ]),
    careless: random.chance(0.3),
    slipRate: random.weighted([
      [0, 0.6],
      [0.3, 0.4],
    ]),
    emojiRate: random.weighted([
      [0, 0.6],
      [0.5, 0.4],
    ]),
  };
}

/** A text as this person types it. Letters change, words stay. */
export function typeAs(text: string, habits: Habits, random: Random): string {
  let typed = text;
  if (habits.careless)
    typed = typed.toLocaleLowerCase('kk').replace(/[,.!]+(?=\s|$)/gu, (mark) => (random.chance(0.5) ? '' : mark));
  if (random.chance(habits.slipRate)) typed = slip(typed, random);
  if (random.chance(0.03)) typed = stretch(typed, random);
  if (habits.script === 'folded') typed = mapLetters(typed, FOLDED);
  if (habits.script === 'latin') typed = mapLetters(typed, LATIN);
  if (random.chance(habits.emojiRate)) typed += ` ${random.pick(EMOJI).repeat(random.between(1, 3))}`;
  return typed;
}

/** Writes every letter of the table by its value, keeping capitals. */
export function mapLetters(text: string, table: Readonly<Record<string, string>>): string {
  let mapped = '';
  for (const letter of text) {
    const lower = letter.toLocaleLowerCase('kk');
    const value = table[lower];
    if (value === undefined) mapped += letter;
    else mapped += lower === letter ? value : value.charAt(0).toUpperCase() + value.slice(1);
  }
  return mapped;
}

/** One letter of a longer word lost, doubled or swapped with its neighbour. */
function slip(text: string, random: Random): string {
  const words = [...text.matchAll(/\p{L}{6,}/gu)];
  if (words.length === 0) return text;
  const word = random.pick(words);
  const at = word.index + random.between(2, word[0].length - 3);
  const [here, next] = [text.charAt(at), text.charAt(at + 1)];
  const instead = random.pick(['', here + here, next + here]);
  const taken = instead === next + here ? 2 : 1;
  return text.slice(0, at) + instead + text.slice(at + taken);
}

/** A vowel drawn out, as in «қашааан». */
function stretch(text: string, random: Random): string {
  const vowels = [...text.matchAll(/[аәеоөуұүыіия](?=\p{L}?[\s.!?,]|$)/giu)];
  if (vowels.length === 0) return text;
  const vowel = random.pick(vowels);
  return text.slice(0, vowel.index) + vowel[0].repeat(random.between(3, 5)) + text.slice(vowel.index + 1);
}
