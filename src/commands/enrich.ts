import { createEnricher, type EnrichedPost, type Rooms, toContract } from '../enrich.ts';
import { readLines } from '../lines.ts';
import { printJson, tell } from '../output.ts';
import { TextBatch } from '../post/text-batch.ts';
import { validatePosts } from '../post/validate.ts';
import { openRooms } from '../rooms.ts';
import { clockOf, readConfig } from './options.ts';

export interface EnrichOptions {
  pipeline: string;
  explain?: boolean;
  at?: number;
}

/**
 * `salmaq enrich`: NDJSON posts on stdin to enriched posts on stdout, one per input line, in order. A line that is no
 * valid post gives `{"refused": …}` in its place. With `explain` every post carries the trace of its mentions.
 */
export async function enrichCommand(options: EnrichOptions): Promise<void> {
  const rooms = openRooms(readConfig(options.pipeline));
  const clock = clockOf(options);
  const enrich = createEnricher(rooms);
  let line = 0;
  let refused = 0;
  for await (const lines of readLines(process.stdin)) {
    const nowMs = clock();
    const validated = validatePosts(lines, nowMs);
    const enriched = enrich(validated.flatMap((result) => (result.ok ? [result.value] : [])));
    let next = 0;
    await printJson(
      validated.map((result) => {
        line++;
        const post = result.ok ? enriched[next++] : undefined;
        if (post !== undefined)
          return options.explain ? { ...toContract(post), trace: trace(rooms, post) } : toContract(post);
        refused++;
        return { refused: { line, ...(result.ok ? {} : result.refusal) } };
      }),
    );
  }
  if (refused > 0) tell(`${refused} of ${line} lines were refused; each stands as {"refused": …} in its place`);
}

function trace(rooms: Rooms, { post }: EnrichedPost) {
  return rooms.mentions.explain(new TextBatch().fill([post.text]), 0, post).trace;
}
