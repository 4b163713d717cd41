import type { Refusal } from '../post/validate.ts';
import { planColumns } from './header.ts';
import { createIdentify } from './identity.ts';
import type { NameLookup } from './lookup.ts';
import type { AppealMapping, MappedField } from './mapping.ts';
import { nameKey } from './name-key.ts';
import { spreadOverDays } from './spread.ts';
import { createTimeReader, type ReceivedTime } from './times.ts';

/** What became of a row: appeals as the contract has them, not validated yet; none of a sum or of a count of nothing. */
export type Translation = { appeals: Record<string, unknown>[] } | { refusal: Refusal };

export type Translator = (cells: readonly string[]) => Translation;

const REGION_CODE = /^KZ-\d\d$/;

/**
 * Makes a translator of the rows under a header. One serves one file. A kind, a time or a count that is not understood refuses
 * the row; a status or a region that is not is left out, since no figure needs the one and the body tells the other. A category
 * that no list knows is read with the text.
 *
 * @param nowMs a sum over a period that is not over by then is refused
 */
export function createTranslator(
  mapping: AppealMapping,
  header: readonly string[],
  lookup: NameLookup,
  nowMs: number,
): Translator {
  const { system, values, departments } = mapping;
  const plan = planColumns(mapping, header);
  const identify = createIdentify();
  const readTime = createTimeReader(mapping);
  const totals = mapping.totals.map(nameKey);
  const departmentWords = (departments?.words ?? []).map((word) => word.toLowerCase());
  const dictionaries = {
    kind: dictionaryOf(values.kind),
    status: dictionaryOf(values.status),
    escalated: dictionaryOf({ true: values.escalated }),
    region: dictionaryOf(values.region),
    theme: dictionaryOf(values.theme),
    agency: dictionaryOf(values.agency),
  };

  return (cells) => {
    const cellsOf = (field: MappedField): string[] =>
      plan[field].flatMap((place) => {
        const cell = cells[place]?.trim() ?? '';
        return cell === '' ? [] : [cell];
      });
    const refuse = (field: MappedField, what: string): Translation => {
      const place = plan[field].find((column) => cells[column]?.trim()) ?? plan[field][0] ?? -1;
      const column = header[place] ?? mapping.columns[field][0] ?? field;
      return { refusal: { reason: 'schema', message: `${field}: column "${column}": ${what}` } };
    };

    if (isTotal(cells)) return { appeals: [] };
    const [when] = cellsOf('receivedAt');
    if (when === undefined) return refuse('receivedAt', 'is empty');
    const places = cellsOf('region');
    const region = first(places, regionOf);
    const time = readTime(when, region);
    if (time === undefined) return refuse('receivedAt', `"${shorten(when)}" is no time the mapping knows`);

    const [counted] = cellsOf('count');
    const count = counted === undefined ? 1 : readCount(counted);
    if (count === undefined) return refuse('count', `"${shorten(counted ?? '')}" is no whole number`);
    if (count === 0) return { appeals: [] };

    const [kindName] = cellsOf('kind');
    const kind = kindName === undefined ? mapping.kind : dictionaries.kind.get(nameKey(kindName));
    if (kind === undefined) return refuse('kind', `"${shorten(kindName ?? '')}" is no kind the mapping knows`);

    const [agencyName] = cellsOf('agency');
    const agency = agencyIdOf(agencyName, region);
    const categories = cellsOf('theme');
    const theme = first(categories, (name) => dictionaries.theme.get(nameKey(name)) ?? lookup.themeOf(name));
    const [body] = cellsOf('text');
    const texts = [...(theme === undefined ? categories : []), ...(body === undefined ? [] : [body])];
    const text = texts.length === 0 ? undefined : texts.join('. ');
    const [number] = cellsOf('id');
    if (plan.id.length > 0 && number === undefined) return refuse('id', 'is empty');
    const [escalation] = cellsOf('escalated');
    const [statusName] = cellsOf('status');

    const appeal = defined({
      // Of cells as they stand, so that a change of the lists or of the mapping makes no other appeals of them.
      id: number ?? identify([when, agencyName, places, kindName, categories, body, escalation]),
      system,
      agency,
      agencyName: agency === undefined ? agencyName : undefined,
      region,
      theme,
      text,
      kind,
      escalated: escalation === undefined ? undefined : dictionaries.escalated.has(nameKey(escalation)),
      status: statusName === undefined ? undefined : dictionaries.status.get(nameKey(statusName)),
    });
    if ('atMs' in time) return { appeals: [{ ...appeal, receivedAt: isoTime(time.atMs), count }] };
    if (time.toMs > nowMs) {
      const message = `receivedAt: the period "${shorten(when)}" is not over: send its sum when it is`;
      return { refusal: { reason: 'future-time', message } };
    }
    return { appeals: spread(appeal, time, count) };
  };

  function isTotal(cells: readonly string[]): boolean {
    const key = nameKey(cells.find((cell) => cell.trim() !== '') ?? '');
    return totals.some((total) => key.startsWith(total));
  }

  function regionOf(name: string): string | undefined {
    if (REGION_CODE.test(name)) return name;
    return dictionaries.region.get(nameKey(name)) ?? lookup.regionOf(name);
  }

  function agencyIdOf(name: string | undefined, region: string | undefined): string | undefined {
    if (name === undefined) {
      return departments?.orUnnamed === true ? lookup.agencyOf(departments.of, region) : undefined;
    }
    const known = dictionaries.agency.get(nameKey(name)) ?? lookup.agencyOf(name, region);
    if (known !== undefined || departments === undefined) return known;
    const isDepartment = name
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .some((word) => departmentWords.some((start) => word.startsWith(start)));
    return isDepartment ? lookup.agencyOf(`${departments.of} ${name}`, region) : undefined;
  }
}

function spread(
  appeal: Record<string, unknown>,
  { fromMs, toMs }: Exclude<ReceivedTime, { atMs: number }>,
  count: number,
): Record<string, unknown>[] {
  return spreadOverDays(count, fromMs, toMs).map((part) => {
    const receivedAt = isoTime(part.atMs);
    return { ...appeal, id: `${String(appeal['id'])}/${receivedAt.slice(0, 10)}`, receivedAt, count: part.count };
  });
}

/** Key of a name → what it stands for. */
function dictionaryOf<T extends string>(values: Readonly<Record<T, readonly string[]>>): Map<string, T> {
  const dictionary = new Map<string, T>();
  for (const meaning in values) for (const name of values[meaning]) dictionary.set(nameKey(name), meaning);
  return dictionary;
}

function first<T>(names: readonly string[], read: (name: string) => T | undefined): T | undefined {
  for (const name of names) {
    const found = read(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `1 234`, `1234` and `1234.0` are one number; spaces may be of any width. */
function readCount(text: string): number | undefined {
  const digits = /^(\d{1,3}(?:\s\d{3})+|\d+)(?:[.,]0+)?$/u.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits.replace(/\s/gu, ''));
}

function defined(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
