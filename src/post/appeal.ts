import { z } from 'zod';
import { MAX_TEXT_UNITS, reference, regionCode, timestamp } from './post.ts';
import { units } from './rules.ts';

export const APPEAL_SYSTEMS = ['e-otinish', 'ikomek', 'open-akimat', 'halyq-baqylau', 'other'] as const;

export const appealSchema = z
  .object({
    id: reference,
    system: z.enum(APPEAL_SYSTEMS),
    receivedAt: timestamp,
    agency: units(1, 64).optional(),
    agencyName: units(1, 1024).optional(),
    region: regionCode.optional(),
    theme: units(1, 64).optional(),
    text: units(0, MAX_TEXT_UNITS).optional(),
    count: z.number().int().min(1).max(4_294_967_295).default(1),
    kind: z.enum(['complaint', 'request', 'consultation', 'thanks']).default('complaint'),
    escalated: z.boolean().optional(),
    status: z.enum(['open', 'answered', 'overdue']).optional(),
  })
  .refine((appeal) => appeal.agency !== undefined || appeal.agencyName !== undefined, {
    path: ['agency'],
    error: 'one of "agency" and "agencyName" is required',
  })
  .refine((appeal) => appeal.theme !== undefined || appeal.text !== undefined, {
    path: ['theme'],
    error: 'one of "theme" and "text" is required',
  })
  // The same for JSON Schema.
  .meta({
    allOf: [
      { anyOf: [{ required: ['agency'] }, { required: ['agencyName'] }] },
      { anyOf: [{ required: ['theme'] }, { required: ['text'] }] },
    ],
  });

/** An appeal to an official system as the contract takes it in, defaults filled. */
export type Appeal = z.infer<typeof appealSchema>;
