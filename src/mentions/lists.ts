import { type CsvError, type Info, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { SalmaqError } from '../errors.ts';

/** The theme of a body whose matters have none. */
export const THEMELESS = '-';

const text = z.string().default('');
const id = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'must be lower-case Latin letters, digits and "_"');

export const agencyRowSchema = z.object({
  id,
  /** What kind of body it is; rows of the levels that {@link REGIONAL_LEVELS} names are found by role and place. */
  level: z.string().min(1, 'must not be empty'),
  /** Id of a region of places.csv, or `KZ` for a body of the whole country. */
  region: z.string().min(1, 'must not be empty'),
  /** Id of the city of places.csv whose own body this is. */
  place: text,
  name_kk: text,
  name_ru: text,
  name_en: text,
  aliases_kk: text,
  aliases_ru: text,
  aliases_en: text,
  /** Abbreviations that also mean something else: matched in capitals beside `РК`, `ҚР` or the country's name only. */
  short: text,
  /** Call numbers that stand for the body, matched where somebody calls. */
  lines: text,
  /** Look-alikes: phrases that hold one of its aliases and do not mean it. */
  not: text,
  /** The level of the rows that stand for this body in a region. */
  regional: text,
  /** The theme that a mention speaks for when nothing else in the text does; `-` where its matters have none: the mail. */
  theme: text,
  status: text,
  note: text,
  source: text,
});

export const themeRowSchema = z.object({
  id,
  name_kk: text,
  name_ru: text,
  name_en: text,
  /** Patterns of which one is enough. */
  stems_kk: text,
  stems_ru: text,
  stems_en: text,
  /** Patterns that are enough while nothing else is clearer: the school that a dog runs around is in passing. */
  passing_kk: text,
  passing_ru: text,
  /** Patterns that speak for the theme together with another one. */
  weak_kk: text,
  weak_ru: text,
  /** Look-alikes: phrases that hold one of its stems in another sense. */
  not: text,
  /** `yes`: gives way to another theme that is as clear: an akim who is only asked for water is not the subject. */
  yields: z.enum(['', 'yes']).default(''),
  /** `yes`: is none where only bodies of other countries are named: a foreign court is no theme. */
  domestic: z.enum(['', 'yes']).default(''),
  responsible: text,
  note: text,
  source: text,
});

export const PLACE_TYPES = [
  'region',
  'city',
  'district',
  'city_district',
  'town',
  'village',
  'area',
  'street',
  'foreign',
] as const;

export const placeRowSchema = z
  .object({
    id,
    type: z.enum(PLACE_TYPES),
    /** ISO 3166-2 code of the region it lies in; empty for a foreign place. */
    region: z.string().regex(/^(KZ-\d\d)?$/, 'must be an ISO 3166-2 code, such as KZ-75, or empty'),
    name_kk: text,
    name_ru: text,
    /** The Russian adjective: `алматинский`. */
    adjective_ru: text,
    aliases_kk: text,
    aliases_ru: text,
    aliases_en: text,
    /** `capital`: only when written with a capital letter; `kind`: only beside its kind (облысы, ауданы, район …). */
    needs: z.enum(['', 'capital', 'kind']).default(''),
    /** Look-alikes that hold the name and do not mean the place. */
    not: text,
    source: text,
    note: text,
  })
  .refine((place) => (place.type === 'foreign') === (place.region === ''), {
    path: ['region'],
    error: 'every place but a foreign one lies in a region',
  });

export type AgencyRow = z.infer<typeof agencyRowSchema>;
export type ThemeRow = z.infer<typeof themeRowSchema>;
export type PlaceRow = z.infer<typeof placeRowSchema>;

/** A row and the line of its file on which it begins. */
export type Listed<Row> = Row & { line: number };

export interface MentionLists {
  agencies: Listed<AgencyRow>[];
  themes: Listed<ThemeRow>[];
  places: Listed<PlaceRow>[];
}

/** Levels of rows that are found by a role word and a place, not by their own names, and the role each belongs to. */
export const REGIONAL_LEVELS = ['akimat_region', 'akimat_city', 'maslikhat', 'police_region'] as const;

/**
 * Reads the texts of `agencies.csv`, `themes.csv` and `places.csv`. Columns that a file does not have are empty.
 *
 * @throws SalmaqError `SLM_LIST` naming file and line of the first row that is wrong.
 */
export function parseLists(csv: { agencies: string; themes: string; places: string }): MentionLists {
  const lists = {
    agencies: parseList('agencies.csv', csv.agencies, agencyRowSchema),
    themes: parseList('themes.csv', csv.themes, themeRowSchema),
    places: parseList('places.csv', csv.places, placeRowSchema),
  };
  const regions = new Set(lists.places.filter((place) => place.type === 'region').map((place) => place.id));
  for (const agency of lists.agencies) {
    if (agency.region === 'KZ' || regions.has(agency.region)) continue;
    throw new SalmaqError('SLM_LIST', `agencies.csv:${agency.line}: "${agency.region}" is no region of places.csv`, {
      hint: `one of KZ, ${[...regions].join(', ')}`,
    });
  }
  return lists;
}

function parseList<Row extends { id: string }>(file: string, csv: string, schema: z.ZodType<Row>): Listed<Row>[] {
  let records: { record: unknown; info: Info }[];
  try {
    records = parse(csv, { columns: true, bom: true, info: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    const { lines, message } = error as CsvError & { lines?: number };
    throw new SalmaqError('SLM_LIST', `${file}:${lines ?? 1}: ${message}`, { cause: error });
  }
  const rows: Listed<Row>[] = [];
  const lineOf = new Map<string, number>();
  let previousLine = 1;
  for (const { record, info } of records) {
    const line = previousLine + 1;
    previousLine = info.lines;
    const parsed = schema.safeParse(record);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new SalmaqError('SLM_LIST', `${file}:${line}: ${issue?.path.join('.') ?? 'row'}: ${issue?.message ?? ''}`);
    }
    const first = lineOf.get(parsed.data.id);
    if (first !== undefined) {
      throw new SalmaqError('SLM_LIST', `${file}:${line}: id "${parsed.data.id}" is already on line ${first}`);
    }
    lineOf.set(parsed.data.id, line);
    rows.push({ ...parsed.data, line });
  }
  return rows;
}
