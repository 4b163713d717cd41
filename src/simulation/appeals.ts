import type { Appeal } from '../post/appeal.ts';
import type { Random } from '../random.ts';
import { fill, type Slots } from './frames.ts';
import { grievances, isInAPlot, slotsOf } from './grievances.ts';
import { DAY_MS, officeTime, type Span, timestampOf } from './period.ts';
import { type Region, regions } from './regions.ts';
import { scatter } from './society.ts';
import { plots, type StoryPlot } from './stories.ts';
import { ambulanceAppeals } from './texts/ambulance.ts';
import { heating } from './texts/heating.ts';
import { trees } from './texts/trees.ts';
import { water } from './texts/water.ts';

type System = Appeal['system'];
type Frames = Readonly<Record<'kk' | 'ru', readonly string[]>>;

export const SYSTEMS: readonly (readonly [System, number])[] = [
  ['e-otinish', 5],
  ['ikomek', 3],
  ['open-akimat', 1.2],
  ['halyq-baqylau', 0.8],
];

const ID_PREFIXES: Readonly<Record<System, string>> = {
  'e-otinish': 'EO',
  ikomek: '109',
  'open-akimat': 'OA',
  'halyq-baqylau': 'HB',
  other: 'X',
};

export const REQUESTS = {
  kk: ['Шара қолдануыңызды сұраймын', 'Жазбаша жауап беруіңізді сұраймын', 'Тексеруіңізді өтінемін', ''],
  ru: ['Прошу принять меры', 'Прошу дать письменный ответ', 'Прошу провести проверку', ''],
} as const;

/** The share of the appeals that each week brings, the last one last. */
const RISING = [1, 1, 1.5, 3, 12];
const LONG_STANDING = [3, 3, 4, 5, 10];
const EVEN = [1, 1, 1, 1, 1];

/**
 * Five weeks of appeals up to the end of the span: many about the systemic and the silent problem, next to none about
 * the campaign's, the first few about the outage, and the country's ordinary ones. In order of receipt.
 */
export function fileAppeals(count: number, endMs: number, random: Random): Appeal[] {
  const share = (part: number) => Math.round(count * part);
  const filed = [
    ...fileAbout(plots.systemic, { kk: water.kk.cores, ru: water.ru.cores }, RISING, share(0.28), endMs, random),
    ...fileAbout(
      plots.silent,
      { kk: ambulanceAppeals.kk.cores, ru: ambulanceAppeals.ru.cores },
      LONG_STANDING,
      share(0.22),
      endMs,
      random,
    ),
    ...fileAbout(plots.amplified, { kk: trees.kk.cores, ru: trees.ru.cores }, EVEN, 3, endMs, random),
    ...fileOutage(endMs, random),
    ...fileOrdinary(share(0.485), endMs, random),
  ];
  return filed
    .sort((a, b) => Date.parse(a.receivedAt) - Date.parse(b.receivedAt))
    .map((appeal, i) => ({ ...appeal, id: `${ID_PREFIXES[appeal.system]}-${100_000 + (scatter(i + 1) % 900_000)}` }));
}

function fileAbout(
  { cell, slots }: StoryPlot,
  frames: Frames,
  weeks: readonly number[],
  count: number,
  endMs: number,
  random: Random,
): Appeal[] {
  const spans = weeksBefore(endMs, weeks);
  const names = namesOf(cell.agency, cell.region);
  return Array.from({ length: count }, () => {
    const appeal = file(cell.theme, cell.region, frames, slots, random.weighted(spans), random);
    return { ...appeal, ...address(cell.agency, names, random) };
  });
}

function fileOutage(endMs: number, random: Random): Appeal[] {
  const { cell, slots } = plots.emerging;
  const span = { fromMs: endMs - 0.8 * DAY_MS, toMs: endMs };
  return Array.from({ length: 4 }, () => ({
    ...file(cell.theme, cell.region, { kk: heating.kk.cores, ru: heating.ru.cores }, slots, span, random),
    ...address(cell.agency, ['Екібастұз қаласының әкімдігі', 'Акимат города Экибастуза'], random),
    status: 'open' as const,
  }));
}

function fileOrdinary(count: number, endMs: number, random: Random): Appeal[] {
  const shares = regions.map((region) => [region, region.thousands] as const);
  const spans = weeksBefore(endMs, EVEN);
  return Array.from({ length: count }, () => {
    let region = random.weighted(shares);
    let grievance = random.pick(grievances);
    while (isInAPlot(region, grievance)) [region, grievance] = [random.weighted(shares), random.pick(grievances)];
    const { agency, theme } = grievance;
    const filed = file(theme, region.code, grievance, slotsOf(region, grievance), random.weighted(spans), random);
    const to =
      agency === 'akimat'
        ? address(region.akimat, akimatNames(region), random)
        : address(agency.id, [agency.kk, agency.ru], random);
    const appeal = { ...filed, ...to, ...(random.chance(0.08) ? { count: random.between(2, 9) } : {}) };
    // The frames are grievances: a question or a thank-you comes with its theme alone.
    if (!random.chance(0.19)) return appeal;
    const { text: _, ...wordless } = appeal;
    return { ...wordless, theme, kind: random.chance(0.7) ? ('consultation' as const) : ('thanks' as const) };
  });
}

function file(theme: string, region: string, frames: Frames, slots: Slots, span: Span, random: Random): Appeal {
  const ms = officeTime(span, random);
  const appeal: Appeal = {
    id: '',
    system: random.weighted(SYSTEMS),
    receivedAt: timestampOf(ms),
    region,
    count: 1,
    kind: random.chance(0.8) ? 'complaint' : 'request',
  };
  const asText = random.chance(0.5);
  if (asText) {
    const tongue = random.chance(0.6) ? 'kk' : 'ru';
    const request = random.pick(REQUESTS[tongue]);
    const text = fill(random.pick(frames[tongue]), slots, random).replace(/\?$/, '');
    appeal.text = request === '' ? `${text}.` : `${text}. ${request}.`;
  }
  if (!asText || random.chance(0.3)) appeal.theme = theme;
  drawStanding(appeal, random);
  return appeal;
}

/** Half the systems export an id, half a name as the citizen chose it. */
function address(
  agency: string,
  names: readonly string[],
  random: Random,
): { agency: string } | { agencyName: string } {
  return random.chance(0.5) || names.length === 0 ? { agency } : { agencyName: random.pick(names) };
}

function namesOf(agency: string, code: string): string[] {
  const region = regions.find((one) => one.code === code);
  return region?.akimat === agency ? akimatNames(region) : [];
}

function akimatNames({ slots }: Region): string[] {
  const russian = slots['akimat']?.[0] ?? '';
  return [...(slots['akim'] ?? []).slice(0, 1), russian.charAt(0).toUpperCase() + russian.slice(1)];
}

function weeksBefore(endMs: number, weights: readonly number[]): (readonly [Span, number])[] {
  return weights.map((weight, i) => {
    const toMs = endMs - (weights.length - 1 - i) * 7 * DAY_MS;
    return [{ fromMs: toMs - 7 * DAY_MS, toMs }, weight] as const;
  });
}

/** How far the body has come with an appeal. */
export function drawStanding(appeal: Appeal, random: Random): void {
  if (random.chance(0.06)) appeal.escalated = true;
  if (random.chance(0.7))
    appeal.status = random.weighted([
      ['answered', 5],
      ['open', 3],
      ['overdue', 2],
    ] as const);
}
