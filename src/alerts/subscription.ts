import { z } from 'zod';
import { REGION_CODE } from '../post/post.ts';
import { VERDICTS } from '../weigh/signal.ts';

/** Standing windows that alerts are told for. */
export const ALERT_WINDOWS = ['PT1H', 'P1D', 'P7D'] as const;
export type AlertWindow = (typeof ALERT_WINDOWS)[number];

/** How a cell names what could not be resolved. */
export const UNRESOLVED = '-';

const ALERTING_VERDICTS = ['emergency', 'systemic', 'silent', 'emerging'] as const;
const id = z.string().regex(/^(-|[\w.-]{1,64})$/, 'must be an id of the lists, or "-" for what could not be resolved');
const region = z
  .string()
  .refine((code) => code === UNRESOLVED || REGION_CODE.test(code), 'must be an ISO 3166-2 code, such as KZ-75, or "-"');
const score = z.number().min(0).max(1);

const hysteresisSchema = z.strictObject({
  closeBelow: score.optional().describe('an open alert closes under this score; 0.1 under minScore unless told'),
  scoreStep: z
    .number()
    .positive()
    .max(1)
    .default(0.2)
    .describe('rise or fall of the score, since the last message, that is worth another one'),
  quietMinutes: z
    .number()
    .min(0)
    .max(30 * 24 * 60)
    .default(60)
    .describe('least time between two messages about one cell; an emergency does not wait'),
});

/**
 * Who wants to hear of what: one file in `pipelines/subscriptions/`. A list left out means everything. `emergency` passes
 * whatever its score, since it is pushed before it is verified.
 */
export const subscriptionSchema = z
  .strictObject({
    name: z
      .string()
      .max(100)
      .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'must be lower-case letters, digits and hyphens: it names a topic'),
    description: z.string().max(1000).optional(),
    agencies: z.array(id).min(1).optional(),
    regions: z.array(region).min(1).optional(),
    themes: z.array(id).min(1).optional(),
    verdicts: z
      .array(z.enum(VERDICTS))
      .min(1)
      .default([...ALERTING_VERDICTS]),
    minScore: score.default(0.5),
    windows: z.array(z.enum(ALERT_WINDOWS)).min(1).default(['P1D']),
    hysteresis: hysteresisSchema.prefault({}),
  })
  .refine((subscription) => closeBelow(subscription) <= subscription.minScore, {
    path: ['hysteresis', 'closeBelow'],
    error: 'must not be above minScore',
  });

/** A subscription, defaults filled. */
export type Subscription = z.output<typeof subscriptionSchema>;

/** All subscriptions of a pipeline; their names differ. */
export const subscriptionsSchema = z.array(subscriptionSchema).superRefine((subscriptions, context) => {
  const names = new Set<string>();
  for (const [i, { name }] of subscriptions.entries()) {
    if (names.has(name)) {
      context.addIssue({ code: 'custom', path: [i, 'name'], message: `"${name}" is the name of another subscription` });
    }
    names.add(name);
  }
});

/** The score under which an open alert closes. */
export function closeBelow({
  minScore,
  hysteresis,
}: {
  minScore: number;
  hysteresis: { closeBelow?: number | undefined };
}): number {
  return hysteresis.closeBelow ?? Math.max(0, minScore - 0.1);
}

/** The topic of a subscription. `prefix` is the pipeline's `topics.alerts`. */
export function topicOf(name: string, prefix = 'alerts.'): string {
  return `${prefix}${name}`;
}
