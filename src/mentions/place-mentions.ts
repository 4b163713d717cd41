import { CUE, KIND } from './entries.ts';
import type { Listed, PlaceRow } from './lists.ts';
import type { Reading } from './reading.ts';

/** A place named in the text. */
export interface PlaceMention {
  hit: number;
  /** First and last word, the words for its kind (қаласы, район) included. */
  from: number;
  to: number;
  rows: Listed<PlaceRow>[];
  /** The regions it may lie in: several for a name that several regions have, none for a foreign place. */
  regions: string[];
  isForeign: boolean;
  adjective: boolean;
  /** Letters of the name's last word. */
  lastLength: number;
  /** The name's own last word. */
  nameTo: number;
}

const NONE: readonly PlaceMention[] = [];

/** Collects the places of a text in its order. One reader serves one thread. */
export class PlaceReader {
  private readonly reading: Reading;
  private readonly rows: readonly Listed<PlaceRow>[];
  /** What every mention of a row shares. */
  private readonly shared: readonly { rows: Listed<PlaceRow>[]; regions: string[] }[];

  constructor(reading: Reading, rows: readonly Listed<PlaceRow>[]) {
    this.reading = reading;
    this.rows = rows;
    this.shared = rows.map((row) => ({ rows: [row], regions: row.region === '' ? [] : [row.region] }));
  }

  /** The places of the text just read. A name that needs its kind beside it, and a street's, are left out. */
  run(): readonly PlaceMention[] {
    const { reading } = this;
    if (reading.places.count === 0) return NONE;
    const mentions: PlaceMention[] = [];
    const hasKind = reading.hasCue(CUE.placeKind);
    const hasStreet = reading.hasCue(CUE.street);
    for (let h = 0; h < reading.places.count; h++) {
      const hit = reading.places.at(h);
      const entry = reading.entryOf(hit);
      const row = this.rows[entry.row];
      const shared = this.shared[entry.row];
      if (row === undefined || shared === undefined || entry.kind !== KIND.place) continue;
      const nameFrom = reading.fromOf(hit);
      const nameTo = reading.toOf(hit);
      if (hasStreet && row.type !== 'street' && isStreet(reading, nameFrom, nameTo)) continue;
      const from = hasKind ? beforeName(reading, nameFrom) : nameFrom;
      const to = hasKind ? behindName(reading, nameTo) : nameTo;
      if (entry.needsKind && !this.isBesideKind(row, from, to, nameFrom, nameTo)) continue;
      const last = mentions.at(-1);
      if (last !== undefined && last.nameTo === nameTo) {
        merge(last, row, entry.needsKind);
        continue;
      }
      mentions.push({
        hit,
        from,
        to,
        rows: shared.rows,
        regions: shared.regions,
        isForeign: row.type === 'foreign',
        adjective: entry.adjective,
        lastLength: entry.lastLength,
        nameTo,
      });
    }
    return mentions;
  }

  /** Whether a name stands beside a word for its own kind; a body's role says that a city or a region is meant. */
  private isBesideKind(row: PlaceRow, from: number, to: number, nameFrom: number, nameTo: number): boolean {
    const { reading } = this;
    const kind = KIND_OF[row.type] ?? CUE.placeKind;
    for (let w = from; w <= to; w++) if ((w < nameFrom || w > nameTo) && reading.isCue(w, kind)) return true;
    if (kind === CUE.district) return false;
    return reading.agencies
      .toArray()
      .some(
        (hit) =>
          reading.entryOf(hit).kind === KIND.role &&
          (reading.fromOf(hit) === nameTo + 1 || reading.toOf(hit) === nameFrom - 1) &&
          reading.isSameClause(reading.fromOf(hit), nameFrom),
      );
  }
}

const KIND_OF: Readonly<Partial<Record<PlaceRow['type'], number>>> = {
  district: CUE.district,
  city_district: CUE.district,
  city: CUE.city,
  town: CUE.city,
};

/** A name that several rows have. A row that needs its kind, and has it, is meant before one that does not. */
function merge(mention: PlaceMention, row: Listed<PlaceRow>, needsKind: boolean): void {
  if (mention.rows.includes(row)) return;
  const isKind = mention.rows.every((other) => other.needs === 'kind');
  if (isKind && !needsKind) return;
  mention.rows = needsKind && !isKind ? [row] : [...mention.rows, row];
  mention.regions = [...new Set(mention.rows.map((one) => one.region).filter(Boolean))];
}

/** «Абай көшесі», «проспект Астана»: a street of that name may lie anywhere. */
function isStreet(reading: Reading, from: number, to: number): boolean {
  return (
    (reading.isCue(from - 1, CUE.street) && reading.isSameClause(from - 1, from)) ||
    (reading.isCue(to + 1, CUE.street) && reading.isSameClause(to + 1, to))
  );
}

/** Where a name begins with the words for its kind before it: `город Тараз`. */
function beforeName(reading: Reading, nameFrom: number): number {
  let from = nameFrom;
  while (nameFrom - from < 2 && reading.isCue(from - 1, CUE.placeKind) && reading.isSameClause(from - 1, nameFrom))
    from--;
  return from;
}

/** Where it ends with those behind it: `Тараз қаласының`, `Илийский район`. */
function behindName(reading: Reading, nameTo: number): number {
  let to = nameTo;
  while (to - nameTo < 2 && reading.isCue(to + 1, CUE.placeKind) && reading.isSameClause(to + 1, nameTo)) to++;
  return to;
}

/** The place that a body's name is joined to: right before it («Тараз қаласының әкімдігі») or right after («акимат Тараза»). */
export function placeOf(
  reading: Reading,
  mentions: readonly PlaceMention[],
  from: number,
  to: number,
): PlaceMention | undefined {
  let after: PlaceMention | undefined;
  for (let p = firstPlaceEnding(mentions, from - WIDEST_KIND); p < mentions.length; p++) {
    const place = mentions[p];
    if (place === undefined || place.nameTo > to + WIDEST_KIND + LONGEST_NAME) break;
    if (place.to === from - 1 && reading.isSameClause(place.to, from) && namesBefore(reading, place)) return place;
    const isAfter = place.from === to + 1 || (place.from >= from && place.from <= to && place.to > to);
    if (isAfter && reading.isSameClause(to, place.from) && !isAside(reading, place)) after ??= place;
  }
  return after;
}

/** How far the words for its kind may widen a name, and the most words of one. */
const WIDEST_KIND = 3;
const LONGEST_NAME = 8;

/** Index of the first place whose name ends at word `w` or later: places stand in the order of their ends. */
export function firstPlaceEnding(mentions: readonly PlaceMention[], w: number): number {
  let low = 0;
  let high = mentions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((mentions[middle]?.nameTo ?? 0) < w) low = middle + 1;
    else high = middle;
  }
  return low;
}

function namesBefore(reading: Reading, place: PlaceMention): boolean {
  if (isAside(reading, place)) return false;
  return place.adjective || !reading.isCue(place.from - 1, CUE.preposition);
}

/** Kazakh endings of «where», «whence» and «whither»: the place stands apart from the body. */
function isAside(reading: Reading, place: PlaceMention): boolean {
  if (place.adjective) return false;
  // Words for a kind (қала, район) are longer than three letters without an ending.
  const name = place.to === place.nameTo ? place.lastLength : 3;
  const { units } = reading.batch;
  const from = (reading.scan.wordFrom[place.to] ?? 0) + name;
  let end = reading.scan.wordTo[place.to] ?? 0;
  if (end - from < 2) return false;
  if (isOneOf(units[end - 1], 'нn') && isOneOf(units[end - 2], 'аеae')) {
    end--;
    return end - from >= 2 && isOneOf(units[end - 2], 'дтнdtn');
  }
  return isOneOf(units[end - 1], 'аеae') && isOneOf(units[end - 2], 'дтнгкғқdtngkq');
}

function isOneOf(unit: number | undefined, letters: string): boolean {
  return unit !== undefined && letters.includes(String.fromCharCode(unit));
}
