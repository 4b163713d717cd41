import { describe, expect, it } from 'vitest';
import { kafkaSettingsSchema } from '../../../src/broker/settings.ts';

function complaintsOf(settings: object): string[] {
  const parsed = kafkaSettingsSchema.safeParse({ brokers: ['a:1'], ...settings });
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('The Kafka settings', () => {
  it('need nothing but the brokers, as a list or as one line of the environment', () => {
    const settings = kafkaSettingsSchema.parse({ brokers: 'kafka-1:9092, [::1]:9093' });
    expect(settings.brokers).toEqual(['kafka-1:9092', '[::1]:9093']);
    expect(settings).toMatchObject({ ssl: false, sessionTimeoutMs: 30_000, heartbeatMs: 3_000 });
    expect(kafkaSettingsSchema.parse(settings)).toEqual(settings);
  });

  it('say what is wrong', () => {
    expect(complaintsOf({ brokers: [] })).toEqual(['brokers: name at least one host:port']);
    expect(complaintsOf({ brokers: ['kafka'] })).toEqual(['brokers.0: must be host:port']);
    expect(complaintsOf({ sasl: { mechanism: 'plain', username: 'u', password: '' } })).toEqual([
      'sasl.password: is empty; set the environment variable that it comes from',
    ]);
    expect(complaintsOf({ sasl: { mechanism: 'gssapi', username: 'u', password: 'p' } }).join()).toContain('mechanism');
    expect(complaintsOf({ ssl: { cert: 'a.pem' } }).join()).toContain('go together');
    expect(complaintsOf({ sessionTimeoutMs: 6_000, heartbeatMs: 5_000 }).join()).toContain('heartbeatMs');
    expect(complaintsOf({ sesionTimeoutMs: 1 }).join()).toContain('sesionTimeoutMs');
  });
});
