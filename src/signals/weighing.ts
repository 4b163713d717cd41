import type { Frame } from '../weigh/frame.ts';
import type { WeighSettings } from '../weigh/settings.ts';

/** What cells are weighed with: the residents, and every decision of `weighing.yaml`. */
export interface Weighing {
  frame: Frame;
  settings: WeighSettings;
}
