import type { Estimate } from '../reach/reach.ts';

/** Audiences of one size on one platform. */
export interface Audience extends Estimate {
  platform: string;
  /** How many sources have about this audience; low, mid and high are the mean of them. */
  sources: number;
}

/**
 * Persons reached by a source that publishes `exposures` views in all to the same `circle` of followers:
 * F·(1 − e^(−exposures/F)), the chance of having been missed every time falling with each post.
 */
export function saturate(exposures: number, circle: number): number {
  return circle <= 0 ? 0 : circle * -Math.expm1(-exposures / circle);
}

/** Sainsbury's union of independent audiences among `people`: N·(1 − Π(1 − aᵢ/N)). An upper estimate where audiences overlap more than by chance. */
export function sainsbury(audiences: readonly number[], people: number): number {
  let missed = 0;
  for (const audience of audiences) missed += Math.log1p(-Math.min(audience, people) / people);
  return people * -Math.expm1(missed);
}

/**
 * Agostini's (1961) reach from gross audience A and the sum of pairwise duplications D, in one unit: A² / (A + K·D).
 * K = 1.125 is Agostini's constant for French magazines.
 */
export function agostini(gross: number, duplications: number, k = 1.125): number {
  return gross === 0 ? 0 : gross ** 2 / (gross + k * duplications);
}

/**
 * First-order canonical expansion (Bahadur 1961; Danaher 1991) of the share reached at least once, with one pairwise
 * correlation ρ of exposure: 1 − Πqᵢ·(1 + ρ·Σ_{i<j} √(pᵢpⱼ/qᵢqⱼ)). Never below the largest audience nor above Sainsbury.
 *
 * @param shares share of the people each source reaches, 0 … 1
 */
export function canonicalExpansion(shares: readonly number[], correlation: number): number {
  let missed = 0;
  let sum = 0;
  let squares = 0;
  let largest = 0;
  for (const share of shares) {
    missed += Math.log1p(-share);
    const odds = Math.sqrt(share / (1 - share));
    sum += odds;
    squares += odds * odds;
    largest = Math.max(largest, share);
  }
  const pairs = (sum * sum - squares) / 2;
  const reached = 1 - Math.exp(missed) * (1 + correlation * pairs);
  return Math.min(-Math.expm1(missed), Math.max(largest, reached));
}

export interface ReachSettings {
  /** Platform → share of the residents who use it; `other` stands for a platform not listed. */
  users: Readonly<Record<string, number>>;
  /** Share of a platform's users among whom the audiences of one issue mix, 0 … 1; small where the same people follow it all. */
  mixing: number;
}

/**
 * Distinct persons exposed to a cell, as a 90 % band.
 *
 * Low: the largest single audience at its low end. High: Sainsbury's union of the high ends. Mid: Agostini's
 * A²/(A + K·D), D being the duplication by chance within the part of the users who follow such issues at all. Each
 * platform's reach is bounded by its users among the residents; platforms are joined by persons, as independent choices
 * of the same residents.
 *
 * @param residents persons who live where the cell is about
 */
export function netReach(
  audiences: readonly Audience[],
  residents: number,
  { users, mixing }: ReachSettings,
): Estimate {
  if (residents <= 0 || audiences.length === 0) return { low: 0, mid: 0, high: 0 };
  let low = 0;
  let missedMid = 0;
  let missedHigh = 0;
  for (const [platform, on] of byPlatform(audiences)) {
    const people = residents * (users[platform] ?? users['other'] ?? 1);
    for (const audience of on) low = Math.max(low, Math.min(people, audience.low));
    missedMid += Math.log1p(-Math.min(0.999999, overlapping(on, people, mixing) / residents));
    missedHigh += Math.log1p(-Math.min(0.999999, union(on, people, 'high') / residents));
  }
  const high = Math.max(low, residents * -Math.expm1(missedHigh));
  const mid = residents * -Math.expm1(missedMid);
  return { low, mid: Math.min(high, Math.max(low, mid)), high };
}

function byPlatform(audiences: readonly Audience[]): Map<string, Audience[]> {
  const platforms = new Map<string, Audience[]>();
  for (const audience of audiences) {
    const on = platforms.get(audience.platform);
    if (on === undefined) platforms.set(audience.platform, [audience]);
    else on.push(audience);
  }
  return platforms;
}

/** Sainsbury over audiences that stand for many. */
function union(audiences: readonly Audience[], people: number, end: 'mid' | 'high'): number {
  let missed = 0;
  for (const audience of audiences)
    missed += audience.sources * Math.log1p(-Math.min(0.999999, audience[end] / people));
  return people * -Math.expm1(missed);
}

/** Agostini with the pairwise duplications that chance gives: D = Σ_{i<j} aᵢaⱼ/(N·mixing), never below the largest audience. */
function overlapping(audiences: readonly Audience[], people: number, mixing: number): number {
  let gross = 0;
  let squares = 0;
  let largest = 0;
  for (const { sources, mid } of audiences) {
    const audience = Math.min(people, mid);
    gross += sources * audience;
    squares += sources * audience ** 2;
    largest = Math.max(largest, audience);
  }
  const reach = agostini(gross, (gross ** 2 - squares) / 2 / (people * mixing));
  return Math.min(union(audiences, people, 'mid'), Math.max(largest, reach));
}
