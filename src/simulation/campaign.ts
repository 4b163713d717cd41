import type { Random } from '../random.ts';
import type { Draft, Setting } from './draft.ts';
import { DAY_MS } from './period.ts';
import { dayBefore, type Person } from './society.ts';
import { plots } from './stories.ts';
import { campaignOpenings, campaignSwaps, campaignTexts } from './texts/trees.ts';

const HOUR_MS = 3_600_000;
const ACCOUNTS = 20;

/** Each wave starts this many hours before the end, and takes this share of the copies. */
const WAVES: readonly (readonly [number, number])[] = [
  [38, 1],
  [32, 1],
  [21, 3],
  [14, 3],
  [7, 2],
];

/** Latin letters that pass for Cyrillic ones: a habit of campaigns that dodge a filter. */
const DISGUISES: Readonly<Record<string, string>> = { а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x' };

/**
 * A copy-paste campaign: a blogger, then some twenty young accounts that put out the same few texts, slightly changed,
 * in waves of an hour, wherever comments are open.
 */
export function draftCampaign(count: number, setting: Setting): Draft[] {
  const { random } = setting;
  const blogger = recruitBlogger(setting);
  const accounts = Array.from({ length: ACCOUNTS }, () => recruitAccount(setting));
  const openings = campaignTexts.map(({ tongue, text }, i): Draft => {
    const atMs = setting.span.toMs - 39 * HOUR_MS + i * 2_400_000;
    return { story: 'amplified', person: blogger, tongue, text, atMs, copyOf: `campaign-${i}`, kind: 'post' };
  });
  const copies = Array.from({ length: count - openings.length }, (): Draft => {
    const opening = random.pick(openings);
    const person = random.pick(accounts);
    const waveMs = random.weighted(WAVES) * HOUR_MS;
    const copy = {
      ...opening,
      person,
      text: editCopy(opening.text, random),
      atMs: setting.span.toMs - waveMs + random.between(0, 3_600) * 1000,
      kind: random.chance(0.6) ? ('comment' as const) : ('post' as const),
    };
    const isRepost = person.platform === blogger.platform && random.chance(0.4);
    return isRepost ? { ...copy, kind: 'repost', repostOf: opening } : copy;
  });
  return [...openings, ...copies];
}

/** A copy as campaigns edit it: a word or two swapped, an opening or a tail added, a few letters disguised. */
export function editCopy(text: string, random: Random): string {
  let edited = text;
  for (let swaps = random.between(0, 3); swaps > 0; swaps--) edited = swapWord(edited, random);
  if (random.chance(0.15)) edited = withoutLastSentence(edited);
  if (random.chance(0.25)) edited = `${random.pick(campaignOpenings)} ${edited}`;
  if (random.chance(0.3)) edited += random.pick(['!!!', ' ‼️', ' 🙏🙏', ' #Астана', ' #ағаш', ' 👇👇']);
  if (random.chance(0.15)) edited = disguise(edited, random);
  if (random.chance(0.1)) edited = edited.toLocaleLowerCase('kk');
  return edited;
}

function withoutLastSentence(text: string): string {
  return text.replace(/(?<=[.!] )[^.!]+$/u, '').trim();
}

function swapWord(text: string, random: Random): string {
  const usable = campaignSwaps.filter(([from]) => from !== undefined && text.includes(from));
  if (usable.length === 0) return text;
  const [from = '', ...others] = random.pick(usable);
  return text.replace(from, random.pick(others));
}

function disguise(text: string, random: Random): string {
  return [...text].map((letter) => (random.chance(0.08) ? (DISGUISES[letter] ?? letter) : letter)).join('');
}

function recruitBlogger({ society, random }: Setting): Person {
  return {
    ...society.recruit(random, plots.amplified.cell.region),
    platform: 'instagram',
    statesRegion: true,
    followers: 186_000,
    verified: true,
  };
}

function recruitAccount({ society, random, span }: Setting): Person {
  return {
    ...society.recruit(random, plots.amplified.cell.region),
    platform: random.pick(['instagram', 'facebook', 'telegram', 'tiktok', 'vk', 'threads']),
    statesRegion: random.chance(0.2),
    followers: random.between(3, 90),
    createdAt: dayBefore(new Date(span.toMs - 2 * DAY_MS).toISOString().slice(0, 10), random.between(4, 60)),
  };
}
