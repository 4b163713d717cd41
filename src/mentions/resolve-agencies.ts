import type { CompiledRole } from './compile-lists.ts';
import { CUE, KIND } from './entries.ts';
import type { AgencyRow, Listed, PlaceRow } from './lists.ts';
import { type PlaceMention, placeOf } from './place-mentions.ts';
import type { Reading } from './reading.ts';
import { SEEN } from './scan.ts';

/** What the rules say of one hit: the row, or null where it is refused, and why. */
export interface Verdict {
  agency: number | null;
  rule: string;
}

/** Which rows stand for a role: by region code, and by id of the city. */
export interface RoleTable extends CompiledRole {
  byRegion: ReadonlyMap<string, number>;
  byCity: ReadonlyMap<string, number>;
}

/** Words within which a foreign place makes a common noun («полиция», «суд») foreign. */
const FOREIGN_REACH = 4;
/** Words within which somebody calls a line. */
const CALL_REACH = 5;

/** Tables from region and city to row, for every role. */
export function roleTables(
  roles: readonly CompiledRole[],
  agencies: readonly Listed<AgencyRow>[],
  places: readonly Listed<PlaceRow>[],
): RoleTable[] {
  const codeOf = new Map(places.filter((place) => place.type === 'region').map((place) => [place.id, place.region]));
  return roles.map((role) => {
    const byRegion = new Map<string, number>();
    const byCity = new Map<string, number>();
    for (const [row, agency] of agencies.entries()) {
      const code = codeOf.get(agency.region);
      if (agency.level === role.region && code !== undefined) byRegion.set(code, row);
      if (role.city === '' || agency.level !== role.city) continue;
      const city = agency.place || cityOf(agency, places);
      if (city !== undefined) byCity.set(city, row);
    }
    return { ...role, byRegion, byCity };
  });
}

/** The city that an akimat's Kazakh or Russian name begins or ends with, for rows that do not say it. */
function cityOf(agency: AgencyRow, places: readonly Listed<PlaceRow>[]): string | undefined {
  const named = places.filter((place) => place.name_kk !== '' && agency.name_kk.startsWith(place.name_kk));
  return named.find((place) => place.type === 'city')?.id ?? named[0]?.id;
}

/** Decides about the agency hits of one text. Verdicts stand in the order of `reading.kept[0]`. */
export function judgeAgencies(
  reading: Reading,
  roles: readonly RoleTable[],
  places: readonly PlaceMention[],
  region: string | null,
): Verdict[] {
  const hits = reading.kept[0];
  const named = hits.map((hit) => judgeNamed(reading, roles, places, hit, region));
  return named.map((verdict, index) => {
    if (verdict !== undefined) return verdict;
    const hit = hits[index] ?? 0;
    const { row } = reading.entryOf(hit);
    const same = named.find((other, at) => {
      if (other === undefined || other.agency === null) return false;
      const entry = reading.entryOf(hits[at] ?? 0);
      return entry.kind === KIND.role && entry.row === row;
    });
    if (same !== undefined) return { agency: same.agency, rule: 'the body named elsewhere in the text' };
    return judgeBare(reading, roles[row], places, hit, region);
  });
}

/** All that can be said of a hit by itself; undefined for a role without a place. */
function judgeNamed(
  reading: Reading,
  roles: readonly RoleTable[],
  places: readonly PlaceMention[],
  hit: number,
  region: string | null,
): Verdict | undefined {
  const entry = reading.entryOf(hit);
  const from = reading.fromOf(hit);
  const to = reading.toOf(hit);
  if (entry.kind === KIND.notAgency) return { agency: null, rule: 'a look-alike' };
  if (entry.kind === KIND.line) return judgeLine(reading, entry.row, from, to);
  if (entry.kind === KIND.short) return judgeShort(reading, entry.row, from, to);
  const place = placeOf(reading, places, from, to);
  if (place?.isForeign && !reading.hasCueNear(from, to, 1, CUE.country)) {
    return { agency: null, rule: 'a body of another country' };
  }
  if (entry.kind === KIND.role) {
    const role = roles[entry.row];
    if (isSurname(reading, from, to)) return { agency: null, rule: 'a surname' };
    return role === undefined || place === undefined ? undefined : judgePlaced(role, place, region);
  }
  if (reading.scan.isShouting && entry.pattern.startsWith('^') && from === to && !hasCountry(reading, from, to)) {
    return { agency: null, rule: 'capitals say nothing where all is in capitals' };
  }
  if (isCommonNoun(entry.pattern) && isForeignNearby(reading, places, from, to)) {
    return { agency: null, rule: 'a foreign place beside it' };
  }
  return { agency: entry.row, rule: 'its name' };
}

function judgePlaced(role: RoleTable, place: PlaceMention, region: string | null): Verdict {
  for (const row of place.rows) {
    const city = role.byCity.get(row.id);
    if (city !== undefined) return { agency: city, rule: `the body of ${row.id}` };
  }
  const code = place.regions.length === 1 || region === null ? place.regions[0] : region;
  const agency = code === undefined ? undefined : role.byRegion.get(code);
  if (agency === undefined) return { agency: null, rule: 'no body of that role there' };
  return { agency, rule: `named with a place of ${code}` };
}

function judgeBare(
  reading: Reading,
  role: RoleTable | undefined,
  places: readonly PlaceMention[],
  hit: number,
  region: string | null,
): Verdict {
  if (role === undefined) return { agency: null, rule: 'no such role' };
  if (isForeignNearby(reading, places, reading.fromOf(hit), reading.toOf(hit))) {
    return { agency: null, rule: 'a foreign place beside it' };
  }
  const agency = region === null ? undefined : role.byRegion.get(region);
  if (agency !== undefined) return { agency, rule: `bare: the region of the post, ${region}` };
  if (role.unresolved >= 0) return { agency: role.unresolved, rule: 'bare, without a region' };
  return { agency: null, rule: 'unresolved: bare, without a region' };
}

function judgeShort(reading: Reading, row: number, from: number, to: number): Verdict {
  if (hasCountry(reading, from, to)) return { agency: row, rule: 'an abbreviation beside the country' };
  return { agency: null, rule: 'an ambiguous abbreviation without context' };
}

const KAZAKH_CASE = /^(ге|ке|га|ка|ға|қа|де|те|да|та|ден|тен|дан|тан|мен|пен|ни|ти|ды|ты|ні|ті|нің|тің|дің|ның|тын|тин)$/;

function judgeLine(reading: Reading, row: number, from: number, to: number): Verdict {
  const isJoined = (reading.flagsOf(to + 1) & SEEN.joined) !== 0;
  const after = isJoined ? to + 1 : to;
  const isCounted = [from - 1, after + 1, after + 2].some(
    (w) => reading.isCue(w, CUE.numbered) && reading.isSameClause(w, from),
  );
  if (isCounted) return { agency: null, rule: 'a number of something else' };
  if (isJoined && KAZAKH_CASE.test(reading.wordText(to + 1))) return { agency: row, rule: 'a line in a case' };
  if (isJoined) return { agency: null, rule: 'an ordinal number' };
  if (reading.hasCueNear(from, to, CALL_REACH, CUE.call)) return { agency: row, rule: 'a line that somebody calls' };
  return { agency: null, rule: 'a number that nobody calls' };
}

function hasCountry(reading: Reading, from: number, to: number): boolean {
  return (
    (reading.isCue(from - 1, CUE.country) && reading.isSameClause(from - 1, from)) ||
    (reading.isCue(to + 1, CUE.country) && reading.isSameClause(to + 1, to))
  );
}

/** «Акимов», not «акимов». */
function isSurname(reading: Reading, from: number, to: number): boolean {
  const seen = reading.flagsOf(from);
  return (
    from === to &&
    (seen & SEEN.capital) !== 0 &&
    (seen & SEEN.capitals) === 0 &&
    /(ов|ev|ov|ев)$/.test(reading.wordText(to))
  );
}

function isCommonNoun(pattern: string): boolean {
  return /^[=]?\p{Ll}/u.test(pattern) && !/\s/.test(pattern);
}

function isForeignNearby(reading: Reading, places: readonly PlaceMention[], from: number, to: number): boolean {
  let isNearby = false;
  for (const place of places) {
    if (!reading.isSameClause(place.from, from)) continue;
    if (!place.isForeign) return false;
    const gap = Math.max(from - place.to, place.from - to);
    if (gap <= FOREIGN_REACH) isNearby = true;
  }
  return isNearby && !reading.hasCueNear(from, to, FOREIGN_REACH, CUE.country);
}
