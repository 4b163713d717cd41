import type { Random } from '../../random.ts';
import { COMMENT_SHARES } from '../publish.ts';
import type { Channel } from '../society.ts';
import type { Citizen } from './citizens.ts';
import type { Climate, Platform } from './climate.ts';
import { exposedTo, type Kind, placeOf } from './exposure.ts';
import type { Issue } from './issues.ts';

/**
 * What a post is. `complaint`: somebody's own words. `shared`: somebody else's complaint again. `copy`: a hired account's copy of a
 * campaign text. `line`: a hired account's own words. `report`: an outlet's. `praise`: thanks.
 */
export type Role = 'complaint' | 'shared' | 'copy' | 'line' | 'report' | 'praise' | 'chatter';

/** A post as it happens, before it is put into words. */
export interface Utterance {
  /** None for chatter. */
  issue: Issue | undefined;
  role: Role;
  person: Citizen;
  platform: Platform;
  kind: Kind;
  channel: Channel | undefined;
  atMs: number;
  /** Distinct persons it was shown to. */
  exposed: number;
  /** From which its words are drawn. */
  seed: number;
  /** The campaign text of its issue that it copies. */
  template?: number;
  /** What it shares, or answers. */
  about?: Utterance;
}

/** Something said by somebody, where they would say it. */
export function utter(
  issue: Issue | undefined,
  person: Citizen,
  atMs: number,
  { climate }: { climate: Climate },
  random: Random,
  given: Partial<Pick<Utterance, 'platform' | 'kind' | 'channel'>> = {},
): Utterance {
  const platform = given.platform ?? person.platform;
  const kind = given.kind ?? kindOn(platform, random);
  const channel = 'channel' in given ? given.channel : placeOf(platform, person.region, random);
  return {
    issue,
    role: issue === undefined ? 'chatter' : 'complaint',
    person,
    platform,
    kind,
    channel,
    atMs,
    exposed: exposedTo(platform, kind, person.followers, channel, climate, random),
    seed: random.between(0, 0x7fffffff),
  };
}

function kindOn(platform: Platform, random: Random): Kind {
  if (platform === 'whatsapp') return 'message';
  if (random.chance(COMMENT_SHARES[platform])) return 'comment';
  return platform === 'telegram' && random.chance(0.6) ? 'message' : 'post';
}
