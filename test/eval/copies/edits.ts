/** A seeded source of choices (mulberry32). */
export class Dice {
  private state: number;

  constructor(seed: number) {
    this.state = seed;
  }

  /** A number in 0 … 1. */
  roll(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(bound: number): number {
    return Math.floor(this.roll() * bound);
  }

  pick(from: readonly string[]): string {
    return from[this.below(from.length)] ?? '';
  }
}

const GREETINGS = [
  'Салем',
  'Ассалаумағалейкум',
  'Добрый день',
  'Здравствуйте',
  'Внимание!',
  'Друзья,',
  'Халайық,',
  'Репост!',
];
const TAILS = [
  '😡',
  '😂😂😂',
  '🙏🙏',
  '!!!',
  '...',
  '#Алматы',
  '#нетводы #позор',
  '@akimat',
  'https://t.me/x/1',
  '👍🔥',
];
const KAZAKH = 'әғқңөұүһіӘҒҚҢӨҰҮҺІ';
const RUSSIAN = 'агкноуухиАГКНОУУХИ';
const CYRILLIC = 'аеорсухАЕОРСКМТ';
const LATIN = 'aeopcyxAEOPCKMT';

/**
 * A copy of a text, edited as people edit what they paste. `strength` (0 … 0.4) is the share of words touched — replaced
 * by a word of another text, dropped, doubled up with a new one, swapped with the next, or misspelt — and the most that
 * is cut from the head or the tail. On top of that, each with its own chance: another greeting, emoji, hashtags, a handle
 * or a link at the end, Kazakh letters folded, Latin look-alikes, other punctuation and case.
 */
export function editCopy(text: string, strength: number, vocabulary: readonly string[], dice: Dice): string {
  let words = text.split(/\s+/).filter((word) => word !== '');
  const edits = Math.round(strength * words.length * dice.roll());
  for (let i = 0; i < edits; i++) editWord(words, vocabulary, dice);
  if (dice.roll() < 0.2) {
    const cut = Math.round(strength * words.length * dice.roll());
    words = dice.roll() < 0.5 ? words.slice(cut) : words.slice(0, words.length - cut);
  }
  if (strength > 0 && dice.roll() < 0.15) words.unshift(dice.pick(GREETINGS));
  let copy = words.join(' ');
  if (dice.roll() < 0.15) copy = exchange(copy, KAZAKH, RUSSIAN, 1, dice);
  if (dice.roll() < 0.1) copy = exchange(copy, CYRILLIC, LATIN, 0.3, dice);
  if (dice.roll() < 0.1) copy = copy.toUpperCase();
  if (dice.roll() < 0.2) copy = copy.replaceAll(/[.,!?]/g, '');
  while (dice.roll() < 0.3) copy += ` ${dice.pick(TAILS)}`;
  return copy;
}

function editWord(words: string[], vocabulary: readonly string[], dice: Dice): void {
  const at = dice.below(words.length);
  const word = words[at] ?? '';
  const kind = dice.roll();
  if (kind < 0.35) words[at] = dice.pick(vocabulary);
  else if (kind < 0.5) words.splice(at, words.length > 1 ? 1 : 0);
  else if (kind < 0.65) words.splice(at, 0, dice.pick(vocabulary));
  else if (kind < 0.8) words.splice(at, 2, words[at + 1] ?? '', word);
  else words[at] = misspell(word, dice);
}

function misspell(word: string, dice: Dice): string {
  const at = dice.below(word.length);
  return dice.roll() < 0.5 ? word.slice(0, at) + word.slice(at + 1) : `${word.slice(0, at)}о${word.slice(at + 1)}`;
}

function exchange(text: string, from: string, to: string, share: number, dice: Dice): string {
  return [...text]
    .map((char) => (from.includes(char) && dice.roll() < share ? (to[from.indexOf(char)] ?? char) : char))
    .join('');
}
