import type { Facts } from './facts.ts';
import { labelOf } from './label.ts';
import { type Contribution, scoreOf } from './score.ts';
import type { WeighSettings } from './settings.ts';
import type { VerdictLabel } from './signal.ts';

/** The verdict that the facts of a cell lead to. */
export function judge(
  facts: Facts,
  settings: WeighSettings,
): { label: VerdictLabel; score: number; contributions: Contribution[] } {
  const { score, contributions } = scoreOf(facts, settings.score);
  return { label: labelOf(facts, score, settings), score, contributions };
}
