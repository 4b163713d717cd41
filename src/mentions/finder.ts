import { TextBatch } from '../post/text-batch.ts';
import { compileLists } from './compile-lists.ts';
import { CUE } from './entries.ts';
import { explainReading } from './explain.ts';
import { type AgencyRow, type Listed, type MentionLists, THEMELESS, type ThemeRow } from './lists.ts';
import type { MentionFinder, Mentions, MentionTrace, PlacedPost } from './mentions.ts';
import { type PlaceMention, PlaceReader } from './place-mentions.ts';
import { Reading } from './reading.ts';
import { AgencyJudge, roleTables } from './resolve-agencies.ts';
import { resolveRegion } from './resolve-region.ts';
import { Scan } from './scan.ts';
import { type NamedBodies, ThemeScorer, type ThemeTraits } from './score-themes.ts';
import type { MentionSettings } from './settings.ts';

/**
 * Compiles the lists into a finder. It keeps scratch memory between calls, so one finder serves one thread.
 *
 * @example
 * const finder = createMentionFinder(parseLists({ agencies, themes, places }), config.mentions);
 * const [mentions] = finder.find(new TextBatch().fill([post.text]), [post]);
 *
 * @throws SalmaqError `SLM_LIST` for a pattern that cannot be read.
 */
export function createMentionFinder(lists: MentionLists, settings: MentionSettings): MentionFinder {
  return new ListFinder(lists, settings);
}

const NONE: readonly number[] = [];
const NO_IDS: readonly string[] = [];
const NOBODY: NamedBodies = { themes: NONE, areThemeless: false, areForeign: false };
const ONLY_FOREIGN: NamedBodies = { themes: NONE, areThemeless: false, areForeign: true };
/** No body's name has more words. */
const LONGEST_NAME = 16;

class ListFinder implements MentionFinder {
  private readonly lists: MentionLists;
  private readonly scan: Scan;
  private readonly reading: Reading;
  private readonly places: PlaceReader;
  private readonly judge: AgencyJudge;
  private readonly scorer: ThemeScorer;
  private readonly agencyIds: string[];
  private readonly themeIds: string[];
  /** Most posts name one of each, so that their answers can share the list of it. */
  private readonly oneAgency: readonly (readonly string[])[];
  private readonly oneTheme: readonly (readonly string[])[];
  /** Theme of each agency, or -1. */
  private readonly themeOf: number[];
  private readonly own = new TextBatch();
  private readonly isTaken = (from: number, to: number) => this.isInName(from, to);

  constructor(lists: MentionLists, settings: MentionSettings) {
    const { lexicon, roles } = compileLists(lists, settings.themes.weakWeight);
    this.lists = lists;
    this.scan = new Scan(lexicon);
    this.reading = new Reading(this.scan, lexicon, this.own);
    this.places = new PlaceReader(this.reading, lists.places);
    this.judge = new AgencyJudge(this.reading, roleTables(roles, lists.agencies, lists.places));
    this.scorer = new ThemeScorer(this.reading, settings.themes, lists.themes.map(traitsOf));
    this.agencyIds = lists.agencies.map((agency) => agency.id);
    this.themeIds = lists.themes.map((theme) => theme.id);
    this.oneAgency = this.agencyIds.map((id) => [id]);
    this.oneTheme = this.themeIds.map((id) => [id]);
    this.themeOf = lists.agencies.map((agency) => this.themeIds.indexOf(agency.theme || themeOfLevel(agency, lists)));
  }

  find(batch: TextBatch, posts: readonly PlacedPost[]): Mentions[] {
    return posts.map((post, i) => this.read(batch, i, post));
  }

  explain(batch: TextBatch, i: number, post: PlacedPost): { mentions: Mentions; trace: MentionTrace[] } {
    const mentions = this.read(batch, i, post);
    const trace = explainReading(this.reading, this.judge, this.lists, mentions, post.text);
    return { mentions, trace };
  }

  resolveAgency(name: string, region?: string): string | null {
    const author = region === undefined ? { id: '-' } : { id: '-', region };
    const { agencies } = this.read(this.own.fill([name]), 0, { text: name, author });
    return agencies[0] ?? null;
  }

  hasAgency(id: string): boolean {
    return this.agencyIds.includes(id);
  }

  hasTheme(id: string): boolean {
    return this.themeIds.includes(id);
  }

  regionOf(agencyId: string): string | null {
    const agency = this.lists.agencies.find((row) => row.id === agencyId);
    return this.lists.places.find((place) => place.type === 'region' && place.id === agency?.region)?.region ?? null;
  }

  private read(batch: TextBatch, i: number, post: PlacedPost): Mentions {
    const { scan, reading } = this;
    scan.run(batch, i);
    reading.run(batch);
    const places = this.places.run();
    const region = resolveRegion(reading, places, post);
    if (scan.walk.hits === 0) return { agencies: NO_IDS, themes: NO_IDS, region };
    const agencies = this.agenciesOf(places, region);
    const themes = this.scorer.run(this.isTaken, this.bodiesOf(agencies));
    const mentions: Mentions = {
      agencies: idsOf(this.agencyIds, this.oneAgency, agencies, agencies.length),
      themes: idsOf(this.themeIds, this.oneTheme, this.scorer.clear, themes),
      region,
    };
    if (agencies.length > 0 && this.isThanks()) mentions.stance = 'thanks';
    return mentions;
  }

  private agenciesOf(places: readonly PlaceMention[], region: Mentions['region']): readonly number[] {
    const { judge } = this;
    const { count } = this.reading.agencies;
    if (count === 0) return NONE;
    judge.run(places, region?.code ?? null);
    const agencies: number[] = [];
    for (let h = 0; h < count; h++) {
      const row = judge.rows[h] ?? -1;
      if (row >= 0 && !agencies.includes(row)) agencies.push(row);
    }
    return agencies;
  }

  private bodiesOf(agencies: readonly number[]): NamedBodies {
    if (agencies.length === 0) {
      // Nothing was judged in a text without a hit: the judge still speaks of the one before.
      return this.reading.agencies.count > 0 && this.judge.areForeign ? ONLY_FOREIGN : NOBODY;
    }
    const themes: number[] = [];
    let themeless = 0;
    for (const agency of agencies) {
      const theme = this.themeOf[agency] ?? -1;
      if (theme >= 0 && !themes.includes(theme)) themes.push(theme);
      if (this.lists.agencies[agency]?.theme === THEMELESS) themeless++;
    }
    return { themes, areThemeless: themeless === agencies.length, areForeign: false };
  }

  /** Whether words lie inside a name of several words that was found to be a body. */
  private isInName(from: number, to: number): boolean {
    const { reading, judge } = this;
    const { agencies: hits } = reading;
    for (let h = reading.firstEnding(hits, to); h < hits.count; h++) {
      const hit = hits.at(h);
      if (reading.toOf(hit) > to + LONGEST_NAME) return false;
      if ((judge.rows[h] ?? -1) < 0 || reading.toOf(hit) === reading.fromOf(hit)) continue;
      if (reading.fromOf(hit) <= from) return true;
    }
    return false;
  }

  /** Thanks with no question, negation or demand beside them. */
  private isThanks(): boolean {
    return this.reading.hasCue(CUE.thanks) && !this.reading.hasCue(CUE.complaint);
  }
}

/** The theme of the body that a row of a region stands for: a department of police speaks for what the police does. */
function themeOfLevel({ level }: AgencyRow, { agencies }: MentionLists): string {
  return agencies.find((agency) => agency.regional !== '' && agency.regional === level)?.theme ?? '';
}

/** The ids of the first `count` rows; `alone` holds the list of each single one. */
function idsOf(
  ids: readonly string[],
  alone: readonly (readonly string[])[],
  rows: readonly number[] | Int32Array,
  count: number,
): readonly string[] {
  if (count === 0) return NO_IDS;
  if (count === 1) return alone[rows[0] ?? 0] ?? NO_IDS;
  const several: string[] = [];
  for (let n = 0; n < count; n++) several.push(ids[rows[n] ?? 0] ?? '');
  return several;
}

function traitsOf({ yields, domestic }: Listed<ThemeRow>): ThemeTraits {
  return { yields: yields === 'yes', domestic: domestic === 'yes' };
}
