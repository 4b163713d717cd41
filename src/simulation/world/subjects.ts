import type { Random } from '../../random.ts';
import type { Slots } from '../frames.ts';
import { slotsOf } from '../grievances.ts';
import type { Region } from '../regions.ts';
import type { Grievance } from '../texts/background.ts';
import { localGrievances } from '../texts/local-grievances.ts';
import { moreFrames } from '../texts/more-frames.ts';
import { danger, morePlaces } from '../texts/more-grievances.ts';
import { stateGrievances } from '../texts/state-grievances.ts';

/** What an issue is about: the cell's body and theme, and the frames and slots to say it with. */
export interface Subject {
  agency: string;
  theme: string;
  frames: Pick<Grievance, 'kk' | 'ru'>;
  slots: Slots;
}

const GRIEVANCES: readonly Grievance[] = [...localGrievances, ...stateGrievances, ...morePlaces];

/** A subject of the region, by chance. */
export function drawSubject(region: Region, random: Random): Subject {
  return subjectOf(region, random.pick(GRIEVANCES));
}

/** Danger to life. */
export function drawDanger(region: Region, random: Random): Subject {
  return subjectOf(region, random.pick(danger));
}

function subjectOf(region: Region, grievance: Grievance): Subject {
  const { agency, theme } = grievance;
  return {
    agency: agency === 'akimat' ? region.akimat : agency.id,
    theme,
    frames: {
      kk: [...grievance.kk, ...(moreFrames[theme]?.kk ?? [])],
      ru: [...grievance.ru, ...(moreFrames[theme]?.ru ?? [])],
    },
    slots: slotsOf(region, grievance),
  };
}
