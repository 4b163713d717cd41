import { z } from 'zod';
import { stratumSchema } from './breakdown.ts';

export const VERDICTS = ['emergency', 'systemic', 'silent', 'emerging', 'amplified', 'noise', 'insufficient'] as const;
export type VerdictLabel = (typeof VERDICTS)[number];

const share = z.number().min(0).max(1);
const amount = z.number().nonnegative();
const words = z.object({ kk: z.string(), ru: z.string(), en: z.string() });

/** The contract's signal: one cell agency × region × theme over a window, weighed. `null` is a cell of its own. */
export const signalSchema = z.object({
  id: z.string().describe('agency/region/theme/start/duration, with `-` for null'),
  agency: z.string().nullable(),
  region: z.string().nullable(),
  theme: z.string().nullable(),
  window: z.object({ from: z.string(), to: z.string() }),
  volume: z.object({
    posts: z.number().int().nonnegative().describe('every observed post once, copies included'),
    statements: z.number().int().nonnegative().describe('a cluster of copies counts once'),
    authors: z.number().int().nonnegative().describe('people, without media and agency channels'),
  }),
  voices: z.object({
    effective: amount.describe('as if so many spoke equally much: the Hill number of order 2'),
    hill1: amount.optional().describe('the Hill number of order 1, in which those who speak rarely weigh more'),
    hhi: share,
    gini: share,
    top10Share: share,
    distinct: amount.optional().describe('persons who first wrote a statement'),
    atLeast: amount.optional().describe('the same with those still unseen: Chao1, a lower bound'),
  }),
  reach: z.object({ gross: amount, net: z.object({ low: amount, mid: amount, high: amount }) }),
  amplification: z.object({ probability: share, copyShare: share, coordinatedShare: share }),
  representativeness: z.object({
    index: share,
    coverage: share,
    effectiveSample: amount,
    designEffect: amount,
    rate: z.object({ per100k: amount, low: amount, high: amount }),
    worthRandomSample: z.object({ low: amount, mid: amount, high: amount }),
    strata: z.array(stratumSchema).optional().describe('absent where fewer than `privacy.k` persons complain'),
  }),
  appeals: z.object({
    count: z.number().int().nonnegative(),
    ratio: z.object({ value: amount, low: amount, high: amount }),
    escalatedShare: share.optional().describe('of the recent ones, filed above the body that did not answer'),
    templateShare: share.optional().describe('of the recent ones, copies of a text that somebody filed before'),
    leadDays: z
      .object({ value: z.number(), low: z.number(), high: z.number() })
      .optional()
      .describe('how many days appeals follow social media, below 0 how many they go before; absent where not known'),
  }),
  verdict: z.object({
    label: z.enum(VERDICTS),
    score: share.describe('probability that a widespread real problem stands behind the signal'),
    rule: z.string(),
    reasons: z.array(z.object({ code: z.string(), contribution: z.number(), text: words })),
    wouldChangeIf: z.array(z.object({ label: z.enum(VERDICTS), text: words })),
  }),
});

export type Signal = z.infer<typeof signalSchema>;
export type Words = z.infer<typeof words>;

/** A window of event time, `toMs` exclusive. */
export interface Window {
  fromMs: number;
  toMs: number;
}
