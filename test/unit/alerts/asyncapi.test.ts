import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { asyncApiDocument } from '../../../src/alerts/asyncapi.ts';
import { toCloudEvent } from '../../../src/alerts/cloud-event.ts';
import { createWorker, HOUR_MS, MIDNIGHT, signal, subscription } from './support.ts';

const subscriptions = [subscription({ name: 'a', description: 'of a' }), subscription({ name: 'b' })];
const document = asyncApiDocument(subscriptions, { version: '1.2.3', prefix: 'alerts.', brokers: ['kafka:9092'] });
const { alert } = document.components.messages;
const alerts = createWorker(subscriptions).turn(MIDNIGHT + HOUR_MS, [signal(), signal({ agency: null })]);

describe('the AsyncAPI document', () => {
  it('has a channel and a send operation for each subscription', () => {
    expect(document).toMatchObject({
      asyncapi: '3.0.0',
      channels: { a: { address: 'alerts.a', description: 'of a' }, b: { address: 'alerts.b' } },
      operations: { a: { action: 'send' }, b: { channel: { $ref: '#/channels/b' } } },
    });
  });

  it('describes the value and the headers of real messages, and refuses others', () => {
    const payload = z.fromJSONSchema(alert.payload);
    const headers = z.fromJSONSchema(alert.headers);
    expect(alerts.length).toBe(4);
    for (const message of alerts.map((one) => toCloudEvent(one))) {
      expect(payload.safeParse(JSON.parse(message.value)).success).toBe(true);
      expect(headers.safeParse(message.headers).success).toBe(true);
      expect(Object.keys(alert.headers.properties).sort()).toEqual(Object.keys(message.headers).sort());
      expect(payload.safeParse({ ...JSON.parse(message.value), change: 'exploded' }).success).toBe(false);
      expect(headers.safeParse({ ...message.headers, ce_type: 'other' }).success).toBe(false);
    }
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
