import type { Mentions, PlacedPost } from './mentions.ts';
import type { PlaceMention } from './place-mentions.ts';
import type { Reading } from './reading.ts';

/**
 * The region a text is about: of the places it names, the one nearest a body; otherwise the geotag, the channel, the
 * author; otherwise null. A name that several regions have counts for the one that another source confirms.
 */
export function resolveRegion(reading: Reading, places: readonly PlaceMention[], post: PlacedPost): Mentions['region'] {
  const ours = places.filter((place) => !place.isForeign);
  if (ours.length > 0) {
    const code = regionOfPlaces(reading, ours, metadataRegions(post));
    if (code !== undefined) return { code, source: 'text' };
  }
  if (post.region !== undefined) return { code: post.region, source: 'geotag' };
  if (post.channel?.region !== undefined) return { code: post.channel.region, source: 'channel' };
  if (post.author.region !== undefined) return { code: post.author.region, source: 'author' };
  return null;
}

function metadataRegions(post: PlacedPost): string[] {
  return [post.region, post.channel?.region, post.author.region].filter((code) => code !== undefined);
}

function regionOfPlaces(
  reading: Reading,
  places: readonly PlaceMention[],
  metadata: readonly string[],
): string | undefined {
  const certain = places.filter((place) => place.regions.length === 1);
  const areas = certain.filter((place) => place.rows[0]?.type !== 'street');
  const candidates = areas.length > 0 ? areas : certain;
  const chosen = nearestToBody(reading, candidates)?.regions[0];
  if (chosen !== undefined) return chosen;
  for (const place of places) {
    const confirmed = metadata.find((code) => place.regions.includes(code));
    if (confirmed !== undefined) return confirmed;
  }
  return undefined;
}

function nearestToBody(reading: Reading, places: readonly PlaceMention[]): PlaceMention | undefined {
  let best = places[0];
  if (places.length < 2) return best;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const place of places) {
    for (const hit of reading.kept[0]) {
      const gap = Math.max(reading.fromOf(hit) - place.to, place.from - reading.toOf(hit), 0);
      if (gap < bestDistance) {
        bestDistance = gap;
        best = place;
      }
    }
  }
  return best;
}
