import { keysOfWord } from './letters.ts';
import { type MentionLists, REGIONAL_LEVELS, THEMELESS, type ThemeRow } from './lists.ts';
import { guessLanguage, parsePattern, splitCell } from './pattern.ts';

/** Something in the lists that a user should look at. An error makes results wrong, a warning may. */
export interface ListFinding {
  severity: 'error' | 'warning';
  file: 'agencies.csv' | 'themes.csv' | 'places.csv';
  line: number;
  message: string;
}

/** An open stem shorter than this begins too many words. */
const MIN_OPEN_STEM = 3;
/** How many different words of the lists may begin like an open stem before it is reported. */
const MAX_BEGINNINGS = 12;
/** A word shorter than this says too little alone. */
const MIN_ALIAS = 2;

/**
 * Looks for clashes in lists that parse: an alias that two bodies share, references to rows that do not exist, regions
 * without their bodies, a pattern that two themes hold as enough alone, stems that match too much, patterns that a look-alike
 * of their own row hides.
 */
export function checkLists(lists: MentionLists): ListFinding[] {
  return [
    ...sharedAliases(lists),
    ...brokenReferences(lists),
    ...regionsWithoutBodies(lists),
    ...sharedStems(lists),
    ...greedyStems(lists),
    ...ambiguousPlaces(lists),
    ...hiddenPatterns(lists),
  ].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

/** How a pattern looks to the automaton, so that «Минздрав» and «минздрав» are one. */
function shapeOf(pattern: string): string {
  const { sides } = parsePattern(pattern, guessLanguage(pattern));
  return sides
    .map((side) => side.map((word) => `${keysOfWord(word.text).join(',')}${word.open ? '*' : ''}`).join(' '))
    .join(' + ');
}

function sharedAliases(lists: MentionLists): ListFinding[] {
  const findings: ListFinding[] = [];
  const owner = new Map<string, { id: string; alias: string }>();
  for (const agency of lists.agencies) {
    const cells = [agency.aliases_kk, agency.aliases_ru, agency.aliases_en, agency.lines];
    for (const alias of cells.flatMap(splitCell)) {
      if (alias.replace(/[=^*]/g, '').length < MIN_ALIAS + 1 && !/^\^/.test(alias)) {
        const message = `"${alias}" is too short to match without context: move it to the column "short"`;
        findings.push({ severity: 'warning', file: 'agencies.csv', line: agency.line, message });
      }
      const shape = shapeOf(alias);
      const first = owner.get(shape);
      if (first === undefined) owner.set(shape, { id: agency.id, alias });
      else if (first.id !== agency.id) {
        const message = `the alias "${alias}" of ${agency.id} is already "${first.alias}" of ${first.id}`;
        findings.push({ severity: 'error', file: 'agencies.csv', line: agency.line, message });
      }
    }
  }
  return findings;
}

function brokenReferences(lists: MentionLists): ListFinding[] {
  const themes = new Set(lists.themes.map((theme) => theme.id));
  const places = new Set(lists.places.map((place) => place.id));
  const levels = new Set(lists.agencies.map((agency) => agency.level));
  return lists.agencies.flatMap((agency) => {
    const messages = [
      agency.theme === '' || agency.theme === THEMELESS || themes.has(agency.theme)
        ? ''
        : `"${agency.theme}" is no theme of themes.csv`,
      agency.place === '' || places.has(agency.place) ? '' : `"${agency.place}" is no place of places.csv`,
      agency.regional === '' || levels.has(agency.regional) ? '' : `no row has the level "${agency.regional}"`,
    ];
    return messages
      .filter(Boolean)
      .map((message): ListFinding => ({ severity: 'error', file: 'agencies.csv', line: agency.line, message }));
  });
}

function regionsWithoutBodies(lists: MentionLists): ListFinding[] {
  const regions = lists.places.filter((place) => place.type === 'region');
  return REGIONAL_LEVELS.filter((level) => level !== 'akimat_city').flatMap((level) => {
    const rows = lists.agencies.filter((agency) => agency.level === level);
    return regions
      .filter((region) => !rows.some((agency) => agency.region === region.id))
      .map(
        (region): ListFinding => ({
          severity: 'warning',
          file: 'places.csv',
          line: region.line,
          message: `${region.id} has no row of the level "${level}" in agencies.csv`,
        }),
      );
  });
}

/** The columns of which one pattern is enough. */
function aloneOf(theme: ThemeRow): string[] {
  return [theme.stems_kk, theme.stems_ru, theme.passing_kk, theme.passing_ru];
}

function sharedStems(lists: MentionLists): ListFinding[] {
  const owner = new Map<string, string>();
  const findings: ListFinding[] = [];
  for (const theme of lists.themes) {
    // A phrase may speak for two themes on purpose: a tariff for water is both.
    for (const stem of [...aloneOf(theme), theme.stems_en].flatMap(splitCell)) {
      if (stem.includes(' ')) continue;
      const shape = shapeOf(stem);
      const first = owner.get(shape);
      if (first === undefined) owner.set(shape, theme.id);
      else if (first !== theme.id) {
        const message = `"${stem}" is enough alone for ${first} and for ${theme.id}`;
        findings.push({ severity: 'warning', file: 'themes.csv', line: theme.line, message });
      }
    }
  }
  return findings;
}

/** Open stems that begin many different words of the lists begin many more of the language. */
function greedyStems(lists: MentionLists): ListFinding[] {
  const words = new Set(
    lists.themes
      .flatMap((theme) => [...aloneOf(theme), theme.weak_kk, theme.weak_ru].flatMap(splitCell))
      .flatMap((pattern) => pattern.toLowerCase().match(/[\p{L}]{3,}/gu) ?? []),
  );
  return lists.themes.flatMap((theme) =>
    aloneOf(theme)
      .flatMap(splitCell)
      .filter((stem) => /^\p{L}+\*$/u.test(stem))
      .flatMap((stem) => {
        const start = stem.slice(0, -1).toLowerCase();
        const begun = [...words].filter((word) => word.startsWith(start)).length;
        const isShort = start.length < MIN_OPEN_STEM;
        if (!isShort && begun <= MAX_BEGINNINGS) return [];
        const why = isShort
          ? `it has fewer than ${MIN_OPEN_STEM} letters`
          : `${begun} words of this list begin with it`;
        const message = `"${stem}" matches too much: ${why}`;
        return [{ severity: 'warning' as const, file: 'themes.csv' as const, line: theme.line, message }];
      }),
  );
}

function ambiguousPlaces(lists: MentionLists): ListFinding[] {
  const owner = new Map<string, { id: string; region: string }>();
  const findings: ListFinding[] = [];
  for (const place of lists.places) {
    if (place.needs === 'kind') continue;
    for (const name of [place.name_kk, place.name_ru, place.aliases_kk, place.aliases_ru].flatMap(splitCell)) {
      if (name.includes(' ')) continue;
      const shape = shapeOf(name);
      const first = owner.get(shape);
      if (first === undefined) owner.set(shape, { id: place.id, region: place.region });
      else if (first.region !== place.region) {
        const message = `"${name}" is also ${first.id} in another region: set "needs" to kind, or leave the name out`;
        findings.push({ severity: 'warning', file: 'places.csv', line: place.line, message });
      }
    }
  }
  return findings;
}

/** Patterns that a look-alike of their own row hides: a look-alike wins over a name of its length. */
function hiddenPatterns({ agencies, themes, places }: MentionLists): ListFinding[] {
  const rows = [
    ...agencies.map((row) => ({
      file: 'agencies.csv' as const,
      row,
      own: [row.aliases_kk, row.aliases_ru, row.aliases_en],
    })),
    ...themes.map((row) => ({ file: 'themes.csv' as const, row, own: [...aloneOf(row), row.stems_en] })),
    ...places.map((row) => ({
      file: 'places.csv' as const,
      row,
      own: [row.aliases_kk, row.aliases_ru, row.aliases_en],
    })),
  ];
  return rows.flatMap(({ file, row, own }) => {
    const hidden = new Set(splitCell(row.not).map(shapeOf));
    return own
      .flatMap(splitCell)
      .filter((pattern) => hidden.size > 0 && hidden.has(shapeOf(pattern)))
      .map((pattern): ListFinding => {
        const message = `"${pattern}" of ${row.id} is also in its column "not", and is never found`;
        return { severity: 'error', file, line: row.line, message };
      });
  });
}
