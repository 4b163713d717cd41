import type { Grounds } from './grounds.ts';
import { labelOf } from './label.ts';
import { scoreOf } from './score.ts';
import type { WeighSettings } from './settings.ts';
import type { VerdictLabel } from './signal.ts';

/** The verdict that the figures of a cell lead to. */
export function judge(grounds: Grounds, settings: WeighSettings): { label: VerdictLabel; score: number } {
  const score = scoreOf(grounds, settings.score);
  return { label: labelOf(grounds, score, settings), score };
}
