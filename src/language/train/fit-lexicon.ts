import { Random } from '../../random.ts';
import { CLASSES, KK, type ModelScript, RU } from '../classes.ts';
import { gramScores } from '../gram-scores.ts';
import { MAX_WORD_UNITS } from '../grams.ts';
import { Lexicon, lexiconKey } from '../lexicon.ts';
import type { ScriptModel } from '../model.ts';
import { MAX_CLASSES } from '../word-scores.ts';
import type { Source } from './sources.ts';

/** Which words a lexicon is to hold. */
export interface LexiconSettings {
  /** Texts drawn, in multiples of what a source gives an epoch. */
  draws: number;
  /** Times a word is to be met in its language. */
  minCount: number;
  /** Of Kazakh, Russian and all the others, the two a word is not of may have it this often, as a share of how often its own has it. */
  strayShare: number;
  /** Words the grams get right by more than this, in log-odds, are left out. */
  margin: number;
  /** Most Kazakh, Russian and other words of each script; the commonest are kept. */
  maxWords: Record<ModelScript, readonly [kk: number, ru: number, others: number]>;
  seed: number;
}

/** Gives every script a lexicon. */
export function fitLexicons(
  scripts: Record<ModelScript, ScriptModel>,
  sources: readonly Source[],
  prior: { kk: number; ru: number },
  settings: LexiconSettings,
): Record<ModelScript, ScriptModel> {
  const withLexicon = (script: ModelScript): ScriptModel => ({
    ...scripts[script],
    lexicon: fitLexicon(script, scripts[script], sources, prior, settings),
  });
  return { cyrillic: withLexicon('cyrillic'), latin: withLexicon('latin'), arabic: withLexicon('arabic') };
}

/** Finds the words that only one of Kazakh, Russian and the rest has, and whose grams say otherwise. */
export function fitLexicon(
  script: ModelScript,
  model: ScriptModel,
  sources: readonly Source[],
  prior: { kk: number; ru: number },
  settings: LexiconSettings,
): Lexicon {
  const classCount = CLASSES[script].length;
  const { counts, totals } = countWords(
    sources.filter((source) => source.script === script),
    classCount,
    settings,
  );
  const groupOf = (c: number): number => (c === KK ? 0 : c === RU && script !== 'arabic' ? 1 : 2);
  const found: { key: number; owner: number; share: number }[] = [];
  for (const [word, times] of counts) {
    if (word.length < 3) continue;
    let owner = 0;
    for (let c = 1; c < classCount; c++) if (share(times, totals, c) > share(times, totals, owner)) owner = c;
    if ((times[owner] ?? 0) < settings.minCount) continue;
    const most = share(times, totals, owner);
    let stray = 0;
    for (let c = 0; c < classCount; c++) if (groupOf(c) !== groupOf(owner)) stray += share(times, totals, c);
    if (stray > settings.strayShare * most) continue;
    const scores = scoresOf(word, model);
    if (groupLead(scores.logits, prior, groupOf, groupOf(owner)) < settings.margin)
      found.push({ key: lexiconKey(scores.hash), owner, share: most });
  }
  found.sort((a, b) => b.share - a.share || a.key - b.key);
  const owners = new Map<number, number>();
  const left = [...settings.maxWords[script]];
  for (const { key, owner } of found) {
    const group = groupOf(owner);
    if (owners.has(key) || left[group] === 0) continue;
    owners.set(key, owner);
    left[group] = (left[group] ?? 0) - 1;
  }
  return new Lexicon(
    CLASSES[script].map((_, c) =>
      Int32Array.from([...owners].filter(([, owner]) => owner === c).map(([key]) => key)).sort(),
    ),
  );
}

/** How often each class has each word, and how many words of each were met. */
function countWords(
  sources: readonly Source[],
  classCount: number,
  settings: LexiconSettings,
): { counts: Map<string, Uint16Array>; totals: Float64Array } {
  const counts = new Map<string, Uint16Array>();
  const totals = new Float64Array(classCount);
  const random = new Random(settings.seed);
  for (const { label, weight, draw } of sources) {
    for (let n = weight * settings.draws; n > 0; n--) {
      for (const word of draw(random).split(' ')) {
        let times = counts.get(word);
        if (times === undefined) {
          times = new Uint16Array(classCount);
          counts.set(word, times);
        }
        times[label] = Math.min(65_535, (times[label] ?? 0) + 1);
        totals[label] = (totals[label] ?? 0) + 1;
      }
    }
  }
  return { counts, totals };
}

function share(times: Uint16Array, totals: Float64Array, c: number): number {
  return (times[c] ?? 0) / Math.max(1, totals[c] ?? 0);
}

const units = new Uint16Array(MAX_WORD_UNITS);
const sums = new Int16Array(MAX_CLASSES);

function scoresOf(word: string, model: ScriptModel): { logits: number[]; hash: number } {
  const length = Math.min(word.length, MAX_WORD_UNITS);
  for (let k = 0; k < length; k++) units[k] = word.charCodeAt(k);
  const hash = gramScores(model, units, 0, length, sums);
  return { logits: model.bias.map((value, c) => value + (sums[c] ?? 0) * model.scale), hash };
}

/** Log-odds of one group against the likelier of the two others. */
function groupLead(
  logits: readonly number[],
  prior: { kk: number; ru: number },
  groupOf: (c: number) => number,
  own: number,
): number {
  const powers = [0, 0, 0];
  for (const [c, logit] of logits.entries()) {
    const group = groupOf(c);
    const raised = logit + (group === 0 ? prior.kk : group === 1 ? prior.ru : 0);
    powers[group] = (powers[group] ?? 0) + Math.exp(raised);
  }
  const others = Math.max(...powers.filter((_, group) => group !== own));
  return Math.log(Math.max(1e-30, powers[own] ?? 0) / Math.max(1e-30, others));
}
