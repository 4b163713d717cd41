/** What a pattern stands for. The numbers are what the hot path compares. */
export const KIND = {
  agency: 0,
  /** An abbreviation that needs the country's name beside it. */
  short: 1,
  /** A call number. */
  line: 2,
  /** A word for a body that exists in every region: акимат, маслихат, полиция. */
  role: 3,
  /** A look-alike of an agency's name. */
  notAgency: 4,
  place: 5,
  notPlace: 6,
  theme: 7,
  notTheme: 8,
  /** One side of a pattern with a `+`. */
  side: 9,
} as const;

/** Closed classes of words that decide about the mentions beside them. */
export const CUE = {
  /** Казахстан, РК, ҚР. */
  country: 0,
  /** A word for a kind of place: қала, облыс, район. */
  placeKind: 1,
  /** Somebody calls, or is called. */
  call: 2,
  /** What a number may count or name that is no call line: маршрут, мектеп, теңге. */
  numbered: 3,
  /** A Russian preposition of place. */
  preposition: 4,
  thanks: 5,
  /** Takes the thanks back: a question, a negation, a demand. */
  complaint: 6,
  /** A word for a street, whose name says nothing of the region. */
  street: 7,
  /** Of the words for a kind of place, those for a district and for a city. */
  district: 8,
  city: 9,
  /** Makes a landmark of the word after it: у, возле. */
  besideBefore: 10,
  /** Makes a landmark of the word before it: жанында, маңында. */
  besideAfter: 11,
} as const;

/** One pattern of one row. */
export interface Entry {
  kind: number;
  /** Row of its list, or number of the role. */
  row: number;
  /** As written in the list. */
  pattern: string;
  /** Of a theme: 1 is enough alone. */
  weight: number;
  /** Of a theme: gives way to a theme that any other pattern speaks for. */
  passing: boolean;
  /** Of a place: stands beside its kind only. */
  needsKind: boolean;
  /** Of a place: the Russian adjective. */
  adjective: boolean;
  /** Whether two phrases stand apart: the words between them are not its own. */
  near: boolean;
  /** Letters of its last word. */
  lastLength: number;
}
