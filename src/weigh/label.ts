import type { Facts } from './facts.ts';
import type { WeighSettings } from './settings.ts';
import type { VerdictLabel } from './signal.ts';
import { isConfirmed } from './standing.ts';

/**
 * The label of a cell, the first rule that holds:
 *
 * 1. nothing seen, or neither body nor theme: `insufficient`
 * 2. a theme of danger to life, from enough persons: `emergency`
 * 3. appeals confirm, independent voices are broad, and nothing speaks plainly against: `systemic`
 * 4. appeals confirm, voices are few, and the score is high enough to say so: `silent`
 * 5. loud through copies or coordination, or through a few accounts where 7 does not hold: `amplified`
 * 6. mostly thanks, or not above the baseline even at the upper bound: `noise`
 * 7. broad voices, appeals not decided, and so is the score: `emerging`
 * 8. else `insufficient`
 */
export function labelOf(facts: Facts, score: number, settings: WeighSettings): VerdictLabel {
  const { labels } = settings;
  if (facts.posts === 0 && facts.appeals.recent === 0) return 'insufficient';
  if (facts.agency === null && facts.theme === null) return 'insufficient';
  if (isEmergency(facts, labels)) return 'emergency';
  const isLikely = score >= labels.likelyFrom;
  if (isConfirmed(facts.appeals, facts.standing.appeals, settings.appeals)) {
    if (score >= labels.refutedBelow && isBroad(facts, labels)) return 'systemic';
    if (isLikely && !hasManyVoices(facts, labels)) return 'silent';
  }
  const isEmerging = isLikely && isBroad(facts, labels);
  if (facts.posts >= labels.loudPosts) {
    if (facts.amplification.probability >= labels.amplifiedFrom) return 'amplified';
    if (isUneven(facts, labels) && !isEmerging) return 'amplified';
  }
  if (facts.posts > 0 && facts.thanks > labels.thanksAbove) return 'noise';
  const { excess } = facts.standing;
  if (facts.posts > 0 && excess !== null && excess.high < settings.baseline.quietBelow) return 'noise';
  return isEmerging ? 'emerging' : 'insufficient';
}

function isBroad(facts: Facts, labels: WeighSettings['labels']): boolean {
  return hasManyVoices(facts, labels) && facts.representativeness.index >= labels.broadIndex;
}

function hasManyVoices(facts: Facts, labels: WeighSettings['labels']): boolean {
  return facts.voices >= labels.broadPersons && facts.effective >= labels.broadVoices;
}

/** A few accounts write most of it: few of many authors, or hardly anyone but them. */
function isUneven(facts: Facts, labels: WeighSettings['labels']): boolean {
  return facts.evenness < labels.unevenBelow || facts.effective < labels.fewVoices;
}

function isEmergency(facts: Facts, labels: WeighSettings['labels']): boolean {
  return (
    facts.theme !== null &&
    labels.emergencyThemes.includes(facts.theme) &&
    facts.authors >= labels.emergencyAuthors &&
    facts.thanks <= labels.thanksAbove
  );
}
