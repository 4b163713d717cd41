import { type AppealMapping, MAPPED_FIELDS, type MappedField } from './mapping.ts';
import { nameKey } from './name-key.ts';

/** By field, where its columns stand, best first. */
export type ColumnPlan = Readonly<Record<MappedField, readonly number[]>>;

/** Finds the columns of a mapping in a header. */
export function planColumns({ columns }: AppealMapping, header: readonly string[]): ColumnPlan {
  const keys = header.map(nameKey);
  const placesOf = (field: MappedField) =>
    columns[field].flatMap((name) => {
      const place = keys.indexOf(nameKey(name));
      return place < 0 ? [] : [place];
    });
  return {
    id: placesOf('id'),
    receivedAt: placesOf('receivedAt'),
    agency: placesOf('agency'),
    region: placesOf('region'),
    theme: placesOf('theme'),
    text: placesOf('text'),
    count: placesOf('count'),
    kind: placesOf('kind'),
    escalated: placesOf('escalated'),
    status: placesOf('status'),
  };
}

/** Whether a header has enough columns to make appeals of: when, to whom and of what. */
export function canRead(mapping: AppealMapping, header: readonly string[]): boolean {
  const plan = planColumns(mapping, header);
  const has = (field: MappedField) => plan[field].length > 0;
  const hasBody = has('agency') || (mapping.departments?.orUnnamed === true && has('region'));
  return has('receivedAt') && hasBody && (has('theme') || has('text'));
}

/** The mappings that know a header by a column of their own, those that read most of its columns; more than one is a tie. */
export function recognise(mappings: readonly AppealMapping[], header: readonly string[]): AppealMapping[] {
  const keys = new Set(header.map(nameKey));
  const known = mappings
    .filter((mapping) => mapping.signature.some((name) => keys.has(nameKey(name))) && canRead(mapping, header))
    .map((mapping) => {
      const plan = planColumns(mapping, header);
      return { mapping, columns: new Set(MAPPED_FIELDS.flatMap((field) => plan[field])).size };
    });
  const most = Math.max(0, ...known.map(({ columns }) => columns));
  return known.filter(({ columns }) => columns === most).map(({ mapping }) => mapping);
}
