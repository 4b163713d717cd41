import { messageOf, SalmaqError } from '../errors.ts';
import { type Entry, KIND } from './entries.ts';
import { ABBREVIATIONS, CUE_WORDS, ROLES, type Role } from './grammar-words.ts';
import { type Lexicon, LexiconBuilder } from './lexicon.ts';
import { type MentionLists, type PlaceRow, REGIONAL_LEVELS } from './lists.ts';
import {
  guessLanguage,
  type Pattern,
  type PatternLanguage,
  type PatternOptions,
  parsePattern,
  splitCell,
} from './pattern.ts';

/** A role and the row it falls back to, with the patterns of that row. */
export interface CompiledRole extends Role {
  /** Index of the agency that a bare mention without a region stands for, or -1. */
  unresolved: number;
}

export interface CompiledLists {
  lexicon: Lexicon;
  roles: CompiledRole[];
}

/** Puts every pattern of the lists and of the grammar into one lexicon; `weakWeight` is that of the columns `weak_*`. */
export function compileLists(lists: MentionLists, weakWeight: number): CompiledLists {
  const compiler = new Compiler();
  const roles: CompiledRole[] = ROLES.map((role) => ({ ...role, unresolved: -1 }));
  for (const [row, agency] of lists.agencies.entries()) {
    compiler.at = `agencies.csv:${agency.line}`;
    const isRegional = REGIONAL_LEVELS.some((level) => level === agency.level);
    if (agency.regional !== '') {
      const { regional } = agency;
      roles.push({ name: agency.id, kk: '', ru: '', en: '', region: regional, city: '', unresolved: row });
    }
    const names = { kk: agency.aliases_kk, ru: agency.aliases_ru, en: agency.aliases_en };
    const entry = agency.regional === '' ? { kind: KIND.agency, row } : { kind: KIND.role, row: roles.length - 1 };
    // Rows of a region are found by role and place: their names in a locative («Таразда әкімдік …») name nobody.
    if (!isRegional || agency.place === '-') {
      compiler.add(names, entry);
      compiler.add({ kk: plainName(agency.name_kk), ru: plainName(agency.name_ru), en: agency.name_en }, entry);
    }
    compiler.addAll(
      splitCell(agency.short).map((one) => (/[=^]/.test(one) ? one : `^${one}`)),
      {
        kind: KIND.short,
        row,
      },
    );
    compiler.addAll(splitCell(agency.lines), { kind: KIND.line, row });
    compiler.addAll(splitCell(agency.not), { kind: KIND.notAgency, row });
  }
  for (const [row, theme] of lists.themes.entries()) {
    compiler.at = `themes.csv:${theme.line}`;
    compiler.add({ kk: theme.stems_kk, ru: theme.stems_ru, en: theme.stems_en }, { kind: KIND.theme, row });
    compiler.add({ kk: theme.passing_kk, ru: theme.passing_ru, en: '' }, { kind: KIND.theme, row, passing: true });
    compiler.add({ kk: theme.weak_kk, ru: theme.weak_ru, en: '' }, { kind: KIND.theme, row, weight: weakWeight });
    compiler.addAll(splitCell(theme.not), { kind: KIND.notTheme, row });
  }
  for (const [row, place] of lists.places.entries()) {
    compiler.at = `places.csv:${place.line}`;
    compiler.addPlace(place, row);
  }
  compiler.addGrammar(roles);
  return { lexicon: compiler.builder.build(), roles };
}

/** A name without the country: «Министерство здравоохранения Республики Казахстан» is seldom typed out. */
function plainName(name: string): string {
  return name
    .replace(/^Қазақстан Республикасы(ның)? |Қазақстан Республикасы(ның)? /, '')
    .replace(/ Республики Казахстан$/, '')
    .replace(/[«»"]/g, '')
    .replace(/\s*\(.*\)\s*/, '')
    .replaceAll(' / ', '|');
}

/** A name that holds the word for its kind needs no other beside it. */
const KIND_INSIDE = /(район|ауданы|ауд|облысы|область|город|қаласы|ауылы|село|поселок|микрорайон|кенті|даңғылы|көшесі)/;

/** Places of these types bear names that are also words more often than not: Самал, Орбита, Абая. */
const OF_COMMON_WORDS: ReadonlySet<PlaceRow['type']> = new Set(['area', 'street']);

type EntryOf = Pick<Entry, 'kind' | 'row'> & Partial<Entry>;

class Compiler {
  readonly builder = new LexiconBuilder();
  /** The row at hand, for messages. */
  at = '';

  add(cells: Readonly<Record<PatternLanguage, string>>, entry: EntryOf): void {
    for (const language of ['kk', 'ru', 'en'] as const) {
      for (const source of splitCell(cells[language])) this.addOne(source, language, entry);
    }
  }

  /** Entries of a column that holds several languages. */
  addAll(sources: readonly string[], entry: EntryOf): void {
    for (const source of sources) this.addOne(source, guessLanguage(source), entry);
  }

  addPlace(place: PlaceRow, row: number): void {
    const entry = { kind: KIND.place, row };
    const needsKind = (source: string) => place.needs === 'kind' && !KIND_INSIDE.test(source);
    // A word for its kind says as much as a capital: «арал ауданы».
    const isName = (source: string) =>
      (place.needs === 'capital' || (place.needs === '' && OF_COMMON_WORDS.has(place.type))) &&
      !KIND_INSIDE.test(source);
    const cells = {
      kk: [place.name_kk, place.aliases_kk].join('|'),
      ru: [place.name_ru, place.aliases_ru].join('|'),
      en: place.aliases_en,
    };
    for (const language of ['kk', 'ru', 'en'] as const) {
      for (const source of splitCell(cells[language]))
        this.addOne(source, language, { ...entry, needsKind: needsKind(source) }, isName(source));
    }
    for (const source of splitCell(place.adjective_ru)) {
      this.addOne(source, 'ru', { ...entry, adjective: true, needsKind: needsKind(source) }, isName(source));
    }
    this.addAll(splitCell(place.not), { kind: KIND.notPlace, row });
  }

  addGrammar(roles: readonly CompiledRole[]): void {
    this.at = 'grammar';
    for (const [row, role] of roles.entries()) this.add(role, { kind: KIND.role, row });
    for (const words of CUE_WORDS) {
      for (const language of ['kk', 'ru', 'en'] as const) {
        for (const source of splitCell(words[language])) this.builder.addCue(this.parse(source, language), words.cue);
      }
    }
    for (const source of splitCell(ABBREVIATIONS)) {
      this.builder.addAbbreviation(this.parse(source, guessLanguage(source)));
      if (guessLanguage(source) === 'ru') this.builder.addAbbreviation(this.parse(source, 'kk'));
    }
  }

  private addOne(source: string, language: PatternLanguage, entry: EntryOf, name = false): void {
    const strict = entry.kind !== KIND.theme && entry.kind !== KIND.notTheme;
    const pattern = this.parse(source, language, { name, strict });
    this.builder.add(pattern, {
      weight: 1,
      passing: false,
      needsKind: false,
      adjective: false,
      ...entry,
      pattern: source,
      near: pattern.sides.length === 2,
      lastLength: pattern.sides.at(-1)?.at(-1)?.text.length ?? 0,
    });
  }

  private parse(source: string, language: PatternLanguage, options: PatternOptions = {}): Pattern {
    try {
      return parsePattern(source, language, options);
    } catch (error) {
      throw new SalmaqError('SLM_LIST', `${this.at}: ${messageOf(error)}`, { cause: error });
    }
  }
}
