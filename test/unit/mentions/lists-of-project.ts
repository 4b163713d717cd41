import { join } from 'node:path';
import { readPipeline } from '../../../src/config/pipeline.ts';
import { createMentionFinder } from '../../../src/mentions/finder.ts';
import type { MentionLists } from '../../../src/mentions/lists.ts';
import type { Mentions } from '../../../src/mentions/mentions.ts';
import { TextBatch } from '../../../src/post/text-batch.ts';
import { readLists } from '../../../src/rooms.ts';
import { PACKAGE_ROOT } from '../../../src/root.ts';

const config = readPipeline(join(PACKAGE_ROOT, 'pipelines/national.yaml'), {});

/** The lists and settings the package ships. */
export const lists: MentionLists = readLists(config);
export const settings = config.mentions;

export const finder = createMentionFinder(lists, settings);

/** What a text mentions, written by an author of the region given. */
export function mentionsOf(text: string, region?: string): Mentions {
  const author = region === undefined ? { id: 'author' } : { id: 'author', region };
  const [mentions] = finder.find(new TextBatch().fill([text]), [{ text, author }]);
  return mentions ?? { agencies: [], themes: [], region: null };
}
