import type { Appeal } from '../post/appeal.ts';
import type { Post } from '../post/post.ts';

const APPEAL_COLUMNS = [
  'id',
  'system',
  'receivedAt',
  'agency',
  'agencyName',
  'region',
  'theme',
  'text',
  'count',
  'kind',
  'escalated',
  'status',
] as const;

/** One post a line, defaults left out. */
export function postsToNdjson(posts: readonly Post[]): string {
  return lines(posts.map(({ kind, ...post }) => (kind === 'post' ? post : { ...post, kind })));
}

/** One appeal a line, defaults left out. */
export function appealsToNdjson(appeals: readonly Appeal[]): string {
  return lines(
    appeals.map(({ count, kind, ...appeal }) => ({
      ...appeal,
      ...(count === 1 ? {} : { count }),
      ...(kind === 'complaint' ? {} : { kind }),
    })),
  );
}

/** The same as CSV (RFC 4180, LF, a header line); an absent field is empty. */
export function appealsToCsv(appeals: readonly Appeal[]): string {
  const rows = appeals.map((appeal) => APPEAL_COLUMNS.map((column) => quote(String(appeal[column] ?? ''))).join(','));
  return `${[APPEAL_COLUMNS.join(','), ...rows].join('\n')}\n`;
}

function lines(records: readonly object[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

function quote(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
