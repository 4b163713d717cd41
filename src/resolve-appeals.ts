import type { Rooms } from './enrich.ts';
import type { PlacedPost } from './mentions/mentions.ts';
import type { Appeal } from './post/appeal.ts';
import type { SourceRecord } from './post/source-record.ts';
import { TextBatch } from './post/text-batch.ts';
import type { Refusal } from './post/validate.ts';
import type { DeadLetter } from './store/dead-letter-row.ts';

/** An appeal with its agency, region and themes as ids. */
export interface ResolvedAppeal {
  appeal: Appeal;
  record: SourceRecord;
  agency: string;
  region: string | null;
  themes: readonly string[];
}

/**
 * Finds the body, the region and the themes of appeals: ids are checked, names are looked up, texts are read as posts are.
 * An appeal to a body that nobody knows is refused, never guessed.
 */
export function resolveAppeals(
  { mentions: finder }: Pick<Rooms, 'mentions'>,
  appeals: readonly Appeal[],
  records: readonly SourceRecord[],
): { appeals: ResolvedAppeal[]; refused: DeadLetter[] } {
  const mentions = finder.find(new TextBatch().fill(appeals.map(textOf)), appeals.map(toPlaced));
  const resolved: ResolvedAppeal[] = [];
  const refused: DeadLetter[] = [];
  for (const [i, appeal] of appeals.entries()) {
    const record = records[i];
    const found = mentions[i];
    if (record === undefined || found === undefined) throw new RangeError(`appeal ${i} has no record`);
    const agency = agencyOf(appeal);
    const refusal = agency === null ? unknownAgency(appeal) : unknownTheme(appeal);
    if (agency === null || refusal !== null) {
      refused.push({ kind: 'appeal', record, ...(refusal ?? unknownAgency(appeal)) });
      continue;
    }
    const region = appeal.region ?? finder.regionOf(agency) ?? found.region?.code ?? null;
    const themes = appeal.theme === undefined ? found.themes : [appeal.theme];
    resolved.push({ appeal, record, agency, region, themes });
  }
  return { appeals: resolved, refused };

  function agencyOf(appeal: Appeal): string | null {
    if (appeal.agency !== undefined) return finder.hasAgency(appeal.agency) ? appeal.agency : null;
    return finder.resolveAgency(appeal.agencyName ?? '', appeal.region);
  }

  function unknownTheme(appeal: Appeal): Refusal | null {
    if (appeal.theme === undefined || finder.hasTheme(appeal.theme)) return null;
    return { reason: 'unknown-theme', message: `theme: no row "${appeal.theme}" in themes.csv` };
  }
}

function unknownAgency(appeal: Appeal): Refusal {
  const message =
    appeal.agency === undefined
      ? `agencyName: no body is called "${appeal.agencyName ?? ''}"; add an alias to agencies.csv`
      : `agency: no row "${appeal.agency}" in agencies.csv`;
  return { reason: 'unknown-agency', message };
}

function textOf(appeal: Appeal): string {
  return appeal.text ?? '';
}

function toPlaced(appeal: Appeal): PlacedPost {
  return {
    text: textOf(appeal),
    author: { id: appeal.id },
    ...(appeal.region === undefined ? {} : { region: appeal.region }),
  };
}
