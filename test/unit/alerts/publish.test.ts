import { describe, expect, it } from 'vitest';
import { nextAlerts } from '../../../src/alerts/next-alerts.ts';
import { publishAlerts } from '../../../src/alerts/publish.ts';
import { HOUR_MS, MIDNIGHT, signal, subscription, weighQuiet } from './support.ts';

const subscriptions = [subscription({ name: 'a' }), subscription({ name: 'b' })];
const around = { nowMs: MIDNIGHT + HOUR_MS, weighQuiet };
const next = nextAlerts(subscriptions, [signal(), signal({ theme: 'heating' })], [], around);

describe('alerts', () => {
  it('are published to the topic of each subscription, and then their states are stored', async () => {
    const done: string[] = [];
    await publishAlerts(
      next,
      { publish: async (topic, records) => void done.push(`${topic}: ${records.length}`) },
      { insert: async (table, rows) => void done.push(`${table}: ${rows.length}`) },
      'warnings.',
    );
    expect(done).toEqual(['warnings.a: 2', 'warnings.b: 2', 'alerts: 4']);
  });

  it('are not stored when they could not be published, so that the next turn publishes them', async () => {
    const stored: string[] = [];
    const publishing = publishAlerts(
      next,
      {
        publish: async () => {
          throw new Error('no broker');
        },
      },
      { insert: async (table) => void stored.push(table) },
    );
    await expect(publishing).rejects.toThrow('no broker');
    expect(stored).toEqual([]);
  });
});
