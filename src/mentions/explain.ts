import { KIND } from './entries.ts';
import { ROLES } from './grammar-words.ts';
import type { MentionLists } from './lists.ts';
import type { Mentions, MentionTrace } from './mentions.ts';
import type { Reading } from './reading.ts';
import type { AgencyJudge } from './resolve-agencies.ts';

/** The trace of the text just read, in the order of its characters. */
export function explainReading(
  reading: Reading,
  judge: AgencyJudge,
  lists: MentionLists,
  mentions: Mentions,
  text: string,
): MentionTrace[] {
  const trace: MentionTrace[] = [];
  const note = (hit: number, kind: MentionTrace['kind'], id: string, rule: string, kept: boolean) => {
    const [from, to] = boundsOf(reading, hit);
    trace.push({
      kind,
      id,
      from,
      to,
      matched: text.slice(from, to),
      pattern: reading.entryOf(hit).pattern,
      rule,
      kept,
    });
  };
  for (const [index, hit] of reading.agencies.toArray().entries()) {
    const row = judge.rows[index] ?? -1;
    const entry = reading.entryOf(hit);
    const agency = lists.agencies[row >= 0 ? row : entry.kind === KIND.role ? -1 : entry.row];
    note(hit, 'agency', agency?.id ?? ROLES[entry.row]?.name ?? '', judge.rules[index] ?? '', row >= 0);
  }
  for (const hit of reading.places.toArray()) {
    const entry = reading.entryOf(hit);
    const place = lists.places[entry.row];
    const isKept =
      entry.kind === KIND.place && mentions.region?.source === 'text' && place?.region === mentions.region.code;
    const rule =
      entry.kind === KIND.notPlace
        ? 'a look-alike'
        : place?.type === 'foreign'
          ? 'a foreign place'
          : isKept
            ? 'a place of the region'
            : 'a place that does not tell the region';
    note(hit, 'place', place?.id ?? '', rule, isKept);
  }
  for (const hit of reading.themes.toArray()) {
    const { row, weight } = reading.entryOf(hit);
    const id = lists.themes[row]?.id ?? '';
    note(hit, 'theme', id, `evidence ${weight}`, mentions.themes.includes(id));
  }
  for (const hit of reading.notThemes.toArray())
    note(hit, 'theme', lists.themes[reading.entryOf(hit).row]?.id ?? '', 'a look-alike', false);
  return trace.sort((a, b) => a.from - b.from || b.to - a.to);
}

/** UTF-16 bounds of a hit in the original text. */
function boundsOf(reading: Reading, hit: number): [from: number, to: number] {
  const { scan, batch } = reading;
  const first = scan.wordFrom[reading.fromOf(hit)] ?? 0;
  const last = (scan.wordTo[reading.toOf(hit)] ?? 1) - 1;
  return [batch.source[first] ?? 0, (batch.source[last] ?? 0) + 1];
}
