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
  return posts.map(postLine).join('');
}

export function postLine({ kind, ...post }: Post): string {
  return line(kind === 'post' ? post : { ...post, kind });
}

/** One appeal a line, defaults left out. */
export function appealsToNdjson(appeals: readonly Appeal[]): string {
  return appeals.map(appealLine).join('');
}

export function appealLine({ count, kind, ...appeal }: Appeal): string {
  return line({ ...appeal, ...(count === 1 ? {} : { count }), ...(kind === 'complaint' ? {} : { kind }) });
}

/** The same as CSV (RFC 4180, LF, a header line); an absent field is empty. */
export function appealsToCsv(appeals: readonly Appeal[]): string {
  const rows = appeals.map((appeal) => APPEAL_COLUMNS.map((column) => quote(String(appeal[column] ?? ''))).join(','));
  return `${[APPEAL_COLUMNS.join(','), ...rows].join('\n')}\n`;
}

function line(record: object): string {
  return `${JSON.stringify(record)}\n`;
}

function quote(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
