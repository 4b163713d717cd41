import type { Mentions, PlacedPost } from './mentions.ts';
import type { PlaceMention } from './place-mentions.ts';
import type { Reading } from './reading.ts';

/**
 * The region a text is about: of the places it names, the one nearest a body; otherwise the geotag, the channel, the
 * author; otherwise null. A name that several regions have counts for the one that another source confirms.
 */
export function resolveRegion(reading: Reading, places: readonly PlaceMention[], post: PlacedPost): Mentions['region'] {
  if (places.length > 0) {
    const code = regionOfPlaces(reading, places, post);
    if (code !== undefined) return { code, source: 'text' };
  }
  if (post.region !== undefined) return { code: post.region, source: 'geotag' };
  if (post.channel?.region !== undefined) return { code: post.channel.region, source: 'channel' };
  if (post.author.region !== undefined) return { code: post.author.region, source: 'author' };
  return null;
}

function regionOfPlaces(reading: Reading, places: readonly PlaceMention[], post: PlacedPost): string | undefined {
  const [only] = places;
  if (places.length === 1 && only?.regions.length === 1) return only.regions[0];
  const certain = places.filter((place) => place.regions.length === 1);
  const areas = certain.filter((place) => place.rows[0]?.type !== 'street');
  const chosen = nearestToBody(reading, areas.length > 0 ? areas : certain)?.regions[0];
  if (chosen !== undefined) return chosen;
  const metadata = [post.region, post.channel?.region, post.author.region];
  for (const place of places) {
    const confirmed = metadata.find((code) => code !== undefined && place.regions.includes(code));
    if (confirmed !== undefined) return confirmed;
  }
  return undefined;
}

function nearestToBody(reading: Reading, places: readonly PlaceMention[]): PlaceMention | undefined {
  let best = places[0];
  if (places.length < 2) return best;
  const { agencies } = reading;
  let bestGap = Number.POSITIVE_INFINITY;
  for (const place of places) {
    const after = reading.firstEnding(agencies, place.from);
    for (const index of [after - 1, after]) {
      if (index < 0 || index >= agencies.count) continue;
      const hit = agencies.at(index);
      const gap = Math.max(reading.fromOf(hit) - place.to, place.from - reading.toOf(hit), 0);
      if (gap < bestGap) {
        bestGap = gap;
        best = place;
      }
    }
  }
  return best;
}
