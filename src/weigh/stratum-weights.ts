import { residentsOf, STRATA } from './frame.ts';
import { rake, trimWeights } from './raking.ts';
import type { WeighSettings } from './settings.ts';

type WeightSettings = Pick<WeighSettings['population'], 'weighting' | 'minimumPanel' | 'largestWeight'>;

const FIT = { passes: 1000, tolerance: 1e-9 };
const MARGINS = [STRATA.map(({ settlement }) => settlement), STRATA.map(({ language }) => language)];

/**
 * What each of {@link STRATA} weighs, so that the panel stands for the residents; mean about 1 over the panel. Post-stratified wₕ = (Nₕ/N)/(nₕ/n)
 * (Holt & Smith 1979), or raked to settlement and language (Deming & Stephan 1940).
 *
 * @param residents, panel of each stratum; the panel may be fractional
 */
export function stratumWeights(
  residents: readonly number[],
  panel: readonly number[],
  settings: WeightSettings,
): number[] {
  return settings.weighting === 'rake'
    ? rakedWeights(residents, panel, settings)
    : postStratified(residents, panel, settings);
}

/**
 * Where a stratum has too few writers the settlements of a language are taken together, and where that is still too few all strata are, which
 * weights nothing. Weights are cut.
 */
function postStratified(
  residents: readonly number[],
  panel: readonly number[],
  { minimumPanel, largestWeight }: WeightSettings,
): number[] {
  const writers = residentsOf(panel);
  const people = residentsOf(residents);
  const groupings = [STRATA.map(({ key }) => key), STRATA.map(({ language }) => language as string)];
  const groups = groupings.find((answers) => hasEnough(answers, residents, panel, minimumPanel));
  if (groups === undefined) return residents.map(() => 1);
  return groups.map((group) => {
    const wanted = sumOf(groups, group, residents) / people;
    const present = sumOf(groups, group, panel) / writers;
    if (wanted === 0 || present === 0) return 1;
    return Math.min(largestWeight, Math.max(1 / largestWeight, wanted / present));
  });
}

/** Of a margin with too few writers of any answer nothing is asked. Weights are trimmed, what is cut off going to the others. */
function rakedWeights(
  residents: readonly number[],
  panel: readonly number[],
  { minimumPanel, largestWeight }: WeightSettings,
): number[] {
  const present = STRATA.flatMap((_, i) => ((residents[i] ?? 0) > 0 && (panel[i] ?? 0) > 0 ? [i] : []));
  const persons = present.map((i) => panel[i] ?? 0);
  const scale = residentsOf(persons) / residentsOf(residents);
  const margins = MARGINS.filter((answers) => hasEnough(answers, residents, panel, minimumPanel)).map((answers) => ({
    answers: present.map((i) => answers[i] ?? ''),
    people: Object.fromEntries(answers.map((answer) => [answer, scale * sumOf(answers, answer, residents)])),
  }));
  const raked = rake(persons, margins, FIT).map((weight, i) => weight / (persons[i] ?? 1));
  const trimmed = trimWeights(raked, 1 / largestWeight, largestWeight, persons);
  return STRATA.map((_, i) => trimmed[present.indexOf(i)] ?? 1);
}

function hasEnough(
  answers: readonly string[],
  residents: readonly number[],
  panel: readonly number[],
  least: number,
): boolean {
  return answers.every((answer) => sumOf(answers, answer, residents) === 0 || sumOf(answers, answer, panel) >= least);
}

function sumOf(answers: readonly string[], answer: string, of: readonly number[]): number {
  return of.reduce((sum, value, i) => (answers[i] === answer ? sum + value : sum), 0);
}
