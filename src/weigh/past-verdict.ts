import { z } from 'zod';
import { VERDICTS } from './signal.ts';

const amount = z.number().int().nonnegative();

/** One step of how the verdict of a cell and window came to be what it is: the verdict, and what it rested on. */
export const pastVerdictSchema = z.object({
  evaluatedAt: z.string().describe('when it was reached'),
  label: z.enum(VERDICTS),
  score: z.number().min(0).max(1),
  rule: z.string(),
  posts: amount,
  statements: amount,
  authors: amount,
  appeals: amount.describe('complaints and requests in the window'),
});

export type PastVerdict = z.infer<typeof pastVerdictSchema>;
