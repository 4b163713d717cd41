import type { Random } from '../random.ts';

/** The words that fill a frame's `{slots}`: several for a slot are several ways to say it. */
export type Slots = Readonly<Record<string, readonly string[]>>;

/**
 * Fills a frame: `[a|b]` becomes one of its choices, `{slot}` one of the slot's words; the first letter is raised.
 *
 * @example
 * fill('{v} [второй|третий] день нет воды', { v: ['в Арыси'] }, random) // 'В Арыси третий день нет воды'
 * @throws RangeError where the frame names a slot that is not given
 */
export function fill(frame: string, slots: Slots, random: Random): string {
  const chosen = frame.replace(/\[([^\]]*)\]/g, (_, choices: string) => random.pick(choices.split('|')));
  const filled = chosen.replace(/\{(\w+)\}/g, (_, slot: string) => {
    const words = slots[slot];
    if (words === undefined) throw new RangeError(`no words for the slot "${slot}" of "${frame}"`);
    return random.pick(words);
  });
  return filled.charAt(0).toLocaleUpperCase('kk') + filled.slice(1);
}

/** Puts sentences one after another, each ended by its own mark or by one a person would type. */
export function joinSentences(sentences: readonly string[], random: Random): string {
  return sentences
    .map((sentence, i) => {
      if (/[.!?…)]$/u.test(sentence)) return sentence;
      const isLast = i === sentences.length - 1;
      if (isLast && random.chance(0.35)) return sentence;
      return (
        sentence +
        random.weighted([
          ['.', 7],
          ['!', 1.5],
          ['...', 1],
          ['!!', 0.5],
        ])
      );
    })
    .join(' ');
}
