import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMentionFinder } from '../../../src/mentions/finder.ts';
import { type MentionLists, parseLists } from '../../../src/mentions/lists.ts';
import type { Mentions } from '../../../src/mentions/mentions.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';

function read(file: string): string {
  return readFileSync(join(PACKAGE_ROOT, 'pipelines', file), 'utf8');
}

/** The lists the package ships. */
export const lists: MentionLists = parseLists({
  agencies: read('agencies.csv'),
  themes: read('themes.csv'),
  places: read('places.csv'),
});

export const finder = createMentionFinder(lists);

/** What a text mentions, written by an author of the region given. */
export function mentionsOf(text: string, region?: string): Mentions {
  const author = region === undefined ? { id: 'author' } : { id: 'author', region };
  const [mentions] = finder.find(new TextBatch().fill([text]), [{ text, author }]);
  return mentions ?? { agencies: [], themes: [], region: null };
}
