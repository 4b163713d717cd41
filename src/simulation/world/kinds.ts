/** The three climates a society is simulated in. */
export const WORLDS = ['benign', 'adversarial', 'mixed'] as const;
export type WorldName = (typeof WORLDS)[number];

/**
 * What an issue is in truth.
 *
 * - `systemic`: many live with it; people write and file. `chronic`: the same, for so long that nothing is above the usual.
 * - `silent`: many live with it, hardly anybody posts, many file.
 * - `emerging`: many, since a few days; appeals are still on their way. `emergency`: danger to life, since hours.
 * - `minor`: few live with it, and say so in proportion.
 * - `loud_minority`: few live with it and write a great deal.
 * - `campaign`: copies of a few texts by hired accounts. `coordinated`: hired accounts, each in words of its own.
 * - `media_echo`: outlets report, and many comment who do not live with it. `viral`: the whole country is outraged at one place.
 * - `thanks`: praise. `appeal_drive`: few live with it, and file by the hundred from a template.
 * - `amplified_real`: many live with it, and a campaign rides on it.
 */
export const ISSUE_KINDS = [
  'systemic',
  'chronic',
  'silent',
  'emerging',
  'emergency',
  'minor',
  'loud_minority',
  'campaign',
  'coordinated',
  'media_echo',
  'viral',
  'thanks',
  'appeal_drive',
  'amplified_real',
] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

/** Never in a world that a verdict is fitted on, so that the evaluation meets kinds of issue the verdict has not seen. */
export const HELD_OUT_KINDS: readonly IssueKind[] = ['viral', 'appeal_drive', 'amplified_real'];

type Range = readonly [least: number, most: number];

/** How many issues of each kind a world holds. */
export const COMPOSITION: Readonly<Record<WorldName, Readonly<Record<IssueKind, Range>>>> = {
  benign: {
    ...{ systemic: [6, 16], chronic: [2, 6], silent: [4, 10], emerging: [3, 8], emergency: [1, 3], minor: [14, 40] },
    ...{ loud_minority: [1, 4], campaign: [0, 1], coordinated: [0, 1], media_echo: [1, 4], viral: [0, 2] },
    ...{ thanks: [1, 4], appeal_drive: [0, 1], amplified_real: [0, 1] },
  },
  adversarial: {
    ...{ systemic: [5, 11], chronic: [1, 4], silent: [3, 9], emerging: [3, 7], emergency: [1, 3], minor: [10, 28] },
    ...{ loud_minority: [3, 8], campaign: [8, 15], coordinated: [6, 12], media_echo: [2, 5], viral: [1, 4] },
    ...{ thanks: [1, 4], appeal_drive: [1, 3], amplified_real: [1, 3] },
  },
  mixed: {
    ...{ systemic: [5, 14], chronic: [1, 5], silent: [3, 9], emerging: [3, 8], emergency: [1, 3], minor: [12, 34] },
    ...{ loud_minority: [2, 6], campaign: [2, 7], coordinated: [1, 6], media_echo: [1, 5], viral: [0, 3] },
    ...{ thanks: [1, 4], appeal_drive: [0, 2], amplified_real: [0, 2] },
  },
};
