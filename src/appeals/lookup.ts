/** What the lists of the pipeline know of a name; each answers undefined where they know nothing. */
export interface NameLookup {
  /** ISO 3166-2 code of the region that a region, city or district lies in. */
  regionOf(name: string): string | undefined;
  /** Id of a body, the region helping where its name alone does not tell. */
  agencyOf(name: string, region: string | undefined): string | undefined;
  /** Id of the theme that a category is about. */
  themeOf(name: string): string | undefined;
}
