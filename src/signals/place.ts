/** What a cell is about, as the store names it: `''` where not known. */
export interface Place {
  agency: string;
  region: string;
  theme: string;
}

export function placeKey({ agency, region, theme }: Place): string {
  return `${agency}\0${region}\0${theme}`;
}

/** The same as the contract names it: null where not known. */
export function named({ agency, region, theme }: Place) {
  return { agency: agency || null, region: region || null, theme: theme || null };
}
