import type { MentionLists } from './mentions/lists.ts';
import type { WordsLanguage } from './weigh/numerals.ts';

/** What the lists call a body, a region and a theme; the id itself where they do not name it. */
export interface Names {
  agency(id: string, language: WordsLanguage): string;
  region(code: string, language: WordsLanguage): string;
  theme(id: string, language: WordsLanguage): string;
}

export function createNames({ agencies, themes, places }: MentionLists): Names {
  const agencyOf = new Map(agencies.map((row) => [row.id, row]));
  const themeOf = new Map(themes.map((row) => [row.id, row]));
  const regionOf = new Map(places.filter(({ type }) => type === 'region').map((row) => [row.region, row]));
  return {
    agency: (id, language) => agencyOf.get(id)?.[`name_${language}`] || id,
    theme: (id, language) => themeOf.get(id)?.[`name_${language}`] || id,
    region: (code, language) => {
      const row = regionOf.get(code);
      const name = language === 'en' ? row?.aliases_en.split('|')[0] : row?.[`name_${language}`];
      return name || code;
    },
  };
}
