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
  if (places.length === 1 && places[0]?.regions.length === 1) return places[0].regions[0];
  const chosen = nearestToBody(reading, places, isCertainArea) ?? nearestToBody(reading, places, isCertain);
  if (chosen !== undefined) return chosen.regions[0];
  const metadata = [post.region, post.channel?.region, post.author.region];
  for (const place of places) {
    const confirmed = metadata.find((code) => code !== undefined && place.regions.includes(code));
    if (confirmed !== undefined) return confirmed;
  }
  return undefined;
}

function isCertain(place: PlaceMention): boolean {
  return place.regions.length === 1;
}

function isCertainArea(place: PlaceMention): boolean {
  return isCertain(place) && place.rows[0]?.type !== 'street';
}

/** Of the places that qualify the one nearest a body; the first one where none is named. */
function nearestToBody(
  reading: Reading,
  places: readonly PlaceMention[],
  qualifies: (place: PlaceMention) => boolean,
): PlaceMention | undefined {
  let best: PlaceMention | undefined;
  const { agencies } = reading;
  let bestGap = Number.POSITIVE_INFINITY;
  for (const place of places) {
    if (!qualifies(place)) continue;
    best ??= place;
    const after = reading.firstEnding(agencies, place.from);
    for (let index = Math.max(0, after - 1); index <= after && index < agencies.count; index++) {
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
