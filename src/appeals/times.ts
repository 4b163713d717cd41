/** When something was received: an instant, or a period of whole days, in Unix milliseconds; `toMs` is exclusive. */
export type ReceivedTime = { atMs: number } | { fromMs: number; toMs: number };

export interface TimeSettings {
  /** Tried in order: a name of {@link NAMED}, or tokens DD MM MMMM YYYY HH mm ss between other characters. */
  times: readonly string[];
  /** Such as `+05:00`. */
  utcOffset: string;
  /** The offset before a day, such as `2024-03-01`, but in some regions. */
  earlier?: { before: string; utcOffset: string; except: readonly string[] } | undefined;
  /** Names of January to December, for MMMM. */
  months?: readonly (readonly string[])[] | undefined;
}

/** Reads a time, as it is told where it was received: a region's code, where that is known. */
export type TimeReader = (text: string, region?: string) => ReceivedTime | undefined;

type ZoneReader = (text: string) => ReceivedTime | undefined;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const TOKEN = /YYYY|MMMM|MM|DD|HH|mm|ss/g;
const PATTERNS: Readonly<Record<string, string>> = {
  YYYY: String.raw`(?<year>\d{4})`,
  MMMM: String.raw`(?<name>\p{L}+)`,
  MM: String.raw`(?<month>\d{1,2})`,
  DD: String.raw`(?<day>\d{1,2})`,
  HH: String.raw`(?<hour>\d{1,2})`,
  mm: String.raw`(?<minute>\d{2})`,
  ss: String.raw`(?<second>\d{2})(?:[.,]\d+)?`,
};
const ISO = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?$/;
/** Days from the day that a workbook counts from to 1 January 1970. */
const WORKBOOK_EPOCH_DAYS = 25_569;

/** Formats that no tokens tell: `excel` is a day's number in a workbook, of this century, that lost its format. */
const NAMED = ['iso', 'epoch-ms', 'epoch-s', 'excel'] as const;

/** Whether a format has a year and a month, each token once, or is a name. */
export function isTimeFormat(format: string): boolean {
  if (NAMED.some((name) => name === format)) return true;
  const tokens: readonly string[] = format.match(TOKEN) ?? [];
  const hasMonth = tokens.includes('MM') !== tokens.includes('MMMM');
  return tokens.includes('YYYY') && hasMonth && new Set(tokens).size === tokens.length;
}

/**
 * Makes a reader of times. A time without a zone is local; a date is the noon of its day, so that it falls on the same day in
 * UTC; a month, and two dates with a dash between them, are periods. What no format fits, or no calendar has, is undefined.
 */
export function createTimeReader(settings: TimeSettings): TimeReader {
  const { earlier } = settings;
  const now = createZoneReader(settings);
  if (earlier === undefined) return now;
  const before = createZoneReader({ ...settings, utcOffset: earlier.utcOffset });
  const sinceMs = Date.parse(`${earlier.before}T00:00:00${earlier.utcOffset}`);
  return (text, region) => {
    const time = region !== undefined && earlier.except.includes(region) ? undefined : before(text);
    return time !== undefined && ('atMs' in time ? time.atMs : time.fromMs) < sinceMs ? time : now(text);
  };
}

function createZoneReader({ times, utcOffset, months = [] }: TimeSettings): ZoneReader {
  const offsetMs = offsetOf(utcOffset) * MINUTE_MS;
  const monthOf = new Map(months.flatMap((names, i) => names.map((name) => [name.toLowerCase(), i + 1] as const)));
  const readers = times.map((format) => {
    if (format === 'iso') return readIso;
    if (format === 'epoch-ms') return readEpoch;
    if (format === 'epoch-s') return (text: string) => readEpoch(`${text}000`);
    if (format === 'excel') return readWorkbookDay;
    return fieldReader(format);
  });
  return (text) => readOne(text) ?? readRange(text);

  function readOne(text: string): ReceivedTime | undefined {
    for (const read of readers) {
      const time = read(text);
      if (time !== undefined) return time;
    }
    return undefined;
  }

  function readRange(text: string): ReceivedTime | undefined {
    const [, first, last] = /^(.+?)\s*[-–—]\s*(.+)$/.exec(text) ?? [];
    if (first === undefined || last === undefined) return undefined;
    const [from, to] = [readOne(first), readOne(last)];
    if (from === undefined || to === undefined) return undefined;
    const fromMs = 'atMs' in from ? localDay(from.atMs) : from.fromMs;
    const toMs = 'atMs' in to ? localDay(to.atMs) + DAY_MS : to.toMs;
    return fromMs < toMs ? { fromMs, toMs } : undefined;
  }

  function fieldReader(format: string): ZoneReader {
    const pattern = new RegExp(`^${patternOf(format)}$`, 'u');
    return (text) => {
      const fields = pattern.exec(text)?.groups;
      if (fields === undefined) return undefined;
      const name = fields['name']?.toLowerCase();
      return timeOf({
        year: Number(fields['year']),
        month: name === undefined ? Number(fields['month']) : (monthOf.get(name) ?? Number.NaN),
        day: toNumber(fields['day']),
        hour: toNumber(fields['hour']),
        minute: Number(fields['minute'] ?? 0),
        second: Number(fields['second'] ?? 0),
      });
    };
  }

  function readIso(text: string): ReceivedTime | undefined {
    if (!ISO.test(text)) return undefined;
    const zone = /(?:Z|[+-]\d\d(?::?\d\d)?)$/.exec(text.slice(10))?.[0] ?? '';
    const [date = '', clock = '12:00'] = text.slice(0, text.length - zone.length).split(/[T ]/);
    const atMs = Date.parse(`${date}T${clock}${zone === '' ? utcOffset : zone.length === 3 ? `${zone}:00` : zone}`);
    return Number.isNaN(atMs) || !hasDay(date) ? undefined : { atMs };
  }

  function readWorkbookDay(text: string): ReceivedTime | undefined {
    const [, day, fraction] = /^([3-7]\d{4})(?:[.,](\d+))?$/.exec(text) ?? [];
    if (day === undefined) return undefined;
    const dayMs = (Number(day) - WORKBOOK_EPOCH_DAYS) * DAY_MS - offsetMs;
    const partMs = fraction === undefined ? DAY_MS / 2 : Math.round(Number(`0.${fraction}`) * 86_400) * 1000;
    return { atMs: dayMs + partMs };
  }

  function timeOf(fields: Fields): ReceivedTime | undefined {
    const { year, month, day, hour, minute, second } = fields;
    const utcMs = Date.UTC(year, month - 1, day ?? 1, hour ?? 0, minute, second);
    const date = new Date(utcMs);
    const isReal =
      date.getUTCMonth() === month - 1 &&
      date.getUTCDate() === (day ?? 1) &&
      date.getUTCHours() === (hour ?? 0) &&
      date.getUTCMinutes() === minute &&
      second < 60;
    if (!isReal) return undefined;
    if (day === undefined) return { fromMs: utcMs - offsetMs, toMs: Date.UTC(year, month) - offsetMs };
    return { atMs: utcMs - offsetMs + (hour === undefined ? DAY_MS / 2 : 0) };
  }

  /** The start of the local day that holds a time. */
  function localDay(atMs: number): number {
    return Math.floor((atMs + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
  }
}

interface Fields {
  year: number;
  month: number;
  day: number | undefined;
  hour: number | undefined;
  minute: number;
  second: number;
}

function readEpoch(text: string): ReceivedTime | undefined {
  return /^\d{13}$/.test(text) ? { atMs: Number(text) } : undefined;
}

/** `Date.parse` takes the 31st of February for the 3rd of March. */
function hasDay(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

function patternOf(format: string): string {
  const literals = format
    .split(TOKEN)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/ +/g, '\\s+'));
  const tokens = format.match(TOKEN) ?? [];
  return literals.map((literal, i) => literal + (PATTERNS[tokens[i] ?? ''] ?? '')).join('');
}

function toNumber(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

function offsetOf(utcOffset: string): number {
  const [hours = 0, minutes = 0] = utcOffset.slice(1).split(':').map(Number);
  return (utcOffset.startsWith('-') ? -1 : 1) * (60 * hours + minutes);
}
