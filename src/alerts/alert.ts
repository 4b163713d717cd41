import { createHash } from 'node:crypto';
import { z } from 'zod';
import { signalSchema } from '../weigh/signal.ts';

export const ALERT_CHANGES = ['opened', 'escalated', 'eased', 'closed'] as const;
export type AlertChange = (typeof ALERT_CHANGES)[number];

/** The value of an alert message: the contract's signal, for whom it is, and what changed. */
export const alertValueSchema = signalSchema.extend({
  subscription: z.string(),
  change: z
    .enum(ALERT_CHANGES)
    .describe('opened: first heard of; escalated, eased: heavier or lighter than last told; closed: no longer holds'),
});

export type AlertValue = z.infer<typeof alertValueSchema>;

/** One message to one subscription. */
export interface Alert {
  /** The same for the same change of the same alert, however often it is published. */
  id: string;
  /** Unix milliseconds. */
  timeMs: number;
  value: AlertValue;
}

/** What makes an alert that alert. `previousId` chains the messages of a cell, so that opening again is another one. */
export interface AlertIdentity {
  subscription: string;
  cell: string;
  previousId: string;
  signalId: string;
  change: AlertChange;
  label: string;
  rule: string;
}

/** A UUID of version 8 over SHA-256 (RFC 9562, appendix B.2) of the parts, in order. */
export function alertId(identity: AlertIdentity): string {
  const { subscription, cell, previousId, signalId, change, label, rule } = identity;
  const parts = JSON.stringify([subscription, cell, previousId, signalId, change, label, rule]);
  const bytes = createHash('sha256').update(parts).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
