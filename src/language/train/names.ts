import type { Random } from '../../random.ts';
import type { Corpus } from './corpus.ts';
import { KK_FOLDED } from './kazakh-alphabets.ts';
import { KNOWN_NAMES } from './known-names.ts';
import { respell } from './spelling.ts';

const KK_ENDING =
  /^(ның|нің|дың|дің|тың|тің|ға|ге|қа|ке|да|де|та|те|дан|ден|тан|тен|нан|нен|ды|ді|ты|ті|ны|ні|мен|бен|пен)$/;
const RU_ENDING = /^(а|у|ом|е|ы|и|ой|ем|ю|я|ей)$/;

/** Names of people and places, in lower case and without endings. */
export interface Names {
  kk: readonly string[];
  ru: readonly string[];
}

/** Capitalised words inside a sentence that also stand there with a case ending and seldom without the capital. */
export function collectNames(corpus: Corpus): Names {
  const found = stems(corpus.get('kk') ?? [], KK_ENDING);
  const russian = stems(corpus.get('ru') ?? [], RU_ENDING);
  return { kk: [...KNOWN_NAMES, ...KNOWN_NAMES, ...found], ru: russian.length > 0 ? russian : KNOWN_NAMES };
}

function stems(lines: readonly string[], ending: RegExp): string[] {
  const named = new Map<string, number>();
  const common = new Map<string, number>();
  const count = (counts: Map<string, number>, word: string): unknown => counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const line of lines) {
    for (const match of line.matchAll(/(?<=[\p{Ll},] )\p{Lu}\p{Ll}{2,}/gu)) count(named, match[0].toLowerCase());
    for (const match of line.matchAll(/(?<!\p{L})\p{Ll}{3,}/gu)) count(common, match[0]);
  }
  const isName = (word: string): boolean => (named.get(word) ?? 0) >= 2 * (common.get(word) ?? 0);
  const endings = new Map<string, number>();
  for (const word of named.keys()) {
    for (let cut = 1; cut <= 3 && word.length - cut >= 3; cut++) {
      const stem = word.slice(0, -cut);
      if (named.has(stem) && isName(stem) && ending.test(word.slice(-cut))) count(endings, stem);
    }
  }
  return [...endings.keys()].sort();
}

/** A Kazakh name as a Russian sentence has it: often respelled, with a Russian ending. */
export function russianised(name: string, random: Random): string {
  const word = random.next() < 0.65 ? respell(name, KK_FOLDED, random) : name;
  if (/[ая]$/.test(word)) return word.slice(0, -1) + random.pick(['а', 'а', 'ы', 'е', 'у', 'ой']);
  if (/[бвгдзклмнпрстфхқңғжшч]$/.test(word)) {
    return word + random.pick(['', '', 'а', 'у', 'ом', 'е', 'ов', 'ова', 'ову', 'ский', 'ской', 'ского']);
  }
  return word;
}

/** Puts a name somewhere into a text. */
export function withName(text: string, name: string, random: Random): string {
  const words = text.split(' ');
  words.splice(Math.floor(random.next() * (words.length + 1)), 0, name);
  return words.join(' ');
}
