import type { CompiledRole } from './compile-lists.ts';
import { CUE, KIND } from './entries.ts';
import type { AgencyRow, Listed, PlaceRow } from './lists.ts';
import { firstPlaceEnding, type PlaceMention, placeOf } from './place-mentions.ts';
import type { Reading } from './reading.ts';
import { SEEN } from './scan.ts';

/** Which rows stand for a role: by region code, and by id of the city. */
export interface RoleTable extends CompiledRole {
  byRegion: ReadonlyMap<string, number>;
  byCity: ReadonlyMap<string, number>;
}

/** Words within which a foreign place makes a common noun («полиция», «суд») foreign. */
const FOREIGN_REACH = 4;
/** Words within which a place of ours keeps it ours. */
const FOREIGN_SCOPE = 12;
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

/** A hit that names nobody, and a role that no place stands beside. */
const NOBODY = -1;
const BARE = -2;

/** Decides which agency each hit of a text means. One judge serves one thread: it keeps its memory between texts. */
export class AgencyJudge {
  /** Row of each hit of `reading.agencies`, or -1; as many as there are hits are valid. */
  readonly rows: number[] = [];
  /** Why, in the same order. */
  readonly rules: string[] = [];

  /** Whether a body of another country was named. */
  areForeign = false;

  private readonly reading: Reading;
  private readonly roles: readonly RoleTable[];
  /** By entry: whether its pattern is a common noun. */
  private readonly commonNouns: Uint8Array;
  private places: readonly PlaceMention[] = [];
  private rule = '';

  constructor(reading: Reading, roles: readonly RoleTable[]) {
    this.reading = reading;
    this.roles = roles;
    this.commonNouns = Uint8Array.from(reading.entries, ({ pattern }) => (isCommonNoun(pattern) ? 1 : 0));
  }

  /** Judges the text that `reading` holds; `region` is the one resolved for the post. */
  run(places: readonly PlaceMention[], region: string | null): void {
    const { reading, rows, rules } = this;
    const { agencies: hits } = reading;
    this.places = places;
    this.areForeign = false;
    let hasBare = false;
    for (let h = 0; h < hits.count; h++) {
      const row = this.judgeNamed(hits.at(h), region);
      rows[h] = row;
      rules[h] = this.rule;
      if (row === BARE) hasBare = true;
    }
    if (hasBare) this.judgeBares(region);
  }

  /** Bare roles, once all that is named is known. */
  private judgeBares(region: string | null): void {
    const { rows, rules } = this;
    const { agencies: hits } = this.reading;
    const named = new Map<number, number>();
    for (let h = 0; h < hits.count; h++) {
      const role = this.roleOf(hits.at(h));
      const row = rows[h] ?? NOBODY;
      if (role >= 0 && row >= 0 && !named.has(role)) named.set(role, row);
    }
    for (let h = 0; h < hits.count; h++) {
      if (rows[h] !== BARE) continue;
      const same = named.get(this.roleOf(hits.at(h)));
      rows[h] =
        same === undefined
          ? this.judgeBare(hits.at(h), region)
          : this.because('the body named elsewhere in the text', same);
      rules[h] = this.rule;
    }
  }

  private because(rule: string, row: number | undefined): number {
    this.rule = rule;
    return row ?? NOBODY;
  }

  private becauseForeign(rule: string): number {
    this.areForeign = true;
    return this.because(rule, NOBODY);
  }

  /** The role of a hit, or a number that no role has. */
  private roleOf(hit: number): number {
    const { kind, row } = this.reading.entryOf(hit);
    return kind === KIND.role ? row : BARE;
  }

  /** All that can be said of a hit by itself; {@link BARE} for a role without a place. */
  private judgeNamed(hit: number, region: string | null): number {
    const { reading } = this;
    const entry = reading.entryOf(hit);
    const from = reading.fromOf(hit);
    const to = reading.toOf(hit);
    if (entry.kind === KIND.notAgency) return this.because('a look-alike', NOBODY);
    if (entry.kind === KIND.line) return this.inRegion(this.judgeLine(entry.row, from, to), region);
    if (entry.kind === KIND.short) {
      return this.hasCountry(from, to)
        ? this.because('an abbreviation beside the country', entry.row)
        : this.because('an ambiguous abbreviation without context', NOBODY);
    }
    const place = placeOf(reading, this.places, from, to);
    if (place?.isForeign && !this.hasCountry(from, to)) return this.becauseForeign('a body of another country');
    if (entry.kind === KIND.role) {
      if (this.isSurname(from, to)) return this.because('a surname', NOBODY);
      const role = this.roles[entry.row];
      return role === undefined || place === undefined ? BARE : this.judgePlaced(role, place, region);
    }
    if (entry.pattern.startsWith('^') && from === to && !this.hasCountry(from, to) && reading.scan.isShouting()) {
      return this.because('capitals say nothing where all is in capitals', NOBODY);
    }
    const isNoun = this.commonNouns[reading.scan.walk.hitEntry[hit] ?? 0] === 1;
    if (this.places.length > 0 && (entry.near || isNoun) && this.isForeignNearby(from, to)) {
      return this.becauseForeign('a foreign place beside it');
    }
    return this.because('its name', entry.row);
  }

  private judgePlaced(role: RoleTable, place: PlaceMention, region: string | null): number {
    for (const row of place.rows) {
      const city = role.byCity.get(row.id);
      if (city !== undefined) return this.because('the body of the city named beside it', city);
    }
    const code = place.regions.length === 1 || region === null ? place.regions[0] : region;
    const agency = code === undefined ? undefined : role.byRegion.get(code);
    if (agency === undefined) return this.because('no body of that role there', NOBODY);
    return this.because('the body of the region of the place beside it', agency);
  }

  private judgeBare(hit: number, region: string | null): number {
    const role = this.roles[this.roleOf(hit)];
    if (role === undefined) return this.because('no such role', NOBODY);
    if (this.isForeignNearby(this.reading.fromOf(hit), this.reading.toOf(hit))) {
      return this.becauseForeign('a foreign place beside it');
    }
    const agency = region === null ? undefined : role.byRegion.get(region);
    if (agency !== undefined) return this.because('bare: the region of the post', agency);
    if (role.unresolved >= 0) return this.because('bare, without a region', role.unresolved);
    return this.because('unresolved: bare, without a region', NOBODY);
  }

  private judgeLine(row: number, from: number, to: number): number {
    const { reading } = this;
    const isJoined = (reading.flagsOf(to + 1) & SEEN.joined) !== 0;
    const after = isJoined ? to + 1 : to;
    const isCounted = [from - 1, after + 1].some(
      (w) => reading.isCue(w, CUE.numbered) && reading.isSameClause(w, from),
    );
    if (isCounted) return this.because('a number of something else', NOBODY);
    if (isJoined && KAZAKH_CASE.test(reading.wordText(to + 1))) return this.because('a line in a case', row);
    if (isJoined) return this.because('an ordinal number', NOBODY);
    if (reading.hasCueNear(from, to, CALL_REACH, CUE.call)) return this.because('a line that somebody calls', row);
    return this.because('a number that nobody calls', NOBODY);
  }

  /** The row that stands for a body in a region, where it has such rows: 102 is the police of the region of the post. */
  private inRegion(row: number, region: string | null): number {
    if (row < 0 || region === null) return row;
    const agency = this.roles.find((role) => role.unresolved === row)?.byRegion.get(region);
    return agency ?? row;
  }

  private hasCountry(from: number, to: number): boolean {
    const { reading } = this;
    return (
      (reading.isCue(from - 1, CUE.country) && reading.isSameClause(from - 1, from)) ||
      (reading.isCue(to + 1, CUE.country) && reading.isSameClause(to + 1, to))
    );
  }

  /** «Акимов», not «акимов». */
  private isSurname(from: number, to: number): boolean {
    const { reading } = this;
    if (from !== to || (reading.flagsOf(from) & SEEN.capital) === 0) return false;
    if (!/(ов|ев|ov|ev)$/.test(reading.wordText(to))) return false;
    const { scan } = reading;
    const start = scan.wordFrom[to] ?? 0;
    const end = scan.wordTo[to] ?? 0;
    return scan.leadingCapitals(start, end) < end - start;
  }

  private isForeignNearby(from: number, to: number): boolean {
    const { reading } = this;
    const { places } = this;
    let isNearby = false;
    for (let p = firstPlaceEnding(places, from - FOREIGN_SCOPE); p < places.length; p++) {
      const place = places[p];
      if (place === undefined || place.from > to + FOREIGN_SCOPE) break;
      if (!reading.isSameClause(place.from, from)) continue;
      if (!place.isForeign) return false;
      if (Math.max(from - place.to, place.from - to) <= FOREIGN_REACH) isNearby = true;
    }
    return isNearby && !reading.hasCueNear(from, to, FOREIGN_REACH, CUE.country);
  }
}

const KAZAKH_CASE =
  /^(ге|ке|га|ка|ға|қа|де|те|да|та|ден|тен|дан|тан|мен|пен|ни|ти|ды|ты|ні|ті|нің|тің|дің|ның|тын|тин)$/;

function isCommonNoun(pattern: string): boolean {
  return /^=?\p{Ll}/u.test(pattern) && !pattern.includes(' ');
}
