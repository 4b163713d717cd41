import { TextBatch } from '../post/text-batch.ts';
import { compileLists } from './compile-lists.ts';
import { CUE, KIND } from './entries.ts';
import type { MentionLists } from './lists.ts';
import type { MentionFinder, MentionTrace, Mentions, PlacedPost } from './mentions.ts';
import { type PlaceMention, placeMentions } from './place-mentions.ts';
import { Reading } from './reading.ts';
import { type Verdict, judgeAgencies, roleTables } from './resolve-agencies.ts';
import { resolveRegion } from './resolve-region.ts';
import { Scan } from './scan.ts';
import { type ThemeSettings, scoreThemes } from './score-themes.ts';

export interface MentionSettings {
  themes: ThemeSettings;
}

export const DEFAULT_MENTION_SETTINGS: MentionSettings = {
  themes: { threshold: 1, shareOfBest: 0.34, most: 3 },
};

/**
 * Compiles the lists into a finder. It keeps scratch memory between calls, so one finder serves one thread.
 *
 * @example
 * const finder = createMentionFinder(parseLists({ agencies, themes, places }));
 * const [mentions] = finder.find(new TextBatch().fill([post.text]), [post]);
 *
 * @throws SalmaqError `SLM_LIST` for a pattern that cannot be read.
 */
export function createMentionFinder(
  lists: MentionLists,
  settings: MentionSettings = DEFAULT_MENTION_SETTINGS,
): MentionFinder {
  const { lexicon, roles: compiledRoles } = compileLists(lists);
  const roles = roleTables(compiledRoles, lists.agencies, lists.places);
  const scan = new Scan(lexicon);
  const own = new TextBatch();
  const reading = new Reading(scan, lexicon.entries, own);
  const agencyIds = lists.agencies.map((agency) => agency.id);
  const themeIds = lists.themes.map((theme) => theme.id);
  const themeOfAgency = lists.agencies.map((agency) => themeIds.indexOf(agency.theme));

  function read(batch: TextBatch, i: number, post: PlacedPost, trace?: MentionTrace[]): Mentions {
    scan.run(batch, i);
    reading.run(batch);
    const places = placeMentions(reading, lists.places, (hit) => note(hit, 'place', null, 'not beside its kind'));
    const region = resolveRegion(reading, places, post);
    for (const place of places) tracePlace(place, region?.code);
    const verdicts = judgeAgencies(reading, roles, places, region?.code ?? null);
    const agencies: number[] = [];
    for (const [index, verdict] of verdicts.entries()) {
      if (verdict.agency !== null && !agencies.includes(verdict.agency)) agencies.push(verdict.agency);
      note(reading.kept[0][index] ?? 0, 'agency', verdict.agency, verdict.rule);
    }
    const themes = themesOf(verdicts, agencies);
    const mentions: Mentions = {
      agencies: agencies.map((row) => agencyIds[row] ?? ''),
      themes: themes.map((row) => themeIds[row] ?? ''),
      region,
    };
    if (agencies.length > 0 && isThanks()) mentions.stance = 'thanks';
    if (trace !== undefined) traceThemes(themes);
    return mentions;

    function note(hit: number, kind: MentionTrace['kind'], row: number | null, rule: string): void {
      if (trace === undefined) return;
      const entry = reading.entryOf(hit);
      const from = batch.source[scan.wordFrom[reading.fromOf(hit)] ?? 0] ?? 0;
      const to = (batch.source[(scan.wordTo[reading.toOf(hit)] ?? 1) - 1] ?? 0) + 1;
      trace.push({
        kind,
        id: idOf(kind, entry.kind === KIND.role && row !== null ? row : entry.row, entry.kind),
        from,
        to,
        matched: post.text.slice(from, to),
        pattern: entry.pattern,
        rule,
        kept: row !== null,
      });

      function idOf(of: MentionTrace['kind'], index: number, entryKind: number): string {
        if (of === 'theme') return themeIds[index] ?? '';
        if (of === 'place') return lists.places[index]?.id ?? '';
        if (entryKind === KIND.role && row === null) return roles[entry.row]?.name ?? '';
        return agencyIds[index] ?? '';
      }
    }

    function tracePlace(place: PlaceMention, code: string | undefined): void {
      if (trace === undefined) return;
      const isKept = code !== undefined && place.regions.includes(code);
      const rule = place.isForeign ? 'a foreign place' : place.regions.length > 1 ? 'in several regions' : 'a place';
      note(place.hit, 'place', isKept ? 0 : null, rule);
    }

    function traceThemes(kept: readonly number[]): void {
      for (const hit of reading.kept[2]) {
        const { row, kind, weight } = reading.entryOf(hit);
        const isKept = kind === KIND.theme && kept.includes(row);
        note(hit, 'theme', isKept ? row : null, kind === KIND.theme ? `evidence ${weight}` : 'a look-alike');
      }
    }
  }

  function themesOf(verdicts: readonly Verdict[], agencies: readonly number[]): number[] {
    const isTaken = (from: number, to: number) =>
      verdicts.some((verdict, index) => {
        const hit = reading.kept[0][index] ?? 0;
        const isName = verdict.agency !== null && reading.toOf(hit) > reading.fromOf(hit);
        return isName && reading.fromOf(hit) <= from && to <= reading.toOf(hit);
      });
    const themes = scoreThemes(reading, settings.themes, isTaken).map((score) => score.theme);
    if (themes.length > 0) return themes;
    for (const agency of agencies) {
      const theme = themeOfAgency[agency] ?? -1;
      if (theme >= 0 && !themes.includes(theme)) themes.push(theme);
    }
    return themes.slice(0, settings.themes.most);
  }

  /** Thanks with no question, negation or demand beside them. */
  function isThanks(): boolean {
    return (reading.hasCues & (1 << CUE.thanks)) !== 0 && (reading.hasCues & (1 << CUE.complaint)) === 0;
  }

  return {
    find: (batch, posts) => posts.map((post, i) => read(batch, i, post)),
    explain(batch, i, post) {
      const trace: MentionTrace[] = [];
      const mentions = read(batch, i, post, trace);
      trace.sort((a, b) => a.from - b.from || b.to - a.to);
      return { mentions, trace };
    },
    resolveAgency(name, region) {
      const post: PlacedPost = { text: name, author: { id: '-', ...(region === undefined ? {} : { region }) } };
      const { agencies } = read(own.fill([name]), 0, post);
      return agencies[0] ?? null;
    },
    hasAgency: (id) => agencyIds.includes(id),
    regionOf(id) {
      const agency = lists.agencies.find((row) => row.id === id);
      return lists.places.find((place) => place.type === 'region' && place.id === agency?.region)?.region ?? null;
    },
    hasTheme: (id) => themeIds.includes(id),
  };
}
