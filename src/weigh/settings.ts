import { z } from 'zod';
import { FEATURE_CODES } from './score.ts';

const share = z.number().min(0).max(1);
const amount = z.number().nonnegative();
const days = z.number().positive().max(400);
const prior = z.strictObject({ shape: z.number().positive(), rate: z.number().positive() });
const curve = z
  .strictObject({ at: z.array(z.number()).min(2), add: z.array(z.number()) })
  .refine(({ at, add }) => at.length === add.length, { error: '"at" and "add" must be equally long' })
  .refine(({ at }) => at.every((value, i) => i === 0 || value > (at[i - 1] ?? value)), {
    path: ['at'],
    error: 'must ascend',
  });

const trait = { usual: share, prior: amount, weight: share };

/** `weighing.yaml`: every threshold, prior and weight that a verdict rests on. */
export const weighSettingsSchema = z.strictObject({
  rule: z.string().regex(/^[\w.-]{1,64}$/),
  confidence: z.number().min(0.5).max(0.999),
  population: z.strictObject({
    unknownPrior: z.number().positive(),
    unaddressed: share,
    weighting: z.enum(['post-stratify', 'rake']),
    minimumPanel: amount,
    largestWeight: z.number().min(1),
    coveredFrom: z.number().positive(),
  }),
  dataDefect: z.strictObject({ low: z.number().positive(), mid: z.number().positive(), high: z.number().positive() }),
  reach: z.strictObject({
    unknownCircle: z.number().min(1),
    mixing: z.number().positive().max(1),
    users: z.record(z.string(), share),
  }),
  amplification: z.strictObject({
    prior: z.strictObject({ amplified: z.number().positive(), own: z.number().positive() }),
    largestSample: z.number().positive(),
    accounts: z.number().int().min(2).max(9),
    gapMs: z.number().int().positive(),
    repostWeight: share,
    young: z.strictObject({ days: z.number().int().positive(), ...trait }),
    small: z.strictObject({ below: z.number().int().positive(), ...trait }),
    insistent: z.strictObject({ statements: z.number().int().min(2), ...trait }),
    burstSize: z.number().positive(),
    pools: z.strictObject({
      days: z.number().int().nonnegative().max(60),
      leastAccounts: z.number().int().min(3),
      leastShare: share,
      mostMatters: z.number().int().min(2).max(200),
      dispersion: z.number().positive(),
      falseDiscoveryRate: share,
    }),
    shares: z.strictObject({
      withinMinutes: z.number().int().min(1).max(60),
      mostSharers: z.number().int().min(2),
      leastObjects: z.number().int().min(2),
      leastAccounts: z.number().int().min(3),
      dispersion: z.number().positive(),
      falseDiscoveryRate: share,
    }),
  }),
  baseline: z.strictObject({
    weeks: z.number().int().min(1).max(60),
    otherDays: z.number().positive(),
    thin: z.number().positive(),
    season: z.strictObject({ days: z.number().int().min(0).max(60), prior: z.number().positive() }),
    lateDays: days,
    prior,
    quietBelow: z.number().positive(),
  }),
  history: z.strictObject({ step: z.number().positive() }),
  rounds: z.strictObject({ newPosts: share }),
  appeals: z.strictObject({
    days,
    prior,
    themePooling: share,
    templateWords: z.number().int().min(1),
    lead: z.strictObject({
      days,
      mostDays: z.number().int().min(1).max(60),
      leastEvents: z.number().int().min(1),
      chance: share,
    }),
    confirmedFrom: z.number().positive(),
    least: amount,
  }),
  labels: z.strictObject({
    emergencyThemes: z.array(z.string()),
    emergencyAuthors: z.number().int().min(1),
    likelyFrom: share,
    refutedBelow: share,
    broadPersons: z.number().int().min(1),
    broadVoices: z.number().positive(),
    broadIndex: share,
    fewVoices: amount,
    loudPosts: z.number().int().min(1),
    amplifiedFrom: share,
    unevenBelow: share,
    thanksAbove: share,
  }),
  score: z.strictObject({
    intercept: z.number(),
    curves: z.record(z.enum(FEATURE_CODES), curve),
    unaddressed: z.number(),
  }),
});

export interface WeighSettings extends z.output<typeof weighSettingsSchema> {
  /** `privacy.k` of the pipeline file: where fewer persons complain they are not broken down by stratum. */
  breakdownFrom: number;
}
