import { z } from 'zod';
import { APPEAL_SYSTEMS } from '../post/appeal.ts';
import { regionCode } from '../post/post.ts';
import { isTimeFormat } from './times.ts';

/** YAML takes 1, 109 and true for what they are elsewhere; here they are what a cell says. */
const name = z.union([z.string().trim().min(1), z.number(), z.boolean()]).transform(String);
const names = z.array(name).min(1);
const words = names.default([]);
const utcOffset = z.string().regex(/^[+-]\d\d:\d\d$/, 'must be such as +05:00');

/** The fields of an appeal that columns of an export are read into. */
export const MAPPED_FIELDS = [
  'id',
  'receivedAt',
  'agency',
  'region',
  'theme',
  'text',
  'count',
  'kind',
  'escalated',
  'status',
] as const;

export type MappedField = (typeof MAPPED_FIELDS)[number];

/** How an export of an official complaint system is read: a file of `pipelines/appeals/`. Names are compared by {@link nameKey}. */
export const appealMappingSchema = z.strictObject({
  system: z.enum(APPEAL_SYSTEMS),
  /** Columns that only this system's exports have: one of them makes a file known. */
  signature: words,
  /** By field, the columns that may hold it, best first. Those that are not named here are never read. */
  columns: z.strictObject({
    id: words,
    receivedAt: names,
    agency: words,
    region: words,
    theme: words,
    text: words,
    count: words,
    kind: words,
    escalated: words,
    status: words,
  }),
  times: z
    .array(
      z.string().refine(isTimeFormat, {
        error:
          'must be iso, epoch-ms, epoch-s, excel or a format of DD MM MMMM YYYY HH mm ss, such as DD.MM.YYYY HH:mm',
      }),
    )
    .min(1),
  /** Of times that state none. */
  utcOffset,
  /** The same before a day, but in some regions. */
  earlier: z.strictObject({ before: z.iso.date(), utcOffset, except: z.array(regionCode).default([]) }).optional(),
  /** The names of January to December in every language and form, for the format MMMM. */
  months: z.array(names).length(12).optional(),
  /** By field, what stands for what. */
  values: z.strictObject({
    kind: z.strictObject({ complaint: words, request: words, consultation: words, thanks: words }).prefault({}),
    status: z.strictObject({ open: words, answered: words, overdue: words }).prefault({}),
    escalated: words,
    region: z.record(regionCode, names).default({}),
    theme: z.record(z.string(), names).default({}),
    agency: z.record(z.string(), names).default({}),
  }),
  /** The kind of all appeals where no column tells. */
  kind: z.enum(['complaint', 'request', 'consultation', 'thanks']).default('complaint'),
  /**
   * A body that agencies.csv does not know is a department of the `of` of its place when a word of its name begins with one of
   * `words`; with `orUnnamed` an appeal that names no body goes there, too.
   */
  departments: z
    .strictObject({ words: names, of: z.string().min(1), orUnnamed: z.boolean().default(false) })
    .optional(),
  /** A row whose first cell begins with one of these is a sum of others. */
  totals: words,
});

export type AppealMapping = z.infer<typeof appealMappingSchema>;
