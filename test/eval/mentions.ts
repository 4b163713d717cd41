import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createMentionFinder } from '../../src/mentions/finder.ts';
import type { MentionLists } from '../../src/mentions/lists.ts';
import type { Mentions } from '../../src/mentions/mentions.ts';
import type { MentionSettings } from '../../src/mentions/settings.ts';
import { postSchema } from '../../src/post/post.ts';
import { TextBatch } from '../../src/post/text-batch.ts';

const goldSchema = z.object({
  post: postSchema,
  gold: z.object({ agencies: z.array(z.string()), themes: z.array(z.string()), region: z.string().nullable() }),
});

/** A gold post: what was written, and what a careful reader says it is about. */
export type GoldPost = z.infer<typeof goldSchema>;

/** Figures over a set of gold posts; shares in [0, 1]. */
export interface MentionScores {
  posts: number;
  agencies: SetScores;
  themes: SetScores;
  /** Posts whose region is right, null being a class of its own. */
  regionAccuracy: number;
  /** Posts that name no agency, and those of them for which one was found. */
  withoutAgency: number;
  falseAgency: number;
}

/** Micro-averaged over all ids, and the share of posts whose set is exactly right. */
export interface SetScores {
  precision: number;
  recall: number;
  f1: number;
  macroF1: number;
  exact: number;
}

/** Reads gold posts from NDJSON. Throws for a line that is none. */
export function readGold(file: string): GoldPost[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => goldSchema.parse(JSON.parse(line)));
}

/** A table of precision, recall, F1, exact sets, region accuracy and false agencies for a file of gold posts. */
export async function evaluateMentions(
  goldFile: string,
  lists: MentionLists,
  settings: MentionSettings,
): Promise<string> {
  const gold = readGold(goldFile);
  const rows = [
    ['all', gold],
    ['odd lines', gold.filter((_, i) => i % 2 === 0)],
    ['even lines (tuned on)', gold.filter((_, i) => i % 2 === 1)],
  ] as const;
  return rows.map(([name, posts]) => describeScores(name, scoreMentions(posts, lists, settings))).join('\n');
}

/** Runs a finder over gold posts and compares. */
export function scoreMentions(
  gold: readonly GoldPost[],
  lists: MentionLists,
  settings: MentionSettings,
): MentionScores {
  const posts = gold.map((one) => one.post);
  const batch = new TextBatch().fill(posts.map((post) => post.text));
  const found = createMentionFinder(lists, settings).find(batch, posts);
  const pairs = gold.map((one, i) => [one.gold, found[i] ?? EMPTY] as const);
  const silent = pairs.filter(([wanted]) => wanted.agencies.length === 0);
  return {
    posts: gold.length,
    agencies: compareSets(pairs.map(([wanted, got]) => [wanted.agencies, got.agencies])),
    themes: compareSets(pairs.map(([wanted, got]) => [wanted.themes, got.themes])),
    regionAccuracy: shareOf(pairs, ([wanted, got]) => wanted.region === (got.region?.code ?? null)),
    withoutAgency: silent.length,
    falseAgency: shareOf(silent, ([, got]) => got.agencies.length > 0),
  };
}

const EMPTY: Mentions = { agencies: [], themes: [], region: null };

function compareSets(pairs: readonly (readonly [wanted: readonly string[], got: readonly string[]])[]): SetScores {
  const counts = new Map<string, { right: number; wrong: number; missed: number }>();
  const of = (id: string) => {
    const known = counts.get(id) ?? { right: 0, wrong: 0, missed: 0 };
    counts.set(id, known);
    return known;
  };
  for (const [wanted, got] of pairs) {
    for (const id of got) of(id)[wanted.includes(id) ? 'right' : 'wrong']++;
    for (const id of wanted) if (!got.includes(id)) of(id).missed++;
  }
  const classes = [...counts.values()];
  const right = classes.reduce((sum, one) => sum + one.right, 0);
  const wrong = classes.reduce((sum, one) => sum + one.wrong, 0);
  const missed = classes.reduce((sum, one) => sum + one.missed, 0);
  const f1Of = (one: { right: number; wrong: number; missed: number }) =>
    (2 * one.right) / (2 * one.right + one.wrong + one.missed || 1);
  return {
    precision: right / (right + wrong || 1),
    recall: right / (right + missed || 1),
    f1: f1Of({ right, wrong, missed }),
    macroF1: classes.reduce((sum, one) => sum + f1Of(one), 0) / (classes.length || 1),
    exact: shareOf(pairs, ([wanted, got]) => wanted.length === got.length && wanted.every((id) => got.includes(id))),
  };
}

function shareOf<T>(items: readonly T[], isCounted: (item: T) => boolean): number {
  return items.filter(isCounted).length / (items.length || 1);
}

function describeScores(name: string, scores: MentionScores): string {
  const line = (label: string, set: SetScores) =>
    `  ${label.padEnd(9)} precision ${set.precision.toFixed(3)}  recall ${set.recall.toFixed(3)}  F1 ${set.f1.toFixed(3)}` +
    `  macro F1 ${set.macroF1.toFixed(3)}  exact set ${set.exact.toFixed(3)}`;
  return [
    `mentions, ${name}: ${scores.posts} posts`,
    line('agencies', scores.agencies),
    line('themes', scores.themes),
    `  region    accuracy ${scores.regionAccuracy.toFixed(3)}`,
    `  false agency on ${scores.withoutAgency} posts that name none: ${(100 * scores.falseAgency).toFixed(1)} %`,
  ].join('\n');
}
