import { versionOf } from '../post/source-record.ts';
import type { ResolvedAppeal } from '../resolve-appeals.ts';
import type { RowStamp } from './post-row.ts';
import type { AppealRow } from './rows.ts';

/** The row of table `appeals` that holds a resolved appeal. */
export function toAppealRow({ appeal, record, agency, region, themes }: ResolvedAppeal, stamp: RowStamp): AppealRow {
  return {
    system: appeal.system,
    id: appeal.id,
    received_at: Date.parse(appeal.receivedAt),
    observed_at: record.observedAtMs,
    version: versionOf(record),
    ingested_at: stamp.ingestedAtMs,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    agency,
    region: region ?? '',
    themes,
    text: appeal.text ?? '',
    count: appeal.count,
    kind: appeal.kind,
    escalated: appeal.escalated ?? false,
    status: appeal.status ?? '',
  };
}
