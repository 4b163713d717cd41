import type { NameLookup } from './appeals/lookup.ts';
import { nameKey } from './appeals/name-key.ts';
import type { MentionLists } from './mentions/lists.ts';
import type { MentionFinder } from './mentions/mentions.ts';
import { TextBatch } from './post/text-batch.ts';

const MAX_KNOWN = 50_000;

/** Looks names up in the lists of the pipeline as texts are read: by alias, in any case and inflection. Remembers them, since exports repeat few. */
export function createAppealLookup(finder: MentionFinder, { themes }: Pick<MentionLists, 'themes'>): NameLookup {
  const batch = new TextBatch();
  const themeIds = new Map(
    themes.flatMap((theme) =>
      [theme.id, theme.name_kk, theme.name_ru, theme.name_en].map((name) => [nameKey(name), theme.id] as const),
    ),
  );
  const read = remembered((name) => {
    const [mentions] = finder.find(batch.fill([name]), [{ text: name, author: { id: '-' } }]);
    const [theme, other] = mentions?.themes ?? [];
    return { region: mentions?.region?.code, theme: other === undefined ? theme : undefined };
  });
  const bodies = new Map<string, (name: string) => string | undefined>();
  return {
    regionOf: (name) => read(name).region,
    themeOf: (name) => themeIds.get(nameKey(name)) ?? read(name).theme,
    agencyOf(name, region) {
      const find = bodies.get(region ?? '') ?? remembered((body) => bodyOf(body, region));
      bodies.set(region ?? '', find);
      return find(name);
    },
  };

  function bodyOf(name: string, region: string | undefined): string | undefined {
    return finder.hasAgency(name) ? name : (finder.resolveAgency(name, region) ?? undefined);
  }
}

function remembered<T>(read: (name: string) => T): (name: string) => T {
  let known = new Map<string, T>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = read(name);
    if (known.size >= MAX_KNOWN) known = new Map();
    known.set(name, found);
    return found;
  };
}
