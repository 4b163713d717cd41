import type { Grounds } from './grounds.ts';
import type { WeighSettings } from './settings.ts';
import type { VerdictLabel } from './signal.ts';

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
export function labelOf(grounds: Grounds, score: number, settings: WeighSettings): VerdictLabel {
  const { labels } = settings;
  if (grounds.posts === 0 && grounds.recentAppeals === 0) return 'insufficient';
  if (grounds.agency === null && grounds.theme === null) return 'insufficient';
  if (isEmergency(grounds, labels)) return 'emergency';
  const isLikely = score >= labels.likelyFrom;
  if (isConfirmed(grounds, settings.appeals)) {
    if (score >= labels.refutedBelow && isBroad(grounds, labels)) return 'systemic';
    if (isLikely && !hasManyVoices(grounds, labels)) return 'silent';
  }
  const isEmerging = isLikely && isBroad(grounds, labels);
  if (grounds.posts >= labels.loudPosts) {
    if (grounds.amplified >= labels.amplifiedFrom) return 'amplified';
    if (isUneven(grounds, labels) && !isEmerging) return 'amplified';
  }
  if (grounds.posts > 0 && grounds.thanks > labels.thanksAbove) return 'noise';
  if (grounds.posts > 0 && grounds.excessHigh !== null && grounds.excessHigh < settings.baseline.quietBelow)
    return 'noise';
  return isEmerging ? 'emerging' : 'insufficient';
}

function isBroad(grounds: Grounds, labels: WeighSettings['labels']): boolean {
  return hasManyVoices(grounds, labels) && grounds.index >= labels.broadIndex;
}

function hasManyVoices(grounds: Grounds, labels: WeighSettings['labels']): boolean {
  return grounds.voices >= labels.broadPersons && grounds.effective >= labels.broadVoices;
}

/** A few accounts write most of it: few of many authors, or hardly anyone but them. */
function isUneven(grounds: Grounds, labels: WeighSettings['labels']): boolean {
  return grounds.evenness < labels.unevenBelow || grounds.effective < labels.fewVoices;
}

function isEmergency(grounds: Grounds, labels: WeighSettings['labels']): boolean {
  return (
    grounds.theme !== null &&
    labels.emergencyThemes.includes(grounds.theme) &&
    grounds.authors >= labels.emergencyAuthors &&
    grounds.thanks <= labels.thanksAbove
  );
}

/** Whether official appeals confirm the cell: enough of them, and more than expected even at the lower bound. */
function isConfirmed(
  { appealsKnown, recentAppeals, appealsLow }: Grounds,
  { least, confirmedFrom }: WeighSettings['appeals'],
): boolean {
  return appealsKnown && recentAppeals >= least && appealsLow >= confirmedFrom;
}
