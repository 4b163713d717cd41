import { CloudEvent, Kafka } from 'cloudevents';
import { describe, expect, it } from 'vitest';
import { alertValueSchema } from '../../../src/alerts/alert.ts';
import { toCloudEvent } from '../../../src/alerts/cloud-event.ts';
import { createWorker, HOUR_MS, MIDNIGHT, type SignalSketch, signal, subscription } from './support.ts';

function alertOf(sketch: SignalSketch = {}) {
  const [alert] = createWorker([subscription()]).turn(MIDNIGHT + HOUR_MS, [signal(sketch)]);
  if (alert === undefined) throw new Error('no alert');
  return alert;
}

describe('an alert message', () => {
  it('is a CloudEvent in Kafka binary mode', () => {
    const alert = alertOf();
    const { key, value, headers } = toCloudEvent(alert);
    expect(headers).toEqual({
      ce_specversion: '1.0',
      ce_id: alert.id,
      ce_type: 'kz.salmaq.signal.v1',
      ce_source: 'urn:salmaq:signals',
      ce_subject: 'akimat_almaty/KZ-75/water/2026-03-02T00:00:00Z/P1D',
      ce_time: '2026-03-02T01:00:00.000Z',
      ce_partitionkey: 'akimat_almaty',
      'content-type': 'application/json',
    });
    expect(key).toBe('akimat_almaty');
    expect(alertValueSchema.parse(JSON.parse(value))).toEqual(alert.value);
  });

  it('is read back by the CloudEvents library, from the bytes a consumer gets', () => {
    const alert = alertOf();
    const { key, value, headers } = toCloudEvent(alert);
    const consumed = { key, value: Buffer.from(value), headers, body: value };
    const event = Kafka.toEvent(consumed);
    if (!(event instanceof CloudEvent)) throw new Error('not one event');
    expect(event.validate()).toBe(true);
    expect(event).toMatchObject({ id: alert.id, subject: alert.value.id, data: alert.value });
  });

  it('has a key of its own where the agency is unresolved, so that its order is kept too', () => {
    expect(toCloudEvent(alertOf({ agency: null })).key).toBe('-');
  });
});
